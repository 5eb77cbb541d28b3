// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/facilities.hpp"

#include "foundation/base/id.hpp"
#include "foundation/store/schema.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"

#include <set>
#include <thread>

namespace releve::cartography {
namespace {

class facilities : public FacilitiesTest {
 protected:
  void SetUp() override {
    FacilitiesTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    ASSERT_TRUE(room->create(id, "Centre hospitalier", false).ok());
  }
};

RELEVE_ON_BOTH_ENGINES(facilities);

template <class T>
std::string code(const Result<T>& result) {
  return result.ok() ? "" : result.error().message.code;
}

template <class T>
bool not_found(const Result<T>& result) {
  return !result.ok() && result.error().kind == ErrorKind::not_found;
}

TEST_P(facilities, tables_have_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "facility"), store::described_columns<Facility>());
  EXPECT_EQ(store::stored_columns(*database, "import"), store::described_columns<Import>());
  EXPECT_EQ(store::stored_columns(*database, "answer"), store::described_columns<AnswerRow>());
}

TEST_P(facilities, are_created_once_under_a_plain_identity) {
  EXPECT_EQ(code(room->create(id, "Un autre", false)), "facility.exists");
  for (const std::string bad : {"a/b", "é", "a b"}) {
    EXPECT_EQ(code(room->create(bad, "x", false)), "facility.bad_id") << bad;
  }
  EXPECT_EQ(code(room->create(std::string(65, 'a'), "x", false)), "facility.bad_id");
  ASSERT_EQ(room->list().size(), 1U);
  EXPECT_EQ(room->find(id)->version, 1);
  EXPECT_TRUE(map()->services.empty());
  const auto minted = room->create("", "Sans numéro", false);
  ASSERT_TRUE(minted.ok());
  EXPECT_TRUE(is_uuid(minted->id)) << minted->id;
}

TEST_P(facilities, are_renamed_with_everything_else_kept) {
  committed("a.xlsx", template_of({{"URG", 12}}));
  const Facility before = room->find(id).value();
  const auto renamed = room->rename(id, "  Hôpital d’Aval ");
  ASSERT_TRUE(renamed.ok()) << code(renamed);
  EXPECT_EQ(renamed->name, "Hôpital d’Aval");
  EXPECT_EQ(room->find(id)->name, "Hôpital d’Aval");
  EXPECT_EQ(renamed->version, before.version) << "what is assessed stays as it was";
  EXPECT_EQ(renamed->created, before.created);
  for (const std::string& bad : {std::string(), std::string(" \t "), std::string("a\nb"), std::string("\xFF"),
                                 std::string(201, 'a')}) {
    EXPECT_EQ(code(room->rename(id, bad)), "facility.bad_name") << bad;
    EXPECT_EQ(code(room->create("CH-9", bad, false)), "facility.bad_name") << bad;
  }
  EXPECT_EQ(room->find(id)->name, "Hôpital d’Aval");
  EXPECT_EQ(code(room->rename("none", "x")), "facility.not_found");
}

TEST_P(facilities, of_two_editors_the_second_is_shown_both_versions) {
  const auto params = [](const Error& error) {
    std::map<std::string, std::string> found;
    for (const auto& [name, value] : error.message.params) {
      found[name] = value;
    }
    return found;
  };
  const std::string seen = room->find(id)->name;
  ASSERT_TRUE(room->rename(id, "Hôpital d’Amont", seen).ok());
  const auto second = room->rename(id, "Hôpital d’Aval", seen);
  ASSERT_EQ(code(second), "edit.changed_meanwhile");
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);
  EXPECT_EQ(params(second.error())["theirs"], "Hôpital d’Amont");
  EXPECT_EQ(params(second.error())["yours"], "Hôpital d’Aval");
  EXPECT_EQ(room->find(id)->name, "Hôpital d’Amont") << "nothing changed";
  EXPECT_TRUE(room->rename(id, "Hôpital d’Amont", seen).ok()) << "both wanted the same";

  ASSERT_TRUE(room->answer(id, "", "reaction_night_h", "4", "a", "").ok());
  const auto late = room->answer(id, "", "reaction_night_h", "9", "b", "");
  ASSERT_EQ(code(late), "edit.changed_meanwhile");
  EXPECT_EQ(params(late.error())["theirs"], "4");
  const std::string given = to_rfc3339(room->answers(id).at(0).answered);
  EXPECT_TRUE(room->answer(id, "", "reaction_night_h", "9", "b", given).ok());
  EXPECT_EQ(room->answers(id).at(0).value, "9");
}

TEST_P(facilities, hold_the_sites_that_share_their_system) {
  stop();
  registered = [](const std::string&, const std::vector<std::string>& sites) {
    Registered said;
    for (const std::string& site : sites) {
      if (site.starts_with("01000")) {
        said.sites.push_back({site, "EHPAD " + site, "Bourg", Sector::long_term_care});
      }
    }
    return said;
  };
  start();
  ASSERT_TRUE(room->create("010000001", "CH", false).ok());
  const auto code = [](const Status& done) { return done.ok() ? "" : done.error().message.code; };
  EXPECT_EQ(code(room->share_system("010000001", {"nowhere"})), "facility.unknown_site");
  EXPECT_EQ(code(room->share_system("010000001", {"010000001"})), "facility.unknown_site");
  EXPECT_EQ(code(room->share_system("010000001", std::vector<std::string>(101, "x"))),
            "facility.unknown_site")
      << "each counts once";
  const auto before = room->find("010000001")->version;
  EXPECT_EQ(code(room->share_system("010000001", {"010000003", "010000002", "010000003"},
                                    std::vector<std::string>{})),
            "");
  EXPECT_GT(room->find("010000001")->version, before);
  EXPECT_EQ(room->registered("010000001")->sites.size(), 2U);
  EXPECT_EQ(code(room->share_system("010000001", {}, std::vector<std::string>{})), "edit.changed_meanwhile");
  EXPECT_EQ(code(room->share_system("010000001", {}, std::vector<std::string>{"010000002", "010000003"})),
            "");
  EXPECT_TRUE(room->registered("010000001")->sites.empty());
}

TEST_P(facilities, count_their_services_once_per_version) {
  const auto counted = [&] { return room->count_services(room->find(id).value()).value(); };
  EXPECT_EQ(counted(), 0);
  const Import import = committed("a.xlsx", template_of({{"URG", 12}, {"REA", 8}}));
  EXPECT_EQ(counted(), 2);
  EXPECT_EQ(room->find(id)->counted, version());
  reopen();
  std::filesystem::remove_all(folder.path() + "/files");
  EXPECT_EQ(counted(), 2) << "from the row: no file is read again";
  ASSERT_TRUE(room->undo(id, import.id).ok());
  EXPECT_EQ(counted(), 0);
}

TEST_P(facilities, an_import_being_read_names_its_job) {
  const std::string big = nmap_of(std::vector<std::string>(20000, "pc.ch.local"));
  const auto received = room->receive(id, "scan.xml", spooled(big), "RSSI").value();
  EXPECT_EQ(room->job_of(room->find_import(id, received.first.id).value()), received.second.id);
  ASSERT_TRUE(room->discard(id, received.first.id).ok());
  EXPECT_EQ(jobs->wait(received.second.id).state, store::JobState::cancelled) << "nobody waits for it";
  const Import dropped = room->find_import(id, received.first.id).value();
  EXPECT_EQ(dropped.state, ImportState::discarded);
  EXPECT_EQ(room->job_of(dropped), "");
}

TEST_P(facilities, a_file_counts_from_its_commit_on) {
  const Import import = read("modele.xlsx", template_of({{"URG", 12}, {"REA", 8}}));
  EXPECT_EQ(import.state, ImportState::ready) << codes(import.findings);
  EXPECT_TRUE(import.findings.empty()) << codes(import.findings);
  EXPECT_EQ(import.format, "template");
  ASSERT_TRUE(import.summary.recognised && import.summary.difference);
  EXPECT_EQ(count_of(import, "service").created, 2);
  EXPECT_EQ(version(), 1);
  EXPECT_TRUE(map()->services.empty()) << "nothing counts before it is accepted";
  const auto accepted = room->commit(id, import.id);
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->state, ImportState::committed);
  EXPECT_EQ(accepted->position, 1);
  EXPECT_EQ(version(), 2);
  ASSERT_EQ(map()->services.size(), 2U);
  EXPECT_EQ(map()->services[1].beds, 12);
  EXPECT_EQ(code(room->commit(id, import.id)), "import.not_ready") << "only once";
  EXPECT_EQ(version(), 2);
}

TEST_P(facilities, the_same_file_again_keeps_everything) {
  const std::string bytes = template_of({{"URG", 12}, {"REA", 8}});
  committed("modele.xlsx", bytes);
  const Import again = read("modele.xlsx", bytes);
  const ChangeCount services = count_of(again, "service");
  EXPECT_EQ(services.kept, 2);
  EXPECT_EQ(services.created + services.changed + services.gone + services.back, 0);
  EXPECT_TRUE(again.summary.difference->changes.empty());
}

TEST_P(facilities, changed_gone_and_back_are_told) {
  committed("modele.xlsx", template_of({{"URG", 12}}));
  EXPECT_EQ(count_of(read("modele.xlsx", template_of({{"URG", 14}})), "service").changed, 1);
  committed("un.xml", nmap_of({"pc-1.ch.local", "pc-2.ch.local"}));
  const Import second = committed("deux.xml", nmap_of({"pc-1.ch.local"}));
  // A scan that no longer sees a machine does not take it away, so nothing is gone here.
  EXPECT_EQ(count_of(second, "machine").gone, 0);
  // A new collection of the directory replaces the one before.
  const auto collection = [](const std::string& user) {
    return R"({"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-)" + user + R"(","Properties":{"name":"U)" + user +
           R"(@CH.LOCAL","domain":"CH.LOCAL","domainsid":"S-1-5-21-1-2-3","enabled":true},"Aces":[]}],)" +
           R"("meta":{"type":"users","count":1,"version":5}})";
  };
  EXPECT_EQ(count_of(committed("users.json", collection("1001")), "account").created, 1);
  const Import replaced = committed("users.json", collection("1002"));
  EXPECT_EQ(count_of(replaced, "account").created, 1);
  EXPECT_EQ(count_of(replaced, "account").gone, 1);
  const Import back = read("users.json", collection("1001"));
  EXPECT_EQ(count_of(back, "account").back, 1) << "an earlier version knew it";
  EXPECT_EQ(count_of(back, "account").created, 0);
}

TEST_P(facilities, only_the_last_import_is_taken_back) {
  const Import first = committed("a.xlsx", template_of({{"URG", 12}}));
  const Import second = committed("b.xlsx", template_of({{"REA", 8}}));
  EXPECT_EQ(code(room->undo(id, first.id)), "import.not_last");
  EXPECT_EQ(version(), 3);
  ASSERT_TRUE(room->undo(id, second.id).ok());
  EXPECT_EQ(version(), 4);
  ASSERT_EQ(map()->services.size(), 1U);
  EXPECT_EQ(map()->services[0].id, "URG");
  EXPECT_EQ(code(room->undo(id, second.id)), "import.not_last");
  EXPECT_EQ(room->undo(id, first.id)->state, ImportState::undone);
  EXPECT_TRUE(map()->services.empty());
}

TEST_P(facilities, a_dropped_or_refused_file_changes_nothing) {
  const Import dropped = read("a.xlsx", template_of({{"URG", 12}}));
  EXPECT_EQ(room->discard(id, dropped.id)->state, ImportState::discarded);
  EXPECT_EQ(code(room->commit(id, dropped.id)), "import.not_ready");
  const Import unknown = read("photo.jpg", "\xFF\xD8\xFF\xE0 not for us");
  EXPECT_EQ(unknown.state, ImportState::refused);
  EXPECT_EQ(codes(unknown.findings).rfind("import.not_recognised", 0), 0U) << codes(unknown.findings);
  const Import broken = read("scan.nessus", "<NessusClientData_v2><Report><ReportHost");
  EXPECT_EQ(code(room->commit(id, unknown.id)), "import.not_ready");
  EXPECT_EQ(version(), 1);
  EXPECT_TRUE(map()->services.empty() && map()->machines.empty());
  EXPECT_EQ(room->discard(id, unknown.id)->state, ImportState::discarded);
  EXPECT_EQ(room->imports(id).size(), 3U);
}

TEST_P(facilities, a_preview_tells_what_its_file_breaks) {
  committed("a.xlsx", template_of({{"URG", 12}}));
  Inventory inventory;
  for (const auto& [consumer, target] : {std::pair{"URG", "URG"}, {"URG", "NOWHERE"}}) {
    Dependency one;
    one.consumer = consumer;
    one.target = target;
    one.id = one.consumer + ">" + one.target;
    inventory.dependencies.push_back(one);
  }
  const std::string bytes = report::write_xlsx(template_tables(inventory, "fr", words)).value();
  const Import import = committed("liens.xlsx", bytes);
  for (const char* trouble : {"cartography.depends_on_itself", "cartography.dangling_end"}) {
    const auto found = find_code(import.findings, trouble);
    ASSERT_NE(found, nullptr) << codes(import.findings);
    EXPECT_EQ(found->file, "liens.xlsx");
    EXPECT_NE(words.find("fr", std::string(trouble) + ".mend"), nullptr) << trouble;
  }
  EXPECT_EQ(find_code(read("liens.xlsx", bytes).findings, "cartography.depends_on_itself"), nullptr)
      << "told once, with the file that brought it";
}

TEST_P(facilities, answers_override_and_are_taken_back) {
  committed("a.xlsx", template_of({{"URG", 12}}));
  ASSERT_TRUE(room->answer(id, "URG", "beds", "20", "Dr Martin").ok());
  EXPECT_EQ(map()->services[0].beds, 20);
  EXPECT_EQ(map()->services[0].origins.at("beds").source, "Dr Martin");
  ASSERT_TRUE(room->answer(id, "URG", "beds", "21", "Dr Martin").ok());
  EXPECT_EQ(room->answers(id).size(), 1U) << "one answer per field";
  committed("b.xlsx", template_of({{"URG", 13}}));
  EXPECT_EQ(map()->services[0].beds, 21) << "an import does not take an answer back";
  ASSERT_TRUE(room->remove_answer(id, "URG", "beds").ok());
  EXPECT_EQ(map()->services[0].beds, 13);
  EXPECT_EQ(version(), 6);
  for (const std::string bad : {"", "{", "{\"a\":1}", "1 2"}) {
    EXPECT_EQ(code(room->answer(id, "URG", "beds", bad, "x")), "answer.bad_value") << bad;
  }
  EXPECT_EQ(version(), 6);
}

TEST_P(facilities, unknown_identities_are_not_found) {
  const Import import = read("a.xlsx", template_of({{"URG", 12}}));
  ASSERT_TRUE(room->create("CH-2", "Autre", false).ok());
  for (const auto& [facility, one] :
       {std::pair<std::string, std::string>{id, "none"}, {"none", import.id}, {"CH-2", import.id}}) {
    EXPECT_TRUE(not_found(room->find_import(facility, one)));
    EXPECT_TRUE(not_found(room->commit(facility, one)));
    EXPECT_TRUE(not_found(room->undo(facility, one)));
    EXPECT_TRUE(not_found(room->discard(facility, one)));
    EXPECT_TRUE(not_found(room->map_columns(facility, one, {})));
  }
  EXPECT_TRUE(not_found(room->find("none")));
  EXPECT_TRUE(not_found(room->draw("none")));
  EXPECT_TRUE(not_found(room->receive("none", "a", spooled("x"), "x")));
  EXPECT_TRUE(not_found(room->answer("none", "", "a", "1", "x")));
  EXPECT_TRUE(not_found(room->remove_answer("none", "", "a")));
  EXPECT_TRUE(not_found(room->remove_answer(id, "URG", "beds")));
}

TEST_P(facilities, chosen_columns_are_remembered_for_the_same_headers) {
  const auto sheet = [](const std::string& name) { return "Machine;Remarque\n" + name + ";rien\n"; };
  const Import first = read("parc.csv", sheet("SRV-1"));
  ASSERT_EQ(first.format, "sheet") << codes(first.findings);
  EXPECT_EQ(first.summary.columns.size(), 2U);
  const std::vector<ColumnMapping> chosen{
      {first.mapping.empty() ? "parc" : first.mapping[0].sheet,
       "component",
       {{"Machine", "component.name"}, {"Remarque", "component.operating_system"}}}};
  const auto mapped = room->map_columns(id, first.id, chosen);
  ASSERT_TRUE(mapped.ok());
  jobs->wait(mapped->second.id);
  const Import again = room->find_import(id, first.id).value();
  EXPECT_EQ(again.state, ImportState::ready) << codes(again.findings);
  ASSERT_TRUE(room->commit(id, first.id).ok());
  ASSERT_EQ(map()->components.size(), 1U);
  EXPECT_EQ(map()->components[0].operating_system, "rien");
  const Import next = committed("parc-2.csv", sheet("SRV-2"));
  ASSERT_EQ(next.mapping.size(), 1U);
  EXPECT_EQ(to_json(next.mapping[0].columns), to_json(chosen[0].columns));
  EXPECT_EQ(code(room->map_columns(id, first.id, chosen)), "import.not_a_sheet")
      << "what counts is not read again";
  const Import other = read("autre.csv", "Poste;Note\nPC-9;x\n");
  EXPECT_NE(to_json(other.mapping), to_json(chosen));
}

TEST_P(facilities, a_restart_draws_the_same_from_files_and_answers) {
  committed("a.xlsx", template_of({{"URG", 12}, {"REA", 8}}));
  committed("a-encore.xlsx", template_of({{"URG", 12}, {"REA", 8}}));
  committed("scan.xml", nmap_of({"pc-1.ch.local"}));
  ASSERT_TRUE(room->answer(id, "URG", "beds", "20", "Dr Martin").ok());
  const auto before = map();
  reopen();
  const auto after = map();
  EXPECT_NE(before, after) << "drawn anew";
  EXPECT_EQ(before->input_hash, after->input_hash);
  EXPECT_EQ(to_json(before->services), to_json(after->services)) << "with the same origins";
  EXPECT_EQ(before->machines.size(), after->machines.size());
}

TEST_P(facilities, an_import_that_was_being_read_is_read_after_a_restart) {
  const Import import = read("a.xlsx", template_of({{"URG", 12}}));
  ASSERT_TRUE(database
                  ->write([&](store::Transaction& t) -> Status {
                    t.execute("update import set state = 'reading' where id = :id", {{"id", import.id}});
                    return Done{};
                  })
                  .ok());
  reopen();
  room->resume();
  for (const auto& job : jobs->list(id, 10)) {
    jobs->wait(job.id);
  }
  EXPECT_EQ(room->find_import(id, import.id)->state, ImportState::ready);
}

TEST_P(facilities, a_cancelled_job_drops_its_import_and_the_end_of_the_process_does_not) {
  std::string big = nmap_of(std::vector<std::string>(4000, "pc.ch.local"));
  std::vector<std::pair<Import, store::Job>> received;
  for (int i = 0; i < 4; ++i) {
    received.push_back(room->receive(id, "scan.xml", spooled(big), "RSSI").value());
  }
  const auto& last = received.back();
  if (jobs->cancel(last.second.id).ok()) {
    jobs->wait(last.second.id);
  }
  const ImportState state = room->find_import(id, last.first.id)->state;
  EXPECT_TRUE(state == ImportState::discarded || state == ImportState::ready);
  reopen();
  for (std::size_t i = 0; i + 1 < received.size(); ++i) {
    const ImportState kept = room->find_import(id, received[i].first.id)->state;
    EXPECT_TRUE(kept == ImportState::reading || kept == ImportState::ready) << text_of(kept);
  }
  room->resume();
  for (const auto& job : jobs->list(id, 20)) {
    if (job.state == store::JobState::queued || job.state == store::JobState::running) {
      jobs->wait(job.id);
    }
  }
  EXPECT_EQ(room->find_import(id, received[0].first.id)->state, ImportState::ready);
}

TEST_P(facilities, four_people_at_once_leave_one_consistent_state) {
  std::vector<std::jthread> people;
  std::atomic<int> changes{0};
  for (int person = 0; person < 4; ++person) {
    people.emplace_back([&, person] {
      for (int round = 0; round < 6; ++round) {
        const Import import = read("a.xlsx", template_of({{"S" + std::to_string(person), 10.0 + round}}));
        changes += room->commit(id, import.id).ok() ? 1 : 0;
        changes += room->answer(id, "", "teams_infrastructure", std::to_string(round), "p").ok() ? 1 : 0;
        changes += round % 2 == 0 && room->undo(id, import.id).ok() ? 1 : 0;
        EXPECT_TRUE(room->draw(id).ok());
      }
    });
  }
  people.clear();
  EXPECT_EQ(version(), 1 + changes) << "one version per change, none lost";
  std::set<std::int64_t> positions;
  std::size_t counting = 0;
  for (const Import& import : room->imports(id)) {
    EXPECT_TRUE(import.state == ImportState::committed || import.state == ImportState::undone)
        << text_of(import.state);
    counting += import.state == ImportState::committed ? 1 : 0;
    positions.insert(import.position.value());
  }
  EXPECT_EQ(room->imports(id).size(), 24U);
  EXPECT_EQ(positions.size(), 24U) << "each import has its own place";
  EXPECT_GE(counting, 12U);
  const auto before = map();
  reopen();
  EXPECT_EQ(map()->input_hash, before->input_hash) << "what was kept in memory is what the rows say";
}

}  // namespace
}  // namespace releve::cartography
