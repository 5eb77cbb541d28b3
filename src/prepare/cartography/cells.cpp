// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/cells.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace releve::cartography {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view narrow_no_break_space = "\xE2\x80\xAF";

Error bad(std::string code, std::string_view cell, std::vector<Param> params = {}) {
  params.push_back({"value", shorten(cell, 80)});
  return Error{ErrorKind::invalid, message(std::move(code), std::move(params)), {}};
}

/// Without the spaces that separate thousands and units.
std::string without_spaces(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    if (cell.substr(at, 2) == no_break_space) {
      at += 2;
    } else if (cell.substr(at, 3) == narrow_no_break_space) {
      at += 3;
    } else {
      if (cell[at] != ' ') {
        out += cell[at];
      }
      ++at;
    }
  }
  return out;
}

Result<double> within(double value, std::string_view cell, const Rules& rules) {
  if (value < rules.minimum || value > rules.maximum) {
    return bad("cell.out_of_range", cell,
               {{"minimum", write_number(rules.minimum)}, {"maximum", write_number(rules.maximum)}});
  }
  return value;
}

/// Hours in one unit; 0 for a word that is none.
double unit_hours(std::string_view unit) {
  struct Unit {
    std::string_view word;
    double hours;
  };

  static constexpr std::array<Unit, 27> units{{
      {"h", 1},          {"heure", 1},    {"heures", 1},        {"hour", 1},
      {"hours", 1},      {"hr", 1},       {"hrs", 1},           {"min", 1.0 / 60},
      {"mn", 1.0 / 60},  {"m", 1.0 / 60}, {"minute", 1.0 / 60}, {"minutes", 1.0 / 60},
      {"j", 24},         {"jour", 24},    {"jours", 24},        {"d", 24},
      {"day", 24},       {"days", 24},    {"sem", 168},         {"semaine", 168},
      {"semaines", 168}, {"w", 168},      {"week", 168},        {"weeks", 168},
      {"mois", 720},     {"month", 720},  {"months", 720},
  }};
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.word == unit; });
  return found == units.end() ? 0 : found->hours;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// Takes one "12,5h" from the front; nothing when there is none. `previous` tells "1h30" from "30".
std::optional<double> take_duration(std::string_view& text, double previous) {
  std::size_t digits = 0;
  while (digits < text.size() && (is_digit(text[digits]) || text[digits] == ',' || text[digits] == '.')) {
    ++digits;
  }
  const auto amount = parse_number(text.substr(0, digits));
  if (!amount) {
    return std::nullopt;
  }
  std::size_t end = digits;
  while (end < text.size() && is_letter(text[end])) {
    ++end;
  }
  const std::string_view unit = text.substr(digits, end - digits);
  text.remove_prefix(end);
  const double hours = unit.empty() ? (previous > 0 ? 1.0 / 60 : 1) : unit_hours(unit);
  return hours > 0 ? std::optional(*amount * hours) : std::nullopt;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Result<double> read_number(std::string_view cell, const Rules& rules) {
  const auto value = parse_number(without_spaces(cell));
  if (!value) {
    return bad("cell.not_a_number", cell);
  }
  return within(*value, cell, rules);
}

Result<double> read_share(std::string_view cell, const Rules& rules) {
  std::string plain = without_spaces(cell);
  const bool percent = plain.ends_with('%');
  if (percent) {
    plain.pop_back();
  }
  const auto value = parse_number(plain);
  if (!value) {
    return bad("cell.not_a_share", cell);
  }
  return within(percent || *value > 1 ? *value / 100 : *value, cell, rules);
}

Result<double> read_hours(std::string_view cell, const Rules& rules) {
  const std::string plain = to_lower(without_spaces(cell));
  if (one_of(fold(cell), {"immediat", "immediate", "aucune", "aucun", "none"})) {
    return within(0, cell, rules);
  }
  std::string_view rest = plain;
  double hours = 0;
  do {
    const auto part = take_duration(rest, hours);
    if (!part) {
      return bad("cell.not_a_duration", cell);
    }
    hours += *part;
  } while (!rest.empty());
  return within(hours, cell, rules);
}

Result<int> read_level(std::string_view cell, const Rules& rules) {
  const std::string word = fold(cell);
  if (one_of(word, {"faible", "basse", "bas", "low", "mineure", "mineur"})) {
    return 1;
  }
  if (one_of(word, {"moyenne", "moyen", "moderee", "modere", "medium", "moderate", "normale", "normal"})) {
    return 2;
  }
  if (one_of(word, {"forte", "fort", "elevee", "eleve", "haute", "haut", "high", "majeure", "majeur",
                    "importante", "important"})) {
    return 3;
  }
  if (one_of(word, {"vitale", "vital", "critique", "critical", "tres forte", "tres elevee", "maximale"})) {
    return 4;
  }
  const auto value = parse_number(without_spaces(cell));
  if (!value || *value != std::floor(*value) || *value < rules.minimum || *value > rules.maximum) {
    return bad("cell.not_a_level", cell);
  }
  return static_cast<int>(*value);
}

Result<bool> read_yes_no(std::string_view cell) {
  const std::string word = fold(cell);
  if (one_of(word, {"oui", "o", "yes", "y", "vrai", "true", "x", "1"})) {
    return true;
  }
  if (one_of(word, {"non", "n", "no", "faux", "false", "0"})) {
    return false;
  }
  return bad("cell.not_yes_or_no", cell);
}

std::vector<std::string> read_list(std::string_view cell) {
  std::vector<std::string> items;
  while (true) {
    const std::size_t end = cell.find_first_of(",;\n");
    const std::string_view item = trim(cell.substr(0, end));
    if (!item.empty()) {
      items.emplace_back(item);
    }
    if (end == std::string_view::npos) {
      return items;
    }
    cell.remove_prefix(end + 1);
  }
}

Status check_text(std::string_view cell, const Rules& rules) {
  if (cell.size() > rules.max_length) {
    return bad("cell.too_long", cell, {{"maximum", std::to_string(rules.max_length)}});
  }
  if (cell.size() < rules.min_length) {
    return bad("cell.too_short", cell, {{"minimum", std::to_string(rules.min_length)}});
  }
  return Done{};
}

std::string write_number(double value) {
  if (!std::isfinite(value)) {
    return value > 0 ? "∞" : "−∞";
  }
  std::array<char, 400> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return std::string(buffer.data(), end.ptr);
}

std::string cell_address(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

}  // namespace releve::cartography
