// SPDX-License-Identifier: EUPL-1.2
// The words under which a place is found, and those of a question: folded (no accents, lower case), without
// the small words that every name has. Pure.
#pragma once

#include "steer/registry/place.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::registry {

/// Sorted, each once.
std::vector<std::string> words_of(const PlaceVersion& version, std::string_view number);

/// In the order typed; the last may be the beginning of a word, as may all.
std::vector<std::string> words_of_question(std::string_view question);

/// Words that begin with `word` are those from it up to this one, in the order of any locale.
std::string last_with(std::string word);

}  // namespace releve::registry
