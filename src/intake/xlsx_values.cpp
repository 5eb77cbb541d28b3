// SPDX-License-Identifier: EUPL-1.2
#include "intake/xlsx_values.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace releve::intake::xlsx {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string clock_time(std::int64_t hours, std::int64_t seconds_of_hour) {
  return two_digits(hours) + ":" + two_digits(seconds_of_hour / 60);
}

std::string seconds_part(std::int64_t seconds) {
  return seconds == 0 ? "" : ":" + two_digits(seconds);
}

/// The letters of the first section that count as date or time signs, lower case; 'e' for elapsed time.
std::string format_letters(std::string_view code) {
  std::string letters;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = code[at];
    if (c == '"') {
      at = std::min(code.find('"', at + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', at), code.size());
      const std::string inside = to_lower(code.substr(at + 1, end - at - 1));
      if (!inside.empty() && inside.find_first_not_of("hms") == std::string::npos) {
        letters += 'e';
      }
      at = end;
    } else {
      const std::string lower = to_lower(std::string_view(&c, 1));
      letters += std::string_view("ymdhs").find(lower) != std::string_view::npos ? lower : "";
    }
  }
  return letters;
}

/// "1.25e+19" with all its zeros: such numbers are identifiers more often than quantities.
std::string written_out(const std::string& scientific) {
  const std::size_t mark = scientific.find('e');
  const auto exponent = static_cast<std::size_t>(parse_int(scientific.substr(mark + 2)).value_or(0));
  std::string digits = scientific.substr(0, mark);
  std::erase(digits, '.');
  digits.resize(exponent + 1 + (digits.front() == '-' ? 1U : 0U), '0');
  return digits;
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// `_xHHHH_` at `at`: its value.
std::optional<unsigned> escape_at(std::string_view text, std::size_t at) {
  if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_' ||
      !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                   text.begin() + static_cast<std::ptrdiff_t>(at) + 6, is_hex)) {
    return std::nullopt;
  }
  unsigned value = 0;
  std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
  return value;
}

void append_utf8(std::string& out, unsigned code) {
  if (code >= 0xD800 && code <= 0xDFFF) {
    code = 0xFFFD;
  }
  if (code < 0x80) {
    out += code == 0 ? ' ' : static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xE0U | (code >> 12));
    out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

}  // namespace

Shown shown_by_format(std::uint32_t number) {
  const auto between = [&](std::uint32_t first, std::uint32_t last) {
    return number >= first && number <= last;
  };
  if (between(14, 17) || between(27, 31) || between(35, 36) || between(50, 58)) {
    return Shown::date;
  }
  if (between(18, 21) || between(32, 34) || number == 45 || number == 47) {
    return Shown::time;
  }
  return number == 22 ? Shown::date_time : number == 46 ? Shown::duration : Shown::number;
}

Shown shown_by_format(std::string_view code) {
  const std::string name = to_lower(trim(code));
  if (name == "general" || name == "standard" || name == "@") {
    return Shown::number;  // "standard" is how French programs name "general", and holds a d
  }
  const std::string letters = format_letters(code);
  const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
  const bool time = has('h') || has('s') || has('e');
  const bool date = has('y') || has('d') || (has('m') && !time);
  if (date) {
    return time ? Shown::date_time : Shown::date;
  }
  return has('e') ? Shown::duration : time ? Shown::time : Shown::number;
}

std::string plain_number(std::string_view written) {
  written = trim(written);
  const std::string_view digits = written.starts_with('-') ? written.substr(1) : written;
  const bool whole = !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
  if (whole && (digits == written || digits != "0")) {
    return std::string(written);
  }
  double value = 0;
  const char* end = written.data() + written.size();
  const auto [stop, fault] = std::from_chars(written.data(), end, value);
  if (written.empty() || fault != std::errc() || stop != end || !std::isfinite(value)) {
    return std::string(written);
  }
  std::array<char, 64> text{};
  const auto rounded_end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 15);
  std::from_chars(text.data(), rounded_end.ptr, value);
  if (value == 0) {
    return "0";
  }
  const double size = std::fabs(value);
  const auto format = size >= 1e-9 && size < 1e15 ? std::chars_format::fixed : std::chars_format::scientific;
  const std::string shown(text.data(),
                          std::to_chars(text.data(), text.data() + text.size(), value, format).ptr);
  return size >= 1e15 && size < 1e21 ? written_out(shown) : shown;
}

std::optional<std::string> as_date(double serial, Shown shown, bool from_1904) {
  const double after_9999 = from_1904 ? 2'957'004 : 2'958'466;
  const double first = shown == Shown::date && !from_1904 ? 1 : 0;  // a blank shown as a date is 0
  if (!(serial >= first) || serial >= after_9999) {
    return std::nullopt;
  }
  // Rounded first: 11:59:59.9999 is noon.
  const std::int64_t seconds = std::llround(serial * 86400.0);
  const std::int64_t day = seconds / 86400;
  const std::int64_t second = seconds % 86400;
  if (shown == Shown::duration) {
    return std::to_string(seconds / 3600) + ":" + two_digits(seconds % 3600 / 60) +
           seconds_part(seconds % 60);
  }
  if (shown == Shown::time || (day == 0 && shown == Shown::date_time)) {
    return clock_time(second / 3600, second % 3600) + seconds_part(second % 60);
  }
  using namespace std::chrono;
  // 1900 was no leap year, but the format counts a 29 February 1900 (day 60) as Lotus 1-2-3 did.
  const sys_days epoch = from_1904  ? sys_days(1904y / 1 / 1)
                         : day < 60 ? sys_days(1899y / 12 / 31)
                                    : sys_days(1899y / 12 / 30);
  const year_month_day date(epoch + days(day));
  std::string text = std::to_string(static_cast<int>(date.year())) + "-" +
                     two_digits(static_cast<unsigned>(date.month())) + "-" +
                     two_digits(static_cast<unsigned>(date.day()));
  if (shown == Shown::date_time) {
    text += "T" + clock_time(second / 3600, second % 3600);
  }
  return text;
}

std::string without_escapes(std::string_view text) {
  if (text.find("_x") == std::string_view::npos) {
    return std::string(text);
  }
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto code = escape_at(text, at)) {
      append_utf8(out, *code);
      at += 7;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::optional<std::pair<std::size_t, std::size_t>> parse_address(std::string_view address) {
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < address.size() && at < 4 && address[at] >= 'A' && address[at] <= 'Z'; ++at) {
    column = column * 26 + static_cast<std::size_t>(address[at] - 'A') + 1;
  }
  const auto row = parse_int(address.substr(at));
  if (column == 0 || !row || *row < 1 || *row > 10'000'000) {
    return std::nullopt;
  }
  return std::pair(static_cast<std::size_t>(*row) - 1, column - 1);
}

}  // namespace releve::intake::xlsx
