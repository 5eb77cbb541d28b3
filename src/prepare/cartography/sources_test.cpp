// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/sources.hpp"

#include "foundation/report/zip.hpp"
#include "foundation/store/test_database.hpp"
#include "prepare/cartography/test_material.hpp"

#include <filesystem>

namespace releve::cartography {
namespace {

const std::string shared = RELEVE_SHARED_DATA;

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_zip(const std::string& path, const std::vector<std::pair<std::string, std::string>>& entries) {
  report::ZipWriter zip(path);
  for (const auto& [name, bytes] : entries) {
    zip.begin_entry(name);
    zip.write(bytes);
  }
  zip.finish();
}

std::vector<std::string> names(const Result<std::vector<NamedPath>>& listed) {
  std::vector<std::string> list;
  EXPECT_TRUE(listed.ok()) << (listed.ok() ? "" : listed.error().message.code);
  for (const auto& one : listed.ok() ? *listed : std::vector<NamedPath>()) {
    list.push_back(one.name);
  }
  return list;
}

constexpr const char* nmap =
    R"(<?xml version="1.0"?><nmaprun scanner="nmap" start="1700000000" version="7.94"><host>)"
    R"(<status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/></host></nmaprun>)";

TEST(sources, real_files_are_recognised) {
  if (!std::filesystem::is_directory(shared)) {
    GTEST_SKIP() << "no real data";
  }
  const std::pair<const char*, const char*> files[] = {
      {"active-directory/bloodhound-ce-v6-domaine1.zip", "sharphound"},
      {"scans/nmap-256-hotes.xml", "nmap"},
      {"scans/nessus-7-hotes.nessus", "nessus"},
      {"scans/openvas-44-resultats.xml", "openvas"},
      {"scans/pingcastle-3.2.xml", "pingcastle"},
      {"etablissements/etalab-1100507-colonnes.csv", "sheet"}};
  const Catalogue words = repository_words();
  for (const auto& [path, format] : files) {
    const std::string name = std::filesystem::path(path).filename().string();
    const auto file = read_file(shared + "/" + path, name, day(1), words, {});
    ASSERT_TRUE(file.ok()) << path << " " << file.error().message.code;
    EXPECT_EQ(file->format, format) << path;
    EXPECT_EQ(file->source.format, format);
    EXPECT_EQ(file->source.file_hash.size(), 64U);
    EXPECT_TRUE(file->usable()) << path << " " << codes(file->findings);
    EXPECT_NE(words.find("fr", file->recognised.code), nullptr) << path << " " << file->recognised.code;
    EXPECT_EQ(words.say("fr", file->recognised).find('{'), std::string::npos)
        << "every value is given: " << words.say("fr", file->recognised);
  }
}

TEST(sources, files_for_others_are_refused_by_name) {
  const store::TestFolder folder;
  write_file(folder.path() + "/photo.jpg", "\xFF\xD8\xFF\xE0 JFIF");
  const auto file = read_file(folder.path() + "/photo.jpg", "photo.jpg", day(1), repository_words(), {});
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().message.code, "import.not_recognised");
  const auto absent = read_file(folder.path() + "/none", "none", day(1), repository_words(), {});
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().message.code, "import.cannot_open");
}

TEST(sources, what_no_reader_takes_is_refused_with_its_reason) {
  const store::TestFolder folder;
  const std::string bomb =
      R"(<?xml version="1.0"?><!DOCTYPE n [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><NessusClientData_v2/>)";
  const std::tuple<const char*, std::string, const char*> cases[] = {
      {"vide.json", "", "import.empty_file"},
      {"vide.zip", "", "import.empty_file"},
      {"users.json", std::string("\xFF\xFE{\0\"\0", 6), "import.is_utf_16"},
      {"parc.csv", std::string("Nom;IP\nSRV\0;10.0.0.1\n", 21), "import.csv_nul"},
      {"milliard.nessus", bomb, "xml.declaration_refused"}};
  for (const auto& [name, bytes, code] : cases) {
    write_file(folder.path() + "/" + name, bytes);
    const auto file = read_file(folder.path() + "/" + name, name, day(1), repository_words(), {});
    EXPECT_EQ(file.ok() ? file->findings.at(0).message.code : file.error().message.code, code) << name;
    EXPECT_FALSE(file.ok() && file->usable()) << name;
  }
}

TEST(sources, a_cut_collection_says_only_what_is_known) {
  const store::TestFolder folder;
  const Catalogue words = repository_words();
  std::string users = R"({"data":[)";
  for (int i = 0; i < 3000; ++i) {
    users += (i == 0 ? "" : ",") + std::string(R"({"ObjectIdentifier":"S-1-5-21-1-2-3-)") +
             std::to_string(1000 + i) + R"(","Properties":{"name":"U)" + std::to_string(i * 7919) +
             R"(@CH.LOCAL"},"Aces":[]})";
  }
  write_zip(folder.path() + "/whole.zip",
            {{"users.json", users + R"(],"meta":{"type":"users","count":3000,"version":6}})"}});
  const std::string bytes = bytes_of(folder.path() + "/whole.zip");
  for (const std::size_t kept : {std::size_t{60}, bytes.size() / 2, bytes.size() - 200}) {
    write_file(folder.path() + "/cut.zip", bytes.substr(0, kept));
    const auto file = read_file(folder.path() + "/cut.zip", "cut.zip", day(1), words, {});
    ASSERT_TRUE(file.ok()) << kept << " " << file.error().message.code;
    EXPECT_FALSE(file->usable());
    const std::string said = words.say("fr", file->recognised);
    EXPECT_EQ(said.find("v0"), std::string::npos) << said;
    EXPECT_EQ(said.find('?'), std::string::npos) << said;
    EXPECT_EQ(said.find('{'), std::string::npos) << said;
  }
}

TEST(sources, our_own_template_reads_without_a_note) {
  const store::TestFolder folder;
  const Catalogue words = repository_words();
  for (const std::string language : {"fr", "en"}) {
    write_file(folder.path() + "/t.xlsx", report::write_xlsx(template_tables({}, language, words)).value());
    const auto file = read_file(folder.path() + "/t.xlsx", "t.xlsx", day(1), words, {});
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->format, "template");
    EXPECT_TRUE(file->findings.empty())
        << language << ": the hidden tab of lists is ours; " << codes(file->findings);
  }
}

TEST(sources, a_folder_lists_its_files_by_name) {
  const store::TestFolder folder;
  write_file(folder.path() + "/b.xml", nmap);
  write_file(folder.path() + "/a.csv", "x;y\n");
  write_file(folder.path() + "/.DS_Store", "x");
  std::filesystem::create_directory(folder.path() + "/sub");
  write_file(folder.path() + "/sub/c.xml", nmap);
  EXPECT_EQ(names(list_exports(folder.path(), "")), (std::vector<std::string>{"a.csv", "b.xml"}));
  const auto absent = list_exports(folder.path() + "/none", "");
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().message.code, "import.cannot_open");
}

TEST(sources, a_zip_of_exports_is_unpacked_under_numbers) {
  const store::TestFolder folder;
  const std::string scratch = folder.path() + "/scratch";
  std::filesystem::create_directory(scratch);
  const std::string zip = folder.path() + "/exports.zip";
  write_zip(zip, {{"scan/nmap.xml", nmap},
                  {"../../outside.xml", nmap},
                  {"/etc/absolute.xml", nmap},
                  {"__MACOSX/._nmap.xml", "x"},
                  {"parc.csv", "x;y\n"}});
  const auto listed = list_exports(zip, scratch);
  EXPECT_EQ(names(listed), (std::vector<std::string>{"absolute.xml", "nmap.xml", "outside.xml", "parc.csv"}));
  for (const auto& [name, path] : *listed) {
    EXPECT_EQ(std::filesystem::path(path).parent_path(), scratch) << name;
    EXPECT_TRUE(std::filesystem::is_regular_file(path)) << name;
  }
  EXPECT_EQ(names(list_exports(folder.path(), "")), std::vector<std::string>{"exports.zip"})
      << "nothing was written beside it";
  const auto file = read_file(listed->at(1).path, "nmap.xml", day(1), repository_words(), {});
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->source.scan->hosts.size(), 1U);
}

TEST(sources, a_collection_is_one_file_whatever_its_zip_is_called) {
  const store::TestFolder folder;
  const std::string users =
      R"({"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1001","Properties":{"name":"U@CH.LOCAL",)"
      R"("domain":"CH.LOCAL","domainsid":"S-1-5-21-1-2-3","enabled":true},"Aces":[]}],)"
      R"("meta":{"type":"users","count":1,"version":5}})";
  const std::string zip = folder.path() + "/20261101.zip";
  write_zip(zip, {{"20261101_users.json", users}});
  EXPECT_EQ(names(list_exports(zip, folder.path())), std::vector<std::string>{"20261101.zip"});
  const auto file = read_file(zip, "20261101.zip", day(1), repository_words(), {});
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->format, "sharphound");
  EXPECT_EQ(file->source.directory->objects.empty(), false);
}

TEST(sources, texts_for_people_are_told_from_exports) {
  for (const char* text : {"LISEZMOI.txt", "LISEZ-MOI.txt", "README", "README.md", "readme-first.txt",
                           "LICENSE", "SOURCES.md"}) {
    EXPECT_TRUE(is_documentation(text)) << text;
  }
  for (const char* text : {"nmap.xml", "readme.csv", "sources.xlsx", "licences.csv", "inventaire.txt",
                           "kev.json", "licences-logicielles.txt"}) {
    EXPECT_FALSE(is_documentation(text)) << text;
  }
}

}  // namespace
}  // namespace releve::cartography
