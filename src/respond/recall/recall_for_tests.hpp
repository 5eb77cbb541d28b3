// SPDX-License-Identifier: EUPL-1.2
// For tests: an open crisis room of a hospital with a plan and a directory, on a clock that stands still.
#pragma once

#include "foundation/base/id.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "respond/recall/callouts.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace releve::recall {

class SetClock final : public Clock {
 public:
  Instant now() const override { return at; }

  Instant at = store::test_now;
};

class RecallTest : public cartography::FacilityTest {
 protected:
  RecallTest() : FacilityTest("CH de Vauclair") {}

  void begin() override {
    open();
    plan = a_plan();
    directory_of(
        "Nom;Prénom;Service;Compétences;Fonction;Mobile;Courriel\n"
        "MARTIN;Élodie;Réanimation;dialyse;Infirmière;0611111111;e.martin@chu.example\n"
        "DURAND;Paul;Réanimation;ECMO;Médecin;0622222222;\n"
        "PETIT;Anne;Laboratoire;;Biologiste;;anne.petit@chu.example\n"
        "SEUL;Luc;Laboratoire;;Technicien;;\n");
  }

  void TearDown() override {
    shut();
    FacilityTest::TearDown();
  }

  void open() {
    const InstanceKey key(std::array<unsigned char, 32>{7});
    rooms = std::make_unique<crisis::Rooms>(crisis::Rooms::Parts{
        *database, *files, time, key, words, "serveur", [](const auto&) { return "Europe/Paris"; },
        [](const auto&) { return 1; }, true, [](const auto&, const auto&) {}});
    directory = std::make_unique<Directory>(Directory::Parts{*database, time, key});
    channels = std::make_unique<Channels>(*database, time, key);
    callouts = std::make_unique<Callouts>(Callouts::Parts{
        *database, time, key, *rooms, *directory, *channels, words,
        [](const std::string&) { return std::string("CH de Vauclair"); },
        [this](const std::string&) { return plan; }, [this](const std::string&) { ++changes; }});
  }

  void shut() {
    callouts.reset();
    channels.reset();
    directory.reset();
    rooms.reset();
  }

  static plan::PlanDocument a_plan() {
    plan::PlanDocument document;
    document.cells = {{.id = "d", .kind = plan::CellKind::decision, .name = "Cellule de décision"},
                      {.id = "c", .kind = plan::CellKind::cyber, .name = "Cellule cyber"},
                      {.id = "l", .kind = plan::CellKind::logistics, .name = "Logistique"}};
    document.roles = {{.id = "director",
                       .cell = "d",
                       .name = "Directeur de crise",
                       .holder = "p1",
                       .deputies = {"p2", "p3"}},
                      {.id = "rssi", .cell = "c", .name = "RSSI", .holder = "p4", .deputies = {"p5"}},
                      {.id = "stock", .cell = "l", .name = "Magasin", .holder = "p6"}};
    for (int i = 1; i <= 7; ++i) {
      const std::string n = std::to_string(i);
      document.contacts.push_back({.id = "p" + n,
                                   .name = "Personne " + n,
                                   .post = "Poste " + n,
                                   .phone = "06 00 00 00 0" + n,
                                   .mail = "p" + n + "@secours.example"});
    }
    document.delegations = {
        {.id = "n", .act = plan::Act::decide, .contact = "p7", .at_night = true, .ends = "2030-01-01"},
        {.id = "o", .act = plan::Act::decide, .contact = "p6", .at_night = true, .ends = "2020-01-01"}};
    return document;
  }

  void directory_of(const std::string& text) {
    const std::string path = folder.path() + "/staff.csv";
    std::ofstream(path, std::ios::binary) << text;
    const auto seen = directory->preview(id, "agents.csv", path);
    ASSERT_TRUE(directory->accept(id, "agents.csv", path, seen.hash, "cadre").ok());
  }

  crisis::Room activated(crisis::RoomKind kind = crisis::RoomKind::real) {
    return rooms->activate({.facility = id, .room = fresh(), .line = fresh(), .kind = kind}, "garde", "fr")
        .value();
  }

  void close(const crisis::Room& at) {
    crisis::Line line{.id = fresh()};
    line.deed.emplace().closing = crisis::Closing{};
    ASSERT_TRUE(rooms->write(at, line, "garde", "fr").ok());
  }

  crisis::Room now(const crisis::Room& at) { return rooms->find(id, at.id).value(); }

  std::string fresh() const { return mint_uuid(time.now()); }

  CalloutOrder order(const crisis::Room& at, Selection selection) const {
    return {id,
            at.id,
            fresh(),
            "Cyberattaque en cours, venez.",
            "Salle de crise, bâtiment A",
            std::move(selection),
            {}};
  }

  void set_channels(const MailServer& mail, const Gateway& gateway) {
    ASSERT_TRUE(channels->change({mail, gateway}, mail.password, gateway.secret).ok());
  }

  void set_channels() {
    set_channels({"mail.example", 25, MailSecurity::none, "", "", "alerte@chu.example"},
                 {"http://sms.example/send", ""});
  }

  Status call(const crisis::Room& at, const CalloutOrder& wanted) {
    return callouts->call(at, wanted, {"garde", "fr", "https://releve.chu.example"});
  }

  CalledRow person(const crisis::Room& at, const std::string& name) {
    for (CalledRow& one : callouts->view(at).people) {
      if (one.person == name) {
        return std::move(one);
      }
    }
    ADD_FAILURE() << name << " was not called";
    return {};
  }

  void attends(const crisis::Room& at, const std::string& who, crisis::PresenceState state,
               const std::string& cell = "", const std::string& function = "") {
    crisis::Line line{.id = fresh()};
    line.deed.emplace().presence = crisis::Presence{who, cell, function, state, {}};
    ASSERT_TRUE(rooms->write(at, line, "secrétaire", "fr").ok());
  }

  std::vector<std::string> names(const crisis::Room& at) {
    std::vector<std::string> list;
    for (const CalledRow& one : callouts->view(at).people) {
      list.push_back(one.person);
    }
    return list;
  }

  static std::string token_in(const std::string& link) { return link.substr(link.find('#') + 1); }

  template <class T>
  static std::string code(const Result<T>& result) {
    return result.ok() ? "" : result.error().message.code;
  }

  SetClock time;
  std::unique_ptr<crisis::Rooms> rooms;
  std::unique_ptr<Directory> directory;
  std::unique_ptr<Channels> channels;
  std::unique_ptr<Callouts> callouts;
  std::optional<plan::PlanDocument> plan;
  int changes = 0;
};

}  // namespace releve::recall
