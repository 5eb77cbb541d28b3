// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/search_words.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>

namespace releve::registry {

namespace {

constexpr std::size_t most_words_asked = 8;

bool is_small(std::string_view word) {
  static constexpr std::array<std::string_view, 16> small{
      "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sur", "the"};
  return std::find(small.begin(), small.end(), word) != small.end();
}

void add_words(std::vector<std::string>& words, std::string_view text) {
  const std::string folded = fold(text);
  for (const std::string_view word : split(folded, ' ')) {
    if (!word.empty() && !is_small(word)) {
      words.emplace_back(word);
    }
  }
}

}  // namespace

std::vector<std::string> words_of(const PlaceVersion& version, std::string_view number) {
  std::vector<std::string> words;
  for (const std::string_view text :
       {std::string_view(version.name), std::string_view(version.long_name), std::string_view(version.town),
        std::string_view(version.postcode), number}) {
    add_words(words, text);
  }
  if (version.place.starts_with("GHT")) {
    words.emplace_back("ght");
    add_words(words, version.place.substr(3));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> words_of_question(std::string_view question) {
  std::vector<std::string> words;
  add_words(words, question);
  if (words.size() > most_words_asked) {
    words.resize(most_words_asked);
  }
  return words;
}

std::string last_with(std::string word) {
  // Folded words are lower-case ASCII letters and digits, which every locale puts in the same order.
  return word.append(32, 'z');
}

}  // namespace releve::registry
