// SPDX-License-Identifier: EUPL-1.2
// A hospital's first half hour: a collection of its directory, the machines of its inventory tool, twenty
// answers. No spreadsheet of ours, nothing described by hand.
#include "foundation/api/router.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/test_database.hpp"
#include "main/instance_endpoints.hpp"
#include "main/process_for_tests.hpp"
#include "prepare/assessment/results.hpp"
#include "prepare/fiction/generate.hpp"
#include "prepare/fiction/hospital.hpp"

#include <filesystem>
#include <set>

namespace releve::main {
namespace {

using fiction::FictionalMachine;
using fiction::MachineRole;

/// As GLPI 10 exports its computers to CSV, in French: all cells quoted, semicolons, no identifier of ours.
std::string glpi_export(const fiction::FictionalHospital& hospital, std::size_t first, std::size_t rows) {
  std::vector<const FictionalMachine*> machines;
  for (const auto& wanted : {true, false}) {  // servers lead, as when sorted by type
    for (const FictionalMachine& machine : hospital.machines) {
      const bool server = machine.role == MachineRole::server ||
                          machine.role == MachineRole::domain_controller ||
                          machine.role == MachineRole::backup;
      if (server == wanted && !machine.sid.empty() && (server || machine.role == MachineRole::workstation)) {
        machines.push_back(&machine);
      }
    }
  }
  std::string csv =
      "\"Nom\";\"Entité\";\"Statut\";\"Fabricants\";\"Numéro de série\";\"Types\";\"Modèles\";"
      "\"Système d'exploitation - Nom\";\"Lieux\";\"Dernière modification\";\"Composants - Processeur\";"
      "\"Réseau - Adresses IP\";\"Domaines\";\r\n";
  for (std::size_t i = first; i < std::min(machines.size(), first + rows); ++i) {
    const FictionalMachine& one = *machines[i];
    const bool workstation = one.role == MachineRole::workstation;
    csv += "\"" + one.name + "\";\"Entité racine > CH\";\"En service\";\"Dell Inc.\";\"SN" +
           std::to_string(7000 + i) + "\";\"" + (workstation ? "Ordinateur de bureau" : "Serveur") +
           "\";\"OptiPlex 7010\";\"" + one.system +
           "\";\"Bâtiment médecine > 2e étage\";\"2026-10-30 08:12\";" + "\"Intel Core i5\";\"" + one.ip +
           "\";\"" + hospital.domains.front() + "\";\r\n";
  }
  return csv;
}

/// What French Windows writes: one byte for each of our accented letters.
std::string to_windows_1252(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\xC3') {
      bytes += static_cast<char>(static_cast<unsigned char>(text[++i]) + 0x40);
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

class first_result : public testing::Test {
 protected:
  void SetUp() override {
    hospital = fiction::build_hospital(fiction::FacilitySize::small, 3);
    ASSERT_TRUE(fiction::generate(fiction::FacilitySize::small, 3, exports(), shell.catalogue).ok());
  }

  std::string exports() const { return folder.path() + "/exports"; }

  void open() {
    house = std::move(House::open(shell, {folder.path() + "/data", ""})).value();
    router.emplace(all_endpoints(*house),
                   api::Hooks{.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  }

  std::string ask(api::Method method, const std::string& path, const std::string& body = {}) {
    api::Request request;
    request.method = method;
    request.path = "/api/v1/facilities" + path;
    request.body = body;
    request.session = {"RSSI", house->clock.now(), "fr", api::Perimeter::everything()};
    const api::Reply reply = router->dispatch(request);
    EXPECT_EQ(reply.status, 200) << path << " " << body << " " << reply.body;
    return reply.body;
  }

  /// Received and read.
  cartography::Import upload(const std::string& name, const std::string& bytes) {
    api::Request request;
    request.method = api::Method::post;
    request.path = "/api/v1/facilities/CH/imports";
    request.query["file_name"] = name;
    request.upload_path = house->files->new_spool_path();
    std::ofstream(request.upload_path, std::ios::binary) << bytes;
    request.session = {"RSSI", house->clock.now(), "fr", api::Perimeter::everything()};
    const api::Reply reply = router->dispatch(request);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return read(house->facilities->imports("CH").front().id);
  }

  cartography::Import read(const std::string& id) {
    if (const auto job = house->jobs->working_for(id)) {
      house->jobs->wait(job->id);
    }
    return house->facilities->find_import("CH", id).value();
  }

  std::int64_t facts_confirmed() {
    const std::string view = ask(api::Method::get, "/CH");
    const std::string word = "\"facts_confirmed\":";
    return std::stoll(view.substr(view.find(word) + word.size()));
  }

  assessment::Outcome assess() {
    ask(api::Method::post, "/CH/assessments", R"({"worlds":80,"seed":"7"})");
    const auto row = house->assessments->list("CH").front();
    if (const auto job = house->jobs->working_for(row.id)) {
      house->jobs->wait(job->id);
    }
    return from_json<assessment::Outcome>(ask(api::Method::get, "/CH/assessments/" + row.id + "/outcome"))
        .value();
  }

  static std::string plausible(const std::string& field) {
    return field.starts_with("teams_")   ? "2"
           : field == "reaction_night_h" ? "1.5"
           : field == "capacity_24h"     ? "0.4"
           : field == "capacity_1w"      ? "0.3"
           : field.ends_with("_backup")  ? "true"
                                         : "false";
  }

  const Shell shell{load_catalogue(), "fr", ""};
  store::TestFolder folder;
  fiction::FictionalHospital hospital;
  std::unique_ptr<House> house;
  std::optional<api::Router> router;
};

TEST_F(first_result, comes_from_a_collection_an_inventory_and_twenty_answers) {
  open();
  ask(api::Method::post, "", R"({"id":"CH","name":"Centre hospitalier"})");
  const auto collection = upload("sharphound.zip", bytes_of(exports() + "/sharphound.zip"));
  ASSERT_EQ(collection.state, cartography::ImportState::ready);
  ask(api::Method::post, "/CH/imports/" + collection.id + "/commit", "{}");

  const auto inventory = upload("glpi.csv", to_windows_1252(glpi_export(hospital, 0, 120)));
  ASSERT_EQ(inventory.state, cartography::ImportState::ready);
  EXPECT_EQ(inventory.format, "sheet");
  ASSERT_EQ(inventory.mapping.size(), 1U) << "guessed, nothing to do";
  EXPECT_EQ(inventory.mapping[0].element, "component");
  EXPECT_EQ(inventory.mapping[0].columns.at(0).field, "component.host_name");
  auto chosen = inventory.mapping;
  ASSERT_EQ(chosen[0].columns.at(12).field, "component.domain_joined");
  chosen[0].columns[12].field = "";
  ask(api::Method::post, "/CH/imports/" + inventory.id + "/mapping",
      R"({"mapping":)" + to_json(chosen) + "}");
  EXPECT_EQ(read(inventory.id).state, cartography::ImportState::ready);
  ask(api::Method::post, "/CH/imports/" + inventory.id + "/commit", "{}");
  const auto next_month = upload("glpi-novembre.csv", "\xEF\xBB\xBF" + glpi_export(hospital, 20, 100));
  EXPECT_EQ(to_json(next_month.mapping[0].columns), to_json(chosen[0].columns)) << "as chosen the first time";

  const auto map = house->facilities->draw("CH").value();
  EXPECT_EQ(map->components.size(), 120U);
  EXPECT_GT(map->services.size(), 10U) << "assumed until the hospital describes its own";
  std::set<std::string> answered;
  std::int64_t before = facts_confirmed();
  while (answered.size() < 20) {
    const std::size_t so_far = answered.size();
    for (const auto& question : assess().questions) {
      if (answered.size() < 20 && answered.insert(question.element + "." + question.field).second) {
        EXPECT_NE(shell.say(question.message), question.message.code);
        ask(api::Method::post, "/CH/answers",
            R"({"element":)" + to_json(question.element) + R"(,"field":)" + to_json(question.field) +
                R"(,"value":)" + to_json(plausible(question.field)) + "}");
        const std::int64_t after = facts_confirmed();
        EXPECT_EQ(after, before + 1) << "the trust line grows with " << question.element << "."
                                     << question.field;
        before = after;
      }
    }
    ASSERT_GT(answered.size(), so_far) << "no question left after " << so_far;
  }
  const auto drawn = house->facilities->draw("CH").value();
  for (const Finding& finding : drawn->findings) {
    EXPECT_FALSE(finding.message.code.starts_with("answer.")) << shell.say(finding.message);
  }
  const auto outcome = assess();
  EXPECT_EQ(outcome.services.size(), map->services.size());
  EXPECT_GT(outcome.loss.mean, 0);
  EXPECT_FALSE(outcome.doors.empty());
  EXPECT_GT(outcome.measures.size(), 5U);
  EXPECT_GT(outcome.measures.front().loss_avoided.mean, 0);
  EXPECT_EQ(outcome.measures.front().rank, 0) << "grouped, not ranked: no service is confirmed in full";
}

TEST_F(first_result, comes_from_the_same_folder_on_the_command_line) {
  const std::string input = folder.path() + "/folder";
  std::filesystem::create_directory(input);
  std::filesystem::copy(exports() + "/sharphound.zip", input);
  std::ofstream(input + "/glpi.csv", std::ios::binary) << "\xEF\xBB\xBF" << glpi_export(hospital, 0, 120);
  const auto run = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"--language", "fr", "assess", input, "--worlds", "80"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Program program(arguments, folder.path() + "/out");
    EXPECT_EQ(program.wait(), 0);
    return bytes_of(folder.path() + "/out");
  };
  const auto outcome = from_json<assessment::Outcome>(run({"--json"}));
  ASSERT_TRUE(outcome.ok()) << outcome.error().message.code;
  EXPECT_GT(outcome->services.size(), 10U);
  EXPECT_GT(outcome->loss.mean, 0);
  EXPECT_FALSE(outcome->doors.empty());
  EXPECT_FALSE(outcome->measures.empty());
  EXPECT_FALSE(outcome->questions.empty());
  std::set<std::string> said;
  for (const Finding& finding : outcome->findings) {
    said.insert(finding.message.code);
  }
  const std::string table = run({});
  for (const char* lacking : {"cartography.services_assumed", "cartography.applications_assumed",
                              "cartography.platform_assumed", "cartography.flat_network"}) {
    EXPECT_TRUE(said.contains(lacking)) << lacking;
    EXPECT_NE(table.find(shell.say(message(std::string(lacking) + ".mend"))), std::string::npos) << lacking;
  }
}

}  // namespace
}  // namespace releve::main
