// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/person_name.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace releve {

namespace {

/// Of a folded word.
bool is_title(std::string_view word) {
  constexpr std::array<std::string_view, 7> titles{"dr", "pr", "prof", "m", "mr", "mme", "mlle"};
  return std::find(titles.begin(), titles.end(), word) != titles.end();
}

bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 6> particles{"le", "la", "de", "du", "des", "van"};
  return std::find(particles.begin(), particles.end(), word) != particles.end();
}

/// Without titles.
std::set<std::string> words_of(std::string_view name) {
  const std::string folded = fold(name);
  std::set<std::string> words;
  for (const std::string_view word : split(folded, ' ')) {
    if (!is_title(word)) {
      words.emplace(word);
    }
  }
  return words;
}

/// Does the word begin with a small letter of French or English? "d’Ornano" is a name all the same.
bool is_small(std::string_view word) {
  const bool latin_1 =  // U+00E0 to U+00FF
      word.size() > 1 && word[0] == '\xC3' && static_cast<unsigned char>(word[1]) >= 0xA0;
  return ((!word.empty() && word[0] >= 'a' && word[0] <= 'z') || latin_1) && !word.starts_with("d'") &&
         !word.starts_with("d’");
}

/// "FONTANEL", "LE"; not "J.-P."
bool is_capitals(std::string_view word) {
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (is_small(word.substr(at)) || word[at] == '.') {
      return false;
    }
    capitals += (word[at] >= 'A' && word[at] <= 'Z') || word[at] == '\xC3' ? 1U : 0U;
  }
  return capitals > 1;
}

}  // namespace

std::string name_key(std::string_view name) {
  const std::string folded = fold(name);
  auto words = split(folded, ' ');
  std::sort(words.begin(), words.end());
  std::string key;
  for (const std::string_view word : words) {
    key.append(key.empty() ? "" : " ").append(word);
  }
  return key;
}

bool same_name(std::string_view a, std::string_view b) {
  const std::set<std::string> of_a = words_of(a);
  const std::set<std::string> of_b = words_of(b);
  const auto stands_in = [](const std::set<std::string>& few, const std::set<std::string>& many) {
    return !few.empty() && std::all_of(few.begin(), few.end(), [&](const std::string& word) {
      return std::any_of(many.begin(), many.end(), [&](const std::string& other) {
        return other == word || (word.size() == 1 && other.starts_with(word));
      });
    });
  };
  return stands_in(of_a, of_b) || stands_in(of_b, of_a);
}

std::string family_name_key(std::string_view name) {
  auto words = split(name, ' ');
  while (words.size() > 1 && is_title(fold(words.front()))) {
    words.erase(words.begin());
  }
  std::size_t surname = words.size() - 1;
  if (is_capitals(words.front()) || is_small(words.back())) {
    surname = 0;
  }
  while (surname > 1 && is_particle(fold(words[surname - 1]))) {
    --surname;
  }
  std::string key;
  for (; surname < words.size(); ++surname) {
    key += fold(words[surname]) + " ";
  }
  return key + fold(name);
}

}  // namespace releve
