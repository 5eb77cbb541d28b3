// SPDX-License-Identifier: EUPL-1.2
// The first guess of a mapping; mapped_rows.cpp reads the rows by it.
#include "foundation/base/hash.hpp"
#include "prepare/cartography/guess_words.hpp"
#include "prepare/cartography/sheet_rows.hpp"
#include "prepare/cartography/template.hpp"

#include <algorithm>
#include <map>

namespace releve::cartography {

namespace {

struct Claim {
  std::string field;  // with its element; "" for a column that is left out
  int weight = 0;     // 0: not recognised
};

Claim claim_of(std::string_view element, const std::string& header, const Vocabulary& words) {
  const std::string folded = fold(header);
  if (folded.empty()) {
    return {};
  }
  if (const HeaderWord* word = find_header_word(element, folded)) {
    const bool elsewhere = word->field.find('.') != std::string_view::npos;
    const std::string field(word->field);
    return {field.empty() || elsewhere ? field : std::string(element) + "." + field, word->weight};
  }
  const auto& fields = words.fields.find(element)->second;
  if (const auto title = fields.find(folded); title != fields.end()) {
    return {std::string(element) + "." + title->second.raw, 2};
  }
  return {};
}

/// Two columns never fill one field: the more telling header wins, then the first.
void keep_one_per_field(std::vector<Claim>& claims) {
  std::map<std::string, Claim*> best;
  for (Claim& claim : claims) {
    if (claim.field.empty()) {
      continue;
    }
    Claim*& winner = best[claim.field];
    if (winner != nullptr) {
      Claim& loser = claim.weight > winner->weight ? *winner : claim;
      winner = &loser == winner ? &claim : winner;
      loser.field.clear();
    } else {
      winner = &claim;
    }
  }
}

/// In an export of GLPI, "Nom" is the machine's host name, and its own row number is nobody's identifier.
void read_as_inventory_tool(const std::vector<std::string>& headers, std::vector<Claim>& claims) {
  const bool from_tool = std::any_of(headers.begin(), headers.end(),
                                     [](const auto& h) { return is_inventory_tool_header(fold(h)); });
  const bool has_host = std::any_of(claims.begin(), claims.end(),
                                    [](const Claim& c) { return c.field == "component.host_name"; });
  for (Claim& claim : claims) {
    if (from_tool && claim.field == "component.name" && !has_host) {
      claim.field = "component.host_name";
    } else if (from_tool && claim.field == "component.id") {
      claim.field.clear();
    }
  }
}

struct Guess {
  int score = 0;
  std::string element;
  std::vector<Claim> claims;
};

bool names_its_rows(const Guess& guess) {
  const auto has = [&](std::string_view field) {
    return std::any_of(guess.claims.begin(), guess.claims.end(),
                       [&](const Claim& c) { return c.field == guess.element + "." + std::string(field); });
  };
  return guess.element == "dependency"
             ? has("consumer") && has("target")
             : has("id") || has("name") || (guess.element == "component" && (has("host_name") || has("ip")));
}

Guess guess_element(std::string_view element, const intake::Sheet& sheet,
                    const std::vector<std::string>& headers, const Vocabulary& words) {
  Guess guess{0, std::string(element), {}};
  for (const std::string& header : headers) {
    guess.claims.push_back(claim_of(element, header, words));
    guess.score += guess.claims.back().weight;
  }
  const auto tab = words.tabs.find(fold(sheet.name));
  guess.score += tab != words.tabs.end() && tab->second.raw == element ? 3 : 0;
  keep_one_per_field(guess.claims);
  if (element == "component") {
    read_as_inventory_tool(headers, guess.claims);
  }
  return guess;
}

}  // namespace

std::vector<ColumnMapping> guess_mapping(const intake::Workbook& workbook, const Catalogue& catalogue) {
  const Vocabulary words = vocabulary(catalogue);
  std::vector<ColumnMapping> mappings;
  for (const intake::Sheet& sheet : workbook.sheets) {
    const auto header = header_row(sheet);
    if (!header) {
      continue;
    }
    const auto& headers = sheet.rows[*header];
    Guess best;
    for (const std::string_view element : {"component", "application", "service", "dependency", "zone"}) {
      Guess guess = guess_element(element, sheet, headers, words);
      if (guess.score > best.score && names_its_rows(guess)) {
        best = std::move(guess);
      }
    }
    if (best.score < 2) {
      continue;
    }
    ColumnMapping mapping{sheet.name, best.element, {}};
    for (std::size_t i = 0; i < headers.size(); ++i) {
      mapping.columns.push_back({headers[i], best.claims[i].field});
    }
    mappings.push_back(std::move(mapping));
  }
  return mappings;
}

std::string header_key(const intake::Workbook& workbook) {
  Hasher hasher;
  for (const intake::Sheet& sheet : workbook.sheets) {
    if (const auto header = header_row(sheet)) {
      for (const std::string& title : sheet.rows[*header]) {
        hasher.update(fold(title) + "\n");
      }
      hasher.update("\f");
    }
  }
  return hasher.hex();
}

}  // namespace releve::cartography
