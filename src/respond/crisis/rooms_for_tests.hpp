// SPDX-License-Identifier: EUPL-1.2
// For tests: the rooms of one hospital, on a real clock and on either engine.
#pragma once

#include "foundation/base/id.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "respond/crisis/rooms.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace releve::crisis {

class RoomsTest : public cartography::FacilityTest {
 protected:
  void begin() override { open_rooms(); }

  void TearDown() override {
    own.reset();
    FacilityTest::TearDown();
  }

  void open_rooms() {
    own = std::make_unique<Rooms>(Rooms::Parts{
        *database, *files, clock, InstanceKey(std::array<unsigned char, 32>{7}), words, "serveur",
        [](const auto&) { return "Europe/Paris"; }, [](const auto&) { return 3; }, keeps_journals,
        [this](const Room&, const LineRow& row) {
          const std::lock_guard lock(told_by_many);
          told.push_back(row);
        }});
  }

  std::string fresh() const { return mint_uuid(clock.now()); }

  Room activated() {
    Activation activation{.facility = id, .room = fresh(), .line = fresh(), .kind = RoomKind::real};
    activation.known = "Postes chiffrés";
    auto opened = own->activate(activation, "garde", "fr");
    EXPECT_TRUE(opened.ok());
    return opened.value();
  }

  Line words_only(const std::string& text) const { return {.id = fresh(), .text = text}; }

  Line with(Deed deed) const {
    Line line{.id = fresh()};
    line.deed = std::move(deed);
    return line;
  }

  template <class T>
  static std::string code(const Result<T>& result) {
    return result.ok() ? "" : result.error().message.code;
  }

  Result<LineRow> write(const Room& at, const Line& line) { return own->write(at, line, "secrétaire", "fr"); }

  std::unique_ptr<Rooms> own;
  std::vector<LineRow> told;
  std::mutex told_by_many;
  bool keeps_journals = true;
};

}  // namespace releve::crisis
