// SPDX-License-Identifier: EUPL-1.2
// The rows behind this room. Private to it.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"
#include "respond/recall/channels.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::recall {

/// One row of the table `staff`.
struct StoredStaff {
  std::string id;
  std::string facility;
  std::int64_t place = 0;  // 1, 2, 3 by name
  std::string name;
  std::string site;
  std::string unit;
  std::string post;
  std::vector<std::string> skills;
  std::string words;    // all of the above as fold() writes it, to be searched
  std::string contact;  // sealed
  std::int64_t source_row = 0;
};

constexpr auto describe(StoredStaff*) {
  return Fields{field<&StoredStaff::id>("identity"),
                field<&StoredStaff::facility>("whose"),
                field<&StoredStaff::place>("1, 2, 3 by name"),
                field<&StoredStaff::name>("family name and first name"),
                field<&StoredStaff::site>("where"),
                field<&StoredStaff::unit>("service or unit"),
                field<&StoredStaff::post>("function"),
                field<&StoredStaff::skills>("what he or she can do"),
                field<&StoredStaff::words>("all of the above as it is searched"),
                field<&StoredStaff::contact>("sealed"),
                field<&StoredStaff::source_row>("line of the imported file")};
}

/// One row of the table `callout`.
struct StoredCallout {
  std::string id;
  std::string facility;
  std::string room;
  std::string said;   // sealed: Said
  std::string asked;  // hash of the order
  Instant begun{};
  std::string begun_by;
  std::string language;
  std::string origin;                          // address of the page that links lead to
  std::optional<std::int64_t> deputies_after;  // minutes
  std::string line;                            // of the journal, that tells of it
  bool told = false;                           // that line is written
};

/// What is said to whoever is called.
struct Said {
  std::string message;
  std::string place;
};

/// One row of the table `called`: one person in one call-out.
struct StoredCalled {
  std::string id;
  std::string callout;
  std::int64_t place = 0;  // 1, 2, 3 of the room, as they were called
  std::string who;         // "staff:<id>" or "contact:<id>"
  std::string person;      // as attendance in the room knows him or her
  std::string site;
  std::string unit;
  std::string cell;  // of the plan, by name; empty: not called for a cell
  std::string post;
  std::vector<std::string> skills;
  std::string contact;      // sealed
  std::string in_place_of;  // whoever was called before; empty: nobody
  std::string token_tag;
  Instant called{};
  std::optional<Instant> reached;  // the personal link was opened
  std::string line;                // of the journal; empty: none is to be written
  bool told = false;
};

/// Where a parcel stands.
enum class SendingState { waiting, sent, failed };

constexpr auto describe(SendingState*) {
  return Names{name(SendingState::waiting, "waiting"), name(SendingState::sent, "sent"),
               name(SendingState::failed, "failed")};
}

/// One row of the table `call_sending`.
struct StoredSending {
  std::string id;
  std::string called;
  Channel channel = Channel::mail;
  bool reminder = false;
  SendingState state = SendingState::waiting;
  Instant due{};
  std::int64_t tries = 0;
  std::optional<Instant> ended;
  std::string why;
};

constexpr auto describe(StoredCallout*) {
  return Fields{field<&StoredCallout::id>("identity"),
                field<&StoredCallout::facility>("whose"),
                field<&StoredCallout::room>("from which room"),
                field<&StoredCallout::said>("sealed"),
                field<&StoredCallout::asked>("hash of the order"),
                field<&StoredCallout::begun>("when"),
                field<&StoredCallout::begun_by>("by whom"),
                field<&StoredCallout::language>("fr or en"),
                field<&StoredCallout::origin>("address of the page"),
                field<&StoredCallout::deputies_after>("minutes; null: never by itself"),
                field<&StoredCallout::line>("of the journal"),
                field<&StoredCallout::told>("the line is written")};
}

constexpr auto describe(Said*) {
  return Fields{field<&Said::message>("what has happened"), field<&Said::place>("where to come")};
}

constexpr auto describe(StoredCalled*) {
  return Fields{field<&StoredCalled::id>("identity"),
                field<&StoredCalled::callout>("in which call-out"),
                field<&StoredCalled::place>("1, 2, 3 of the room"),
                field<&StoredCalled::who>("staff or contact"),
                field<&StoredCalled::person>("name"),
                field<&StoredCalled::site>("where"),
                field<&StoredCalled::unit>("service or unit"),
                field<&StoredCalled::cell>("cell of the plan"),
                field<&StoredCalled::post>("function"),
                field<&StoredCalled::skills>("what he or she can do"),
                field<&StoredCalled::contact>("sealed"),
                field<&StoredCalled::in_place_of>("whoever was called before"),
                field<&StoredCalled::token_tag>("of the personal link"),
                field<&StoredCalled::called>("when"),
                field<&StoredCalled::reached>("the link was opened"),
                field<&StoredCalled::line>("of the journal"),
                field<&StoredCalled::told>("the line is written")};
}

constexpr auto describe(StoredSending*) {
  return Fields{field<&StoredSending::id>("identity"),
                field<&StoredSending::called>("to whom"),
                field<&StoredSending::channel>("by what"),
                field<&StoredSending::reminder>("or the first call"),
                field<&StoredSending::state>("where it stands"),
                field<&StoredSending::due>("not before"),
                field<&StoredSending::tries>("how often"),
                field<&StoredSending::ended>("when it was taken or given up"),
                field<&StoredSending::why>("it was not taken")};
}

}  // namespace releve::recall
