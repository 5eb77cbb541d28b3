// SPDX-License-Identifier: EUPL-1.2
// Collections that are broken, cut, of another kind, or made to hurt.
#include "foundation/base/text.hpp"
#include "intake/corpus_for_tests.hpp"
#include "intake/packed_for_tests.hpp"
#include "intake/readers.hpp"

#include <gtest/gtest.h>

namespace releve::intake {
namespace {

Imported<Directory> read(const std::string& bytes, const Limits& limits = {},
                         const std::string& name = "archive.zip") {
  MemorySource source(bytes);
  return read_sharphound(source, name, limits, Watch{});
}

/// The only error of an import that must have one and no value.
Finding error_of(const Imported<Directory>& imported) {
  EXPECT_FALSE(imported.usable());
  EXPECT_TRUE(imported.value.objects.empty());
  for (const Finding& finding : imported.findings) {
    if (finding.severity == Severity::error) {
      return finding;
    }
  }
  return {};
}

std::string users(const std::string& records) {
  return R"({"data":[)" + records + R"(],"meta":{"type":"users","version":6}})";
}

TEST(sharphound_hostile, other_things_than_a_collection_have_their_own_words) {
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "import.empty"},
      {"MZ\x90 a program", "sharphound.not_recognised"},
      {"Rar!\x1a\x07\x01 another packing", "sharphound.not_recognised"},
      {"[1,2]", "sharphound.not_a_collection"},
      {"{}", "sharphound.not_a_collection"},
      {R"({"hosts":[]})", "sharphound.not_a_collection"},
      {R"({"data":[],"meta":{"type":"users","count":0,"version":6}})", "sharphound.empty"},
      {R"({"data":[{"ObjectIdentifier":"X"}],"meta":{"type":"users","version":2}})",
       "sharphound.version_old"},
      {R"({"data":[{"kind":"AZUser","data":{}}],"meta":{"type":"azure"}})", "sharphound.azure"},
      {R"({"meta":{"type":"azusers"},"data":[{"ObjectIdentifier":"X"}]})", "sharphound.azure"},
      {R"({"graph":{"nodes":[],"edges":[]}})", "sharphound.open_graph"},
      {"\xff\xfe{\0\"\0"s, "json.utf16"},
      {"{\0\"\0d\0"s, "json.utf16"},
      {"   ", "json.empty"},
      {make_zip({}), "sharphound.no_json"},
      {make_zip({{"readme.txt", "hello"}}), "sharphound.no_json"},
      {make_zip({{"users.json", ""}}), "json.empty"},
      {make_zip({{"users.json", users("")}}, "zip:encryption=traditional"), "archive.encrypted"},
      {make_zip({{"users.json", std::string(40'000'000, ' ')}}), "archive.bomb"},
      {make_zip({{"in.zip", make_zip({{"users.json", users("")}})}}), "sharphound.no_json"},
      {users("{\"ObjectIdentifier\":\"X\0Y\"}"s), "json.nul_byte"},
      {users("{\"ObjectIdentifier\":\"\xc3(\"}"), "json.encoding"},
      {users(std::string(5'000'000, '[')), "json.too_deep"},
  };
  for (const auto& [bytes, code] : cases) {
    EXPECT_EQ(error_of(read(bytes)).message.code, code) << bytes.substr(0, 60);
  }
}

TEST(sharphound_hostile, a_fault_names_the_file_in_the_archive_and_the_place) {
  const std::string zip =
      make_zip({{"groups.json", R"({"data":[],"meta":{"type":"groups","version":6}})"},
                {"users.json", R"({"data":[{"ObjectIdentifier":"A"},{"Aces":[{},{"RightName":oops}]}]})"}});
  const Finding fault = error_of(read(zip));
  EXPECT_EQ(fault.message.code, "json.unreadable");
  EXPECT_EQ(fault.file, "archive.zip!users.json");
  EXPECT_EQ(fault.place, "data[1].Aces[1].RightName");
  EXPECT_EQ(param(fault, "offset"), "59");
}

TEST(sharphound_hostile, wrong_types_are_told_and_passed_over) {
  const Imported<Directory> imported = read(users(
      R"({"ObjectIdentifier":"A","Aces":"none","Properties":{"enabled":"perhaps","lastlogon":{},"name":7},
          "PrimaryGroupSID":["G"],"IsDeleted":[true]},{"ObjectIdentifier":5},{"Aces":[{"PrincipalSID":"B",
              "RightName":"Owns"}]})"));
  ASSERT_TRUE(imported.usable());
  std::vector<std::string> places;
  for (const Finding& finding : imported.findings) {
    places.push_back(finding.message.code + " " + finding.place);
  }
  EXPECT_EQ(places,
            (std::vector<std::string>{
                "sharphound.wrong_type data[0].Aces", "sharphound.wrong_type data[0].Properties.enabled",
                "sharphound.wrong_type data[0].Properties.lastlogon",
                "sharphound.wrong_type data[0].Properties.name",
                "sharphound.wrong_type data[0].PrimaryGroupSID", "sharphound.wrong_type data[0].IsDeleted",
                "sharphound.wrong_type data[1].ObjectIdentifier", "sharphound.no_id data[1]"}));
  EXPECT_EQ(imported.value.objects.size(), 1U);
}

TEST(sharphound_hostile, ids_that_cannot_be_ids_are_left_out) {
  const Imported<Directory> imported =
      read(users(R"({"ObjectIdentifier":"A","PrimaryGroupSID":"x\u0000y","Aces":[{"PrincipalSID":")" +
                 std::string(300, 'L') +
                 R"(","RightName":"Owns"},{"PrincipalSID":"","RightName":"Owns"}],
              "Properties":{"name":"N\u0000\udc00\nM"}})"));
  ASSERT_TRUE(imported.usable());
  EXPECT_TRUE(imported.value.relations.empty());
  ASSERT_NE(find_finding(imported, "sharphound.bad_id"), nullptr);
  EXPECT_EQ(find_finding(imported, "sharphound.bad_id")->place, "data[0].PrimaryGroupSID");
  EXPECT_TRUE(is_valid_utf8(imported.value.objects.at(0).name));
  EXPECT_EQ(imported.value.objects.at(0).name.find('\0'), std::string::npos);
}

TEST(sharphound_hostile, foreign_files_among_others_do_not_spoil_the_collection) {
  const Imported<Directory> imported =
      read(make_zip({{"azure.json", R"({"data":[{"kind":"AZUser"}],"meta":{"type":"azure"}})"},
                     {"more.zip", make_zip({{"a", "b"}})},
                     {"notes.txt", "x"},
                     {"._users.json", "x"},
                     {"dir/users.json", users(R"({"ObjectIdentifier":"A"})")}}));
  EXPECT_TRUE(imported.usable());
  EXPECT_EQ(imported.value.objects.size(), 1U);
  EXPECT_EQ(find_finding(imported, "sharphound.azure")->severity, Severity::warning);
  EXPECT_EQ(find_finding(imported, "archive.nested")->file, "archive.zip!more.zip");
  EXPECT_NE(find_finding(imported, "sharphound.entry_ignored"), nullptr);
}

TEST(sharphound_hostile, text_after_the_collection_is_told) {
  const Imported<Directory> imported = read(users(R"({"ObjectIdentifier":"A"})") + " {}");
  EXPECT_TRUE(imported.usable());
  EXPECT_NE(find_finding(imported, "json.trailing"), nullptr);
}

TEST(sharphound_hostile, relations_objects_and_text_are_bounded) {
  Limits limits;
  limits.max_edges = 100;
  std::string aces;
  for (int i = 0; i < 200; ++i) {
    aces += (i == 0 ? "" : ",") + std::string(R"({"PrincipalSID":"P)") + std::to_string(i) +
            R"(","RightName":"Owns"})";
  }
  EXPECT_EQ(error_of(read(users(R"({"ObjectIdentifier":"A","Aces":[)" + aces + "]}"), limits)).message.code,
            "import.too_many_relations");
  limits = Limits{};
  limits.max_objects = 50;
  EXPECT_EQ(error_of(read(users(R"({"ObjectIdentifier":"A","Aces":[)" + aces + "]}"), limits)).message.code,
            "import.too_many_objects");
  limits.max_objects = 2;
  std::string records;
  for (int i = 0; i < 200; ++i) {
    records += (i == 0 ? "" : ",") + std::string(R"({"ObjectIdentifier":"A","Properties":{"name":")") +
               std::string(600, 'n') + "\"}}";
  }
  EXPECT_EQ(error_of(read(users(records), limits)).message.code, "import.too_much_text");
}

TEST(sharphound_hostile, repetitions_do_not_count_against_the_limit) {
  Limits limits;
  limits.max_edges = 1'000;
  std::string aces = R"({"PrincipalSID":"P0","RightName":"Owns"})";
  for (int i = 1; i < 900; ++i) {
    aces += R"(,{"PrincipalSID":"P)" + std::to_string(i % 300) + R"(","RightName":"Owns"})";
  }
  std::string records;
  for (int i = 0; i < 20; ++i) {
    records += (i == 0 ? "" : ",") + std::string(R"({"ObjectIdentifier":"A","Aces":[)") + aces + "]}";
  }
  const Imported<Directory> imported = read(users(records), limits);
  ASSERT_TRUE(imported.usable());
  EXPECT_EQ(imported.value.relations.size(), 300U);
}

TEST(sharphound_hostile, a_policy_cannot_ask_for_endless_products) {
  Limits limits;
  limits.max_edges = 10'000;
  const auto list = [](char letter) {
    std::string out = "\"" + std::string(1, letter) + "0\"";
    for (int i = 1; i < 300; ++i) {
      out += ",\"" + std::string(1, letter) + std::to_string(i) + "\"";
    }
    return out;
  };
  const std::string record = R"({"ObjectIdentifier":"OU","GPOChanges":{"LocalAdmins":[)" + list('m') +
                             R"(],"AffectedComputers":[)" + list('c') + "]}}";
  EXPECT_EQ(error_of(read(users(record), limits)).message.code, "import.too_many_relations");
}

TEST(sharphound_hostile, a_giant_string_is_refused) {
  Limits limits;
  limits.max_token_bytes = 1'000'000;
  EXPECT_EQ(error_of(read(users(R"({"ObjectIdentifier":"A","Properties":{"description":")" +
                                std::string(3'000'000, 'x') + "\"}}"),
                          limits))
                .message.code,
            "json.token_too_long");
}

TEST(sharphound_hostile, every_cut_of_every_seed_is_told) {
  const auto seeds = corpus_files("sharphound");
  ASSERT_FALSE(seeds.empty());
  for (const auto& [name, bytes] : seeds) {
    const std::string_view text = trim(bytes);
    for (std::size_t length = 0; length < text.size(); length += name.ends_with(".zip") ? 1U : 7U) {
      const Imported<Directory> cut = read(std::string(text.substr(0, length)), {}, name);
      EXPECT_FALSE(cut.usable()) << name << " cut at " << length;
    }
    const Imported<Directory> whole = read(bytes, {}, name);
    const bool foreign = name == "azure.json" || name == "open_graph.json" || name == "odd_types.json";
    EXPECT_EQ(whole.usable(), !foreign) << name;
    for (const Finding& finding : whole.findings) {
      EXPECT_TRUE(finding.file.starts_with(name));
    }
  }
}

TEST(sharphound_hostile, the_result_does_not_depend_on_how_the_bytes_come) {
  for (const auto& [name, bytes] : corpus_files("sharphound")) {
    const Imported<Directory> whole = read(bytes, {}, name);
    for (const std::size_t step : {1U, 5U, 512U}) {
      DripSource source(bytes, step);
      const Imported<Directory> dripped = read_sharphound(source, name, Limits{}, Watch{});
      EXPECT_EQ(dripped.value.objects, whole.value.objects) << name << " by " << step;
      EXPECT_EQ(dripped.value.relations, whole.value.relations);
      EXPECT_EQ(dripped.findings, whole.findings);
    }
  }
}

TEST(sharphound_hostile, progress_is_told_and_cancelling_heard) {
  std::string records = R"({"ObjectIdentifier":"A"})";
  for (int i = 0; i < 200'000; ++i) {
    records += R"(,{"ObjectIdentifier":"A"})";
  }
  const std::string text = users(records);
  std::stop_source stop;
  std::uint64_t seen = 0;
  const Watch watch{[&](std::uint64_t bytes) {
                      seen = bytes;
                      if (bytes > 2'000'000) {
                        stop.request_stop();
                      }
                    },
                    stop.get_token()};
  MemorySource source(text);
  EXPECT_EQ(error_of(read_sharphound(source, "a.json", Limits{}, watch)).message.code, "import.cancelled");
  EXPECT_GT(seen, 2'000'000U);
  EXPECT_LT(seen, text.size());
}

}  // namespace
}  // namespace releve::intake
