// SPDX-License-Identifier: EUPL-1.2
// The network is cut for half an hour: five browsers keep what is typed in their queues, two crisis laptops
// open rooms of their own from their packs. Afterwards everything comes together, once, and a tampered file
// is named. With the real program.
#include "foundation/base/id.hpp"
#include "foundation/store/test_database.hpp"
#include "main/data.hpp"
#include "main/house.hpp"
#include "main/process_for_tests.hpp"
#include "respond/crisis/views.hpp"

#include <sys/stat.h>

#include <cctype>
#include <cstring>
#include <filesystem>
#include <regex>
#include <set>

namespace releve::main {
namespace {

using std::chrono::minutes;

std::string uuid() {
  return mint_uuid(SystemClock().now());
}

/// What a browser asks of a server.
class Post {
 public:
  Post(const Served& served, std::string cookie) : client_(served.port), cookie_(std::move(cookie)) {}

  http::Answer get(const std::string& path) {
    return client_.get("/api/v1" + path, "Cookie: " + cookie_ + "\r\n");
  }

  http::Answer post(const std::string& path, const std::string& body,
                    const std::string& type = "application/json") {
    client_.request("POST", "/api/v1" + path, "Cookie: " + cookie_ + "\r\nContent-Type: " + type + "\r\n",
                    body);
    return client_.answer();
  }

  /// Opens a room; its identity.
  std::string activate(const std::string& name) {
    const std::string id = uuid();
    const auto answer =
        post("/facilities/CH/rooms", R"({"room":")" + id + R"(","line":")" + uuid() +
                                         R"(","kind":"real","level":"plan_blanc","name":")" + name + "\"}");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return id;
  }

  void write(const std::string& room, const crisis::Line& line) {
    const auto answer = post("/facilities/CH/rooms/" + room + "/lines", "{\"line\":" + to_json(line) + "}");
    EXPECT_EQ(answer.status, 200) << answer.body;
  }

 private:
  http::Client client_;
  std::string cookie_;
};

crisis::Line said(const std::string& text, Instant when) {
  crisis::Line line{.id = uuid(), .happened = when, .typed = when};
  line.text = text;
  return line;
}

crisis::Line seen(crisis::ElementState state, Instant when) {
  crisis::Line line{.id = uuid(), .happened = when, .typed = when};
  line.deed.emplace().impact = crisis::Impact{.element = "LIS", .name = "SIL", .state = state};
  return line;
}

class merge : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto house = House::open(shell, {at("server"), ""}).value();
    ASSERT_TRUE(house->facilities->create("CH", "CH de la Baie", true).ok());
    std::ofstream(at("inventaire.csv")) << "Identifiant;Nom;Lits\nLAB;Laboratoire;0\n";
    ASSERT_TRUE(import_now(*house, "CH", "inventaire.csv", at("inventaire.csv")).ok());
    plan::PlanDocument document;
    document.frame.title = "Plan blanc numérique";
    document.contacts = {{.id = "lea", .name = "Léa Martin", .phone = "06 39 98 00 01"}};
    ASSERT_TRUE(
        house->plans
            ->take_in("CH", 4, document,
                      {"Mme Roche", "2026-01-03", "Décision 7", "2026-01-03", "RSSI", house->clock.now()},
                      "RSSI")
            .ok());
    std::ofstream(at("passphrase")) << "quatre mots au hasard\n";
  }

  std::string at(const std::string& name) const { return folder.path() + "/" + name; }

  int run(std::vector<std::string> arguments) const {
    Program program(std::move(arguments), at("stdout"), at("stderr"));
    return program.wait();
  }

  void pack() const {
    std::filesystem::remove(at("ch.pack"));
    ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                   "--passphrase-file", at("passphrase")}),
              0);
  }

  /// A laptop on its switch: its server, and the way in for everybody on it.
  struct Laptop {
    Served served;
    std::string cookie;

    Laptop(const merge& test, const std::string& name)
        : served({"--data", test.at(name), "--port", "0", "--pack", test.at("ch.pack"), "--passphrase-file",
                  test.at("passphrase")},
                 test.at(name + ".out"), test.at(name + ".err")) {
      served.token =
          served.token.substr(0, served.token.find(' '));  // the first link told is that of the room
      cookie = served.enter();
    }
  };

  /// What was typed on a laptop, as a file.
  std::string journal_of(Post& post, const std::string& room) const {
    const auto answer = post.get("/facilities/CH/rooms/" + room + "/journal");
    EXPECT_EQ(answer.status, 200);
    return answer.body;
  }

  store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
};

TEST_F(merge, after_the_cut_everything_is_there_once_and_what_was_tampered_is_named) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            0)
      << bytes_of(at("stderr"));
  EXPECT_EQ(bytes_of(at("ch.pack")).find("06 39"), std::string::npos);

  const Instant cut = SystemClock().now() - minutes(30);
  std::set<std::string> typed;
  const auto remember = [&](const crisis::Line& line) {
    typed.insert(line.id);
    return line;
  };
  std::string room;
  {
    Served server({"--data", at("server"), "--port", "0"}, at("server.out"));
    const std::string cookie = server.enter();
    Post post(server, cookie);
    room = post.activate("Cyberattaque");
    post.write(room, remember(seen(crisis::ElementState::down, cut)));

    // Two laptops, with no way to the server.
    std::vector<std::string> files;
    for (const std::string name : {"portable1", "portable2"}) {
      const Laptop laptop(*this, name);
      ASSERT_FALSE(laptop.cookie.empty()) << bytes_of(at(name + ".err"));
      const auto again =
          http::Client(laptop.served.port).get(laptop.served.token, "Cookie: " + laptop.cookie + "\r\n");
      EXPECT_EQ(again.status, 303);
      EXPECT_FALSE(again.headers.contains("set-cookie")) << "the same person, with what is half written";
      Post away(laptop.served, laptop.cookie);
      EXPECT_NE(away.get("/facilities/CH/plan/in-force").body.find("Léa Martin"), std::string::npos);
      EXPECT_EQ(away.get("/facilities/CH/imports").status, 403) << "a post of the room does nothing else";
      const std::string own = away.activate("Sur " + name);
      for (int i = 0; i < 4; ++i) {
        away.write(own, remember(said(name + ", ligne " + std::to_string(i), cut + minutes(5 * i))));
      }
      away.write(own, remember(seen(crisis::ElementState::full, cut + minutes(20))));
      files.push_back(journal_of(away, own));
    }

    // Five browsers come back, and send what waited; the answers of the first time were lost on the way.
    for (int browser = 0; browser < 5; ++browser) {
      std::vector<crisis::Line> queue;
      for (int i = 0; i < 3; ++i) {
        queue.push_back(remember(said("poste " + std::to_string(browser), cut + minutes(2 + 9 * i))));
      }
      for (int again = 0; again < 2; ++again) {
        for (const crisis::Line& line : queue) {
          post.write(room, line);
        }
      }
    }

    const auto merged =
        post.post("/facilities/CH/rooms/" + room + "/merge", files[0], "application/octet-stream");
    EXPECT_EQ(merged.status, 200) << merged.body;
    EXPECT_EQ(merged.body, R"({"lines":6,"known":0,"left_out":[],"missing_files":[]})");
    std::string tampered = files[1];
    tampered.replace(tampered.find("ligne 2"), 7, "ligne 9");
    const auto refused =
        post.post("/facilities/CH/rooms/" + room + "/merge", tampered, "application/octet-stream");
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_NE(refused.body.find("journal.line_changed"), std::string::npos) << refused.body;
    EXPECT_NE(refused.body.find(R"("value":"4")"), std::string::npos)
        << "the opening, and the third line after it";
    std::ofstream(at("portable2.jsonl"), std::ios::binary) << files[1];
    std::ofstream(at("tampered.jsonl"), std::ios::binary) << tampered;
  }

  // The other laptop is taken in on the command line, where the tampered file is refused too.
  EXPECT_EQ(run({"verify", at("tampered.jsonl")}), 1);
  EXPECT_NE(bytes_of(at("stderr")).find("ligne 4"), std::string::npos) << bytes_of(at("stderr"));
  EXPECT_EQ(run({"merge", at("tampered.jsonl"), "--data", at("server"), "--facility", "CH"}), 1);
  ASSERT_EQ(run({"merge", at("portable2.jsonl"), "--data", at("server"), "--facility", "CH"}), 0)
      << bytes_of(at("stderr"));
  EXPECT_NE(bytes_of(at("stdout")).find("6 lignes"), std::string::npos) << bytes_of(at("stdout"));
  ASSERT_EQ(run({"merge", at("portable2.jsonl"), "--data", at("server"), "--facility", "CH"}), 0);
  EXPECT_NE(bytes_of(at("stdout")).find("0 lignes reprises, 6"), std::string::npos)
      << "taken in twice, kept once";

  const auto house = House::open(shell, {at("server"), ""}).value();
  const crisis::Room found = house->rooms->find("CH", room).value();
  std::multiset<std::string> there;
  for (const crisis::LineRow& row : house->rooms->lines(found, 0, 1'000)) {
    there.insert(row.line.id);
  }
  for (const std::string& id : typed) {
    EXPECT_EQ(there.count(id), 1U) << id;
  }
  EXPECT_EQ(typed.size(), 1 + 2 * 5 + 5 * 3U);
  EXPECT_EQ(there.size(), typed.size() + 3 + 2) << "three openings, two joins";
  const auto standing = house->rooms->standings(found)->list();
  const auto lis = std::find_if(standing.begin(), standing.end(),
                                [](const crisis::Standing& one) { return one.subject == "impact/LIS"; });
  ASSERT_NE(lis, standing.end());
  EXPECT_EQ(lis->contested.size(), 1U) << "down here, back there, and neither knew: people have to say";
  std::ofstream(at("whole.jsonl"), std::ios::binary) << crisis::write_journal(house->rooms->journal(found));
  const std::string head = house->rooms->ends(found).at(0).head.hash;
  EXPECT_EQ(run({"verify", at("whole.jsonl"), "--head", crisis::short_head(head)}), 0)
      << bytes_of(at("stderr"));
  EXPECT_EQ(run({"verify", at("whole.jsonl"), "--head", "0123 4567 89ab cdef"}), 1);
}

TEST_F(merge, a_laptop_that_was_not_opened_to_the_end_is_opened_again) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            0);
  {
    const auto house = House::open(shell, {at("laptop"), ""}).value();
    ASSERT_TRUE(
        house->facilities->create("CH", "CH de la Baie", false).ok());  // and then the plug was pulled
  }
  for (int times = 0; times < 2; ++times) {
    {
      const Laptop opened(*this, "laptop");
    }
    const auto house = House::open(shell, {at("laptop"), ""}).value();
    EXPECT_EQ(house->plans->in_force("CH")->document.contacts.front().name, "Léa Martin");
    EXPECT_EQ(house->facilities->draw("CH").value()->services.size(), 1U)
        << "also what the first time did not come to";
    EXPECT_EQ(house->facilities->imports("CH").size(), 1U) << "taken in once";
  }
}

TEST_F(merge, what_a_server_wrote_before_it_was_taken_back_is_taken_in_when_that_is_said) {
  std::string room;
  std::string written;
  {
    const Served server({"--data", at("server"), "--port", "0"}, at("server.out"));
    Post post(server, server.enter());
    room = post.activate("Cyberattaque");
  }
  std::filesystem::copy(at("server"), at("snapshot"), std::filesystem::copy_options::recursive);
  {
    const Served server({"--data", at("server"), "--port", "0"}, at("server.out"));
    Post post(server, server.enter());
    const crisis::Line line = said("écrit après l’instantané", SystemClock().now());
    written = line.id;
    post.write(room, line);
    std::ofstream(at("night.jsonl"), std::ios::binary) << journal_of(post, room);
  }
  const std::vector<std::string> plainly{"merge",        at("night.jsonl"), "--data",
                                         at("snapshot"), "--facility",      "CH"};
  EXPECT_EQ(run(plainly), 1) << "whoever has the file may have made it up";
  EXPECT_NE(bytes_of(at("stderr")).find("--rolled-back"), std::string::npos) << bytes_of(at("stderr"));
  std::vector<std::string> rolled_back = plainly;
  rolled_back.emplace_back("--rolled-back");
  EXPECT_EQ(run(rolled_back), 0) << bytes_of(at("stderr"));
  const auto house = House::open(shell, {at("snapshot"), ""}).value();
  const auto lines = house->rooms->lines(house->rooms->find("CH", room).value(), 0, 100);
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(),
                          [&](const crisis::LineRow& row) { return row.line.id == written; }));
}

TEST_F(merge, a_laptop_is_brought_up_to_date_by_a_later_pack_and_never_names_two_posts_alike) {
  pack();
  std::vector<std::string> authors;
  const auto open_and_write = [&] {
    const Laptop laptop(*this, "laptop");
    Post post(laptop.served, laptop.cookie);
    post.activate("Nuit");
  };
  open_and_write();
  {
    const auto house = House::open(shell, {at("server"), ""}).value();
    std::ofstream(at("inventaire.csv")) << "Identifiant;Nom;Lits\nLAB;Laboratoire;0\nREA;Réanimation;12\n";
    ASSERT_TRUE(import_now(*house, "CH", "inventaire.csv", at("inventaire.csv")).ok());
  }
  pack();
  {  // what somebody takes in on the laptop itself stands in the way of no pack
    const auto house = House::open(shell, {at("laptop"), ""}).value();
    std::ofstream(at("serveurs.csv")) << "Identifiant;Nom;Lits\nURG;Urgences;0\n";
    ASSERT_TRUE(import_now(*house, "CH", "serveurs.csv", at("serveurs.csv")).ok());
  }
  open_and_write();
  open_and_write();
  const auto house = House::open(shell, {at("laptop"), ""}).value();
  const auto map = house->facilities->draw("CH").value();
  EXPECT_EQ(map->services.size(), 3U) << "what was added since is there";
  EXPECT_EQ(house->facilities->imports("CH").size(), 3U) << "each pack is taken in once";
  for (const crisis::Room& room : house->rooms->list("CH")) {
    authors.push_back(room.opened_by);
  }
  std::sort(authors.begin(), authors.end());
  EXPECT_EQ(authors.size(), 3U);
  EXPECT_EQ(std::unique(authors.begin(), authors.end()), authors.end()) << authors.front();
}

TEST_F(merge, what_the_hospital_no_longer_has_is_gone_from_a_laptop_with_the_next_pack) {
  std::string added;
  {
    const auto house = House::open(shell, {at("server"), ""}).value();
    std::ofstream(at("inventaire.csv")) << "Identifiant;Nom;Lits\nREA;Réanimation;12\n";
    added = import_now(*house, "CH", "inventaire.csv", at("inventaire.csv")).value().id;
  }
  const auto services_after_opening = [&] {
    pack();
    {
      const Laptop laptop(*this, "laptop");
    }
    const auto house = House::open(shell, {at("laptop"), ""}).value();
    return house->facilities->draw("CH").value()->services.size();
  };
  EXPECT_EQ(services_after_opening(), 2U);
  ASSERT_TRUE(House::open(shell, {at("server"), ""}).value()->facilities->undo("CH", added).ok());
  EXPECT_EQ(services_after_opening(), 1U);
}

TEST_F(merge, the_deadlines_that_the_hospital_set_come_with_its_pack_and_go_with_a_later_one) {
  const auto text_of = [&](const House& house) {
    const auto texts = house.tables.texts();
    return std::find_if(texts.begin(), texts.end(),
                        [](const auto& one) { return one.file == "obligations.json"; })
        ->text;
  };
  std::string own;
  {
    const auto house = House::open(shell, {at("server"), ""}).value();
    own = text_of(*house);
    own.replace(own.find("ARS prévenue"), std::strlen("ARS prévenue"), "Astreinte de l’ARS");
    ASSERT_TRUE(house->tables.edit("obligations.json", own).ok());
  }
  const auto after_opening = [&] {
    pack();
    {
      const Laptop laptop(*this, "laptop");
    }
    return text_of(*House::open(shell, {at("laptop"), ""}).value());
  };
  EXPECT_EQ(after_opening(), own);
  ASSERT_TRUE(House::open(shell, {at("server"), ""}).value()->tables.edit("obligations.json", "").ok());
  EXPECT_EQ(after_opening(), embedded_text("data/obligations.json"));
}

TEST_F(merge, a_laptop_whose_clock_stood_still_takes_nothing_in_until_it_is_set) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            0);
  Child months_behind({"/usr/bin/faketime", "-f", "-90d", RELEVE_BINARY, "serve", "--data", at("laptop"),
                       "--port", "0", "--pack", at("ch.pack"), "--passphrase-file", at("passphrase")},
                      at("stdout"), at("stderr"));
  EXPECT_EQ(months_behind.wait(), 1);
  EXPECT_NE(bytes_of(at("stderr")).find("sudo date -s"), std::string::npos) << bytes_of(at("stderr"));
  EXPECT_TRUE(House::open(shell, {at("laptop"), ""}).value()->facilities->list().empty());
  {
    const Laptop set(*this, "laptop");
    EXPECT_FALSE(set.cookie.empty()) << bytes_of(at("laptop.err"));
  }
  EXPECT_TRUE(House::open(shell, {at("laptop"), ""}).value()->plans->in_force("CH").ok());
}

TEST_F(merge, a_laptop_that_waits_for_its_passphrase_ends_when_it_is_asked_to) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            0);
  const std::string keyboard = at("keyboard");
  ASSERT_EQ(::mkfifo(keyboard.c_str(), 0600), 0);
  const int nobody_types = ::open(keyboard.c_str(), O_RDWR | O_CLOEXEC);
  Child waiting({"/bin/sh", "-c", "exec \"$0\" serve --data \"$1\" --port 0 --pack \"$2\" < \"$3\"",
                 RELEVE_BINARY, at("laptop"), at("ch.pack"), keyboard});
  ASSERT_TRUE(within(std::chrono::seconds(10), [&] { return std::filesystem::exists(at("laptop")); }));
  waiting.ask_to_end();
  EXPECT_TRUE(within(std::chrono::seconds(10), [&] {
    siginfo_t told{};
    return ::waitid(P_PID, static_cast<id_t>(waiting.id()), &told, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           told.si_pid != 0;
  }));
  EXPECT_EQ(waiting.kill_now(), -SIGTERM);
  ::close(nobody_types);
}

TEST_F(merge, a_pack_opens_with_its_passphrase_alone) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            0);
  EXPECT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack"),
                 "--passphrase-file", at("passphrase")}),
            1)
      << "a pack is never overwritten";
  std::ofstream(at("wrong")) << "cinq mots au hasard\n";
  EXPECT_EQ(run({"serve", "--data", at("laptop"), "--port", "0", "--pack", at("ch.pack"), "--passphrase-file",
                 at("wrong")}),
            1);
  EXPECT_NE(bytes_of(at("stderr")).find("phrase de passe"), std::string::npos) << bytes_of(at("stderr"));
  std::string changed = bytes_of(at("ch.pack"));
  changed.back() = static_cast<char>(changed.back() ^ 1);
  std::ofstream(at("changed.pack"), std::ios::binary) << changed;
  EXPECT_EQ(run({"serve", "--data", at("laptop"), "--port", "0", "--pack", at("changed.pack"),
                 "--passphrase-file", at("passphrase")}),
            1);
  EXPECT_NE(bytes_of(at("stderr")).find("modifié"), std::string::npos) << bytes_of(at("stderr"));
}

TEST_F(merge, a_passphrase_that_was_printed_opens_however_it_is_typed_from_paper) {
  ASSERT_EQ(run({"laptop", "--data", at("server"), "--facility", "CH", "--out", at("ch.pack")}), 0);
  const std::string said = bytes_of(at("stdout"));
  std::smatch found;
  ASSERT_TRUE(std::regex_search(said, found, std::regex("(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}"))) << said;
  std::string typed;
  for (const char c : found.str()) {
    if (c != '-') {
      typed += c == '0' ? 'o' : static_cast<char>(std::tolower(c));
    }
  }
  std::ofstream(at("passphrase")) << typed << "\n";
  const Laptop laptop(*this, "laptop");
  EXPECT_FALSE(laptop.cookie.empty()) << bytes_of(at("laptop.err"));
}

}  // namespace
}  // namespace releve::main
