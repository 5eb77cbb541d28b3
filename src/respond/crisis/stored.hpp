// SPDX-License-Identifier: EUPL-1.2
// The rows behind a journal, and how they are found. Private to this room.
#pragma once

#include "foundation/store/database.hpp"
#include "respond/crisis/rooms.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::crisis {

/// One row of the table `journal_chain`.
struct StoredChain {
  std::string id;
  std::string room;      // where it is kept
  std::string begun_in;  // the room in which its node wrote it
  std::string node;
  bool own = false;
  std::int64_t number = 0;  // of its last line
  std::string head;
};

/// One row of the table `journal_line`.
struct StoredLine {
  std::string id;
  std::string room;
  std::int64_t arrived = 0;
  std::string chain;
  std::int64_t number = 0;
  std::string said;  // sealed
  std::string previous;
  std::string hash;
};

/// One row of the table `journal_attachment`.
struct StoredAttachment {
  std::string id;
  std::string room;
  std::string file_hash;
  std::string name;
  std::string type;
  std::int64_t size = 0;
  Instant added{};
  std::string added_by;
};

constexpr auto describe(StoredChain*) {
  return Fields{field<&StoredChain::id>("identity"),
                field<&StoredChain::room>("where it is kept"),
                field<&StoredChain::begun_in>("the room in which its node wrote it"),
                field<&StoredChain::node>("who writes it"),
                field<&StoredChain::own>("this instance"),
                field<&StoredChain::number>("of its last line"),
                field<&StoredChain::head>("hash of that line")};
}

constexpr auto describe(StoredLine*) {
  return Fields{field<&StoredLine::id>("identity"),
                field<&StoredLine::room>("room"),
                field<&StoredLine::arrived>("1, 2, 3 of the room"),
                field<&StoredLine::chain>("chain"),
                field<&StoredLine::number>("1, 2, 3 of the chain"),
                field<&StoredLine::said>("sealed"),
                field<&StoredLine::previous>("hash of the line before"),
                field<&StoredLine::hash>("of this line")};
}

constexpr auto describe(StoredAttachment*) {
  return Fields{field<&StoredAttachment::id>("identity"),
                field<&StoredAttachment::room>("room"),
                field<&StoredAttachment::file_hash>("of the content"),
                field<&StoredAttachment::name>("file name"),
                field<&StoredAttachment::type>("media type"),
                field<&StoredAttachment::size>("bytes"),
                field<&StoredAttachment::added>("when"),
                field<&StoredAttachment::added_by>("by whom")};
}

/// In which a line is sealed.
std::string context_of(const std::string& chain, std::int64_t number);

Chain chain_of(const StoredChain& stored);
Head head_of(const StoredChain& stored);

/// Open ones first, then by their opening, newest first.
std::vector<Room> rooms_where(store::Transaction& t, std::string_view condition,
                              const std::vector<store::Binding>& bindings);

/// The own one first.
std::vector<StoredChain> chains_of(store::Transaction& t, const std::string& room);
std::optional<StoredLine> line_called(store::Transaction& t, const std::string& id);
/// 0: no line has arrived.
std::int64_t last_arrival(store::Transaction& t, const std::string& room);

}  // namespace releve::crisis
