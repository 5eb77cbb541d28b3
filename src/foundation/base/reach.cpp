// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/reach.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve {

namespace {

/// "+33 (0)6 …": the zero is for whoever calls from within, and not part of the number. `at`: of the bracket.
bool is_zero_in_brackets(std::string_view typed, std::size_t at) {
  const std::size_t end = typed.find(')', at);
  return typed[at] == '(' && end != std::string_view::npos && trim(typed.substr(at + 1, end - at - 1)) == "0";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Where a number ends that begins here with + or 0: in France after its ten digits, or nine behind the code,
/// whatever is written beside it, unless one more digit is written on: then it is none; abroad before a
/// bracket, a dash or a word.
std::size_t end_of_phone(const std::string& typed, std::size_t at) {
  const bool abroad = typed[at] == '+' || typed.compare(at, 2, "00") == 0;
  std::string digits;
  std::size_t i = at;
  for (; i < typed.size(); ++i) {
    const char c = typed[i];
    if (is_digit(c)) {
      digits += c;
      const bool of_france = (typed[at] == '+' && digits.starts_with("33") && digits.size() == 11) ||
                             (digits.starts_with("0033") && digits.size() == 13);
      const bool goes_on = i + 1 < typed.size() && is_digit(typed[i + 1]);
      if (!goes_on && (of_france || (!abroad && digits.size() == 10))) {
        return i + 1;
      }
    } else if (abroad && is_zero_in_brackets(typed, i)) {
      i = typed.find(')', i);
    } else if ((c == '-' && typed[i - 1] == ' ') ||
               (std::string_view("+ .-\t").find(c) == std::string_view::npos &&
                static_cast<unsigned char>(c) < 0x80) ||
               (c == '+' && i > at)) {
      break;
    }
  }
  return std::max(i, at + 1);
}

/// Nine digits after the code of the country, of which the first is no zero.
bool is_of_france(std::string_view digits) {
  constexpr std::size_t with_code = 11;
  return digits.size() == with_code && digits.starts_with("33") && digits[2] != '0';
}

/// Of a number that went through a spreadsheet as a figure: "612345678.0".
std::size_t length_of_fraction(std::string_view text) {
  constexpr std::size_t fraction = 2;
  constexpr std::size_t shortest = 9;  // "01.0" may be the begin of one
  const std::string_view whole = text.substr(0, text.size() - std::min(text.size(), fraction));
  const bool is_one = whole.size() >= shortest && (text.ends_with(".0") || text.ends_with(",0")) &&
                      std::all_of(whole.begin(), whole.end(), is_digit);
  return is_one ? fraction : 0;
}

}  // namespace

std::string tidy_phone(const std::string& said, std::size_t fewest) {
  const std::string typed = said.substr(0, said.size() - length_of_fraction(said));
  constexpr std::size_t most = 15;  // ITU-T E.164
  constexpr std::size_t whole = 8;  // digits of a number with its code, at least
  constexpr std::size_t of_france = 10;
  constexpr std::size_t a_number = 3;  // "01/23/45/67/89" is one number, "04 93 03 11 11 / 4512" are two
  if (const auto stroke = typed.find('/'); stroke != std::string::npos) {
    const auto count = [](std::string_view part) {
      return static_cast<std::size_t>(
          std::count_if(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }));
    };
    const std::string_view text = typed;
    if (count(text.substr(0, stroke)) >= a_number && count(text.substr(stroke)) >= a_number) {
      return {};
    }
  }
  std::string digits;
  bool abroad = false;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    const char c = typed[at];
    const bool with_code = abroad || digits.starts_with("00");
    if (with_code && !digits.empty() && is_zero_in_brackets(typed, at)) {
      at = typed.find(')', at);
    } else if (with_code && c == '(' && digits.size() >= whole) {
      return {};  // what is in brackets behind a whole number is none of its digits: "(24/24)"
    } else if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !abroad) {
      abroad = true;
    } else if (std::string_view(" .-/()\t").find(c) == std::string_view::npos &&
               static_cast<unsigned char>(c) < 0x80) {
      return {};
    }
  }
  if (digits.starts_with("00")) {
    digits.erase(0, 2);
    abroad = true;
  }
  if (digits.size() == 9 && !abroad && digits.front() != '0') {
    digits.insert(0, 1, '0');  // a spreadsheet took the number for a figure and dropped its zero
  }
  abroad = abroad || is_of_france(digits);  // somebody left out the +
  if (abroad && digits.starts_with("33") && !is_of_france(digits)) {
    return {};  // a gateway would take it, and nobody's telephone ring
  }
  const bool too_long = !abroad && digits.starts_with('0') && digits.size() > of_france;
  if (digits.size() < fewest || digits.size() > most || too_long) {
    return {};
  }
  return (abroad ? "+" : "") + digits;
}

std::vector<std::string> phones_in(const std::string& typed) {
  if (std::string whole = tidy_phone(typed); !whole.empty()) {
    return {std::move(whole)};
  }
  constexpr std::size_t outside = 10;  // digits of a number that is none of the house
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < typed.size();) {
    if (typed[at] == '+' || typed[at] == '0') {
      const std::size_t end = end_of_phone(typed, at);
      std::string number = tidy_phone(typed.substr(at, end - at));
      if (number.size() >= outside) {
        numbers.push_back(std::move(number));
      }
      at = end;
    } else {  // "24h/24", "2026": from outside, no number begins so
      const std::size_t next = is_digit(typed[at]) ? typed.find_first_not_of("0123456789", at) : at + 1;
      at = std::min(next, typed.size());
    }
  }
  return numbers;
}

bool same_digits(std::string_view a, std::string_view b) {
  static constexpr std::size_t last = 9;
  const auto end = [](std::string_view number) {
    return number.substr(number.size() - std::min(number.size(), last));
  };
  return !a.empty() && !b.empty() && end(a) == end(b);
}

bool same_phone(const std::string& a, const std::string& b) {
  if (a == b) {
    return !a.empty();
  }
  const auto ours = phones_in(a);
  const auto theirs = phones_in(b);
  return std::any_of(ours.begin(), ours.end(), [&](const std::string& one) {
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const std::string& other) { return same_digits(one, other); });
  });
}

bool takes_texts(std::string_view number) {
  const auto mobile_after = [&](std::string_view code) {
    return number.starts_with(code) && number.size() > code.size() &&
           (number[code.size()] == '6' || number[code.size()] == '7');
  };
  for (const std::string_view code : {"+33", "+262", "+590", "+594", "+596"}) {
    if (number.starts_with(code)) {
      return mobile_after(code);
    }
  }
  constexpr std::size_t digits = 10;
  return number.starts_with('+') || (number.size() == digits && mobile_after("0"));
}

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.size() > 254 ||
      text.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  const std::string_view host = text.substr(at + 1);
  return std::all_of(text.begin(), text.end(),
                     [](char c) {
                       return c > ' ' && c < '\x7f' &&
                              std::string_view("<>,;:\\\"()[]").find(c) == std::string_view::npos;
                     }) &&
         host.find('.') != std::string_view::npos && !host.starts_with('.') && !host.ends_with('.');
}

}  // namespace releve
