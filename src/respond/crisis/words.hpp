// SPDX-License-Identifier: EUPL-1.2
// A deed in words: what the journal says when its author typed none. Written into the line once, so that the
// journal reads the same in ten years.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/local_time.hpp"
#include "respond/crisis/line.hpp"

#include <string>

namespace releve::crisis {

/// How a room speaks: in which words, on whose clocks.
struct Voice {
  const Catalogue& catalogue;
  std::string language;
  std::string zone;  // IANA's name

  std::string say(std::string code, std::vector<Param> params = {}) const {
    return say(message(std::move(code), std::move(params)));
  }

  std::string say(const Message& message) const { return catalogue.say(language, message); }

  std::string moment(Instant at) const { return moment_text(at, zone, language); }
};

std::string words_of(const Deed& deed, const Voice& voice);

}  // namespace releve::crisis
