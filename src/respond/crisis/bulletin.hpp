// SPDX-License-Identifier: EUPL-1.2
// What the hospital tells the public: written by the cell, approved by name, read by anybody. It says which
// care is closed or slowed down and what to do, never which system, never why.
#pragma once

#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <string>

namespace releve::crisis {

enum class BulletinState { published, withdrawn };

constexpr auto describe(BulletinState*) {
  return Names{name(BulletinState::published, "published"), name(BulletinState::withdrawn, "withdrawn")};
}

struct Bulletin {
  std::string id;
  std::int64_t number = 0;  // 1, 2, 3 of the room; given when it is published
  std::string title;
  std::string text;
  std::string title_en;  // with its text: the same in English; empty: French alone
  std::string text_en;
  std::string approved_by;
  BulletinState state = BulletinState::published;
  bool operator==(const Bulletin&) const = default;
};

constexpr auto describe(Bulletin*) {
  constexpr Rules title{.min_length = 1, .max_length = 300};
  constexpr Rules text{.min_length = 1, .max_length = 6'000};
  return Fields{field<&Bulletin::id>("identity", {.min_length = 1, .max_length = 64}),
                field<&Bulletin::number>("1, 2, 3; given by the server",
                                         {.minimum = 0, .maximum = 1e9, .optional = true}),
                field<&Bulletin::title>("title", title),
                field<&Bulletin::text>("the words; a line is a paragraph, with - before it an item", text),
                field<&Bulletin::title_en>("in English", {.max_length = 300, .optional = true}),
                field<&Bulletin::text_en>("in English", {.max_length = 6'000, .optional = true}),
                field<&Bulletin::approved_by>("by whom", title),
                field<&Bulletin::state>("published or withdrawn", {.optional = true})};
}

}  // namespace releve::crisis
