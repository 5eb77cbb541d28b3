// SPDX-License-Identifier: EUPL-1.2
#include "intake/registry_builder.hpp"

#include "foundation/base/text.hpp"
#include "foundation/base/time.hpp"
#include "intake/readable.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace releve::intake {

namespace {

constexpr std::size_t most_text_bytes = 200;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

/// What people write around a number so that a spreadsheet leaves it alone: ="010000024", '010000024.
std::string_view without_guards(std::string_view text) {
  text = trim(text);
  if (text.starts_with("=\"") && text.ends_with('"') && text.size() > 3) {
    return trim(text.substr(2, text.size() - 3));
  }
  return trim(text.substr(text.starts_with('\'') ? 1 : 0));
}

/// "1.0E+07", "2,601E+13": a spreadsheet took it for a quantity, and its last digits are lost.
bool is_exponent(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && e + 1 < text.size() &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(e),
                     [](char c) { return is_digit(c) || c == '.' || c == ','; }) &&
         (text[e + 1] == '+' || text[e + 1] == '-') && all_digits(text.substr(e + 2)) && e + 2 < text.size();
}

std::string_view without_decimals(std::string_view text) {
  return text.ends_with(".0") || text.ends_with(",0") ? text.substr(0, text.size() - 2) : text;
}

bool is_finess(std::string_view text) {
  const auto is_sign = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
  return text.size() == 9 && is_digit(text[0]) && is_sign(text[1]) && all_digits(text.substr(2));
}

}  // namespace

std::string insee_department(std::string_view text) {
  // FINESS writes the overseas departments with letters (FINESS, code of the department).
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> overseas{
      {{"9A", "971"}, {"9B", "972"}, {"9C", "973"}, {"9D", "974"}, {"9E", "975"}, {"9F", "976"}}};
  const std::string code = to_upper(trim(text));
  for (const auto& [finess, insee] : overseas) {
    if (code == finess) {
      return std::string(insee);
    }
  }
  if (code.size() == 1 && is_digit(code[0]) && code != "0") {
    return "0" + code;
  }
  const bool corsica = code == "2A" || code == "2B";
  const bool plain = (code.size() == 2 && all_digits(code) && code != "00") ||
                     (code.size() == 3 && all_digits(code) && code.starts_with("97"));
  return corsica || plain ? code : std::string();
}

std::string department_of_commune(std::string_view insee) {
  return insee.size() == 5 ? insee_department(insee.substr(0, insee.starts_with("97") ? 3 : 2))
                           : std::string();
}

std::string registry_day(std::string_view text) {
  text = trim(text);
  std::string day(text.substr(0, 10));
  const bool french = day.size() == 10 && day[2] == '/' && day[5] == '/';
  if (french) {
    day = day.substr(6, 4) + "-" + day.substr(3, 2) + "-" + day.substr(0, 2);
  }
  if (day.size() != 10 || day[4] != '-' || day[7] != '-' || !parse_rfc3339(day).ok()) {
    return {};
  }
  return day;
}

void RegistryBuilder::warn(const char* code, std::string_view text) {
  findings_.add(Severity::warning, message(code, {{"text", readable(text, 60)}}), place_, line_);
}

std::string RegistryBuilder::finess(std::string_view text) {
  std::string number = to_upper(without_decimals(without_guards(text)));
  if (is_finess(number)) {
    return number;
  }
  if (number.size() == 8 && all_digits(number)) {
    findings_.add(Severity::warning,
                  message("registry.lost_zero", {{"text", readable(text, 60)}, {"number", "0" + number}}),
                  place_, line_);
    return "0" + number;
  }
  warn(is_exponent(number) ? "registry.spoilt_number" : "registry.bad_number", text);
  return {};
}

std::string RegistryBuilder::company_number(std::string_view text, std::size_t digits) {
  std::string number(without_decimals(without_guards(text)));
  if (number.empty() || (number.size() == digits && all_digits(number))) {
    return number;
  }
  if (number.size() + 1 == digits && all_digits(number)) {
    return "0" + number;
  }
  findings_.add(Severity::note,
                message(is_exponent(number) ? "registry.spoilt_company" : "registry.bad_company",
                        {{"text", readable(text, 60)}}),
                place_, line_);
  return {};
}

std::string RegistryBuilder::department(std::string_view text) {
  std::string code = insee_department(text);
  if (code.empty() && !trim(text).empty()) {
    warn("registry.bad_department", text);
  }
  return code;
}

std::string RegistryBuilder::day(std::string_view text) {
  std::string day = registry_day(text);
  if (day.empty() && !trim(text).empty()) {
    findings_.add(Severity::note, message("registry.bad_day", {{"text", readable(text, 60)}}), place_, line_);
  }
  return day;
}

std::string RegistryBuilder::text(std::string_view text) const {
  return readable(trim(text), most_text_bytes);
}

bool RegistryBuilder::full() {
  const std::size_t held = extract_.entities.size() + extract_.sites.size() + extract_.capacities.size();
  if (held < limits_.max_objects) {
    return false;
  }
  findings_.add(Severity::error,
                message("import.too_many_objects", {{"limit", std::to_string(limits_.max_objects)}}), place_,
                line_);
  return true;
}

template <class Record>
bool RegistryBuilder::take(std::vector<Record>& list, Seen& seen, Record record) {
  if (full()) {
    return false;
  }
  const auto [known, is_new] = seen.try_emplace(record.number, list.size(), line_);
  if (is_new) {
    list.push_back(std::move(record));
  } else if (list[known->second.first] == record) {
    ++repeated_;
  } else {
    findings_.add(Severity::warning,
                  message("registry.duplicate",
                          {{"number", record.number}, {"first", std::to_string(known->second.second)}}),
                  place_, line_);
  }
  return true;
}

bool RegistryBuilder::add(LegalEntity entity) {
  return take(extract_.entities, entities_, std::move(entity));
}

bool RegistryBuilder::add(Site site) {
  return take(extract_.sites, sites_, std::move(site));
}

bool RegistryBuilder::add(Capacity capacity) {
  if (full()) {
    return false;
  }
  extract_.capacities.push_back(std::move(capacity));
  return true;
}

Group& RegistryBuilder::group(const std::string& code) {
  const auto [known, is_new] = groups_.try_emplace(code, extract_.groups.size());
  if (is_new) {
    extract_.groups.push_back({code, {}, {}});
  }
  return extract_.groups[known->second];
}

void RegistryBuilder::finish() {
  if (repeated_ > 0) {
    findings_.add(Severity::note, message("registry.repeated", {{"count", std::to_string(repeated_)}}));
  }
  if (!findings_.has_error() && extract_.entities.empty() && extract_.sites.empty() &&
      extract_.groups.empty() && extract_.capacities.empty()) {
    findings_.add(Severity::error, message("registry.nothing"));
  }
}

}  // namespace releve::intake
