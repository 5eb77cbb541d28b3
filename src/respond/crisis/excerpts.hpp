// SPDX-License-Identifier: EUPL-1.2
// What a document takes from a room, in words: what is down, which care it touches, who is there, what is
// decided, owed and told. Pure.
#pragma once

#include "respond/crisis/documents.hpp"

#include <set>
#include <string>
#include <vector>

namespace releve::crisis {

/// The words of documents.
class DocumentWords {
 public:
  explicit DocumentWords(const Voice& voice) : voice_(voice) {}

  std::string word(std::string_view what, std::vector<Param> params = {}) const {
    return voice_.say("room.document." + std::string(what), std::move(params));
  }

  template <NamedEnum E>
  std::string name(std::string_view kind, E value) const {
    return voice_.say("room.words." + std::string(kind) + "." + std::string(text_of(value)));
  }

  std::string moment(Instant at) const { return voice_.moment(at); }

 private:
  const Voice& voice_;
};

using Items = std::vector<std::string>;

Items services_of(const DocumentWords& words, const Picture& picture);
Items systems_of(const DocumentWords& words, const Picture& picture);
Items first_back(const DocumentWords& words, const Picture& picture);
/// Taken, or taken back and another post still holds to it.
Items decisions_taken(const DocumentWords& words, const Picture& picture);
/// Waiting, or contested.
Items decisions_open(const DocumentWords& words, const Picture& picture);
/// The opening, and the last change of the level.
Items levels(const DocumentWords& words, const Picture& picture);
Items open_tasks(const DocumentWords& words, const Picture& picture);
Items open_requests(const DocumentWords& words, const Picture& picture);
Items people(const DocumentWords& words, const Picture& picture, std::set<PresenceState> states);
Items moved_patients(const DocumentWords& words, const Picture& picture);
Items deadlines(const DocumentWords& words, const Picture& picture);
Items met_obligations(const DocumentWords& words, const Picture& picture);
Items told_to_the_public(const DocumentWords& words, const Picture& picture);
/// When and how this was done, as it stands; empty: it was not.
std::string done_of(const DocumentWords& words, const Picture& picture, std::string_view obligation);
/// Since when it is known what this document tells: by its own clock, else since the crisis began.
std::string noticed(const DocumentWords& words, const Picture& picture, std::string_view document);
std::string known_facts(const Picture& picture);
/// The facts in the order in which they happened: what a form asks under "description".
Items facts(const DocumentWords& words, const Picture& picture);

}  // namespace releve::crisis
