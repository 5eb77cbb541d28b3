// SPDX-License-Identifier: EUPL-1.2
#include "intake/corpus_for_tests.hpp"
#include "intake/readers.hpp"
#include "intake/scan_for_tests.hpp"

#include <gtest/gtest.h>

#include <map>

namespace releve::intake {
namespace {

using Answer = std::optional<Format>;

TEST(recognise, every_seed_by_name_and_content) {
  const std::map<std::string, Answer> expected{{"20251130_BloodHound.zip", Format::sharphound},
                                               {"users.json", Format::sharphound},
                                               {"inventaire.xlsx", Format::xlsx},
                                               {"note.docx", std::nullopt},
                                               {"kev.json", Format::kev},
                                               {"sbom.json", std::nullopt},
                                               {"epss_scores.csv", Format::epss},
                                               {"epss_scores.csv.gz", Format::epss},
                                               {"other.gz", std::nullopt},
                                               {"postes.csv", Format::csv},
                                               {"page.html", std::nullopt},
                                               {"nmap-utf16.xml", Format::nmap},
                                               {"scan.nessus", Format::nessus},
                                               {"rapport.xml", Format::openvas},
                                               {"pingcastle.xml", Format::pingcastle},
                                               {"autre.xml", std::nullopt},
                                               {"ancien.xls", std::nullopt}};
  const auto files = corpus_files("recognise");
  EXPECT_GE(files.size(), expected.size());
  for (const CorpusFile& file : files) {
    const auto known = expected.find(file.name);
    const Answer answer = recognise(file.name, file.bytes);
    if (known != expected.end()) {
      EXPECT_EQ(answer, known->second) << file.name;
      // A wrong name misleads nobody: the content decides.
      EXPECT_EQ(recognise("export.bin", file.bytes), known->second) << file.name;
    }
  }
}

TEST(recognise, seeds_of_the_readers) {
  for (const CorpusFile& file : corpus_files("nmap")) {
    EXPECT_EQ(recognise(file.name, file.bytes), file.name == "html.xml" ? Answer() : Answer(Format::nmap))
        << file.name;
  }
  for (const CorpusFile& file : corpus_files("nessus")) {
    EXPECT_EQ(recognise("a.xml", file.bytes), Format::nessus) << file.name;
  }
}

TEST(recognise, texts) {
  struct Case {
    const char* name;
    std::string_view head;
    Answer answer;
  };

  for (const Case& given : {
           Case{"a.csv", "", Format::csv},
           Case{"a.nessus", " ", Format::nessus},
           Case{"a.xml", "", std::nullopt},
           Case{"a.csv", "Nom\nPC1\n", Format::csv},
           Case{"a.txt", "Nom\nPC1\n", std::nullopt},
           Case{"a.txt", "Nom\tOS\nPC1\tXP\n", Format::csv},
           Case{"a.txt", "\xEF\xBB\xBFNom;OS;Lieu", Format::csv},
           Case{"a.txt", "Bonjour, voici le plan.\nIl est long.\n", std::nullopt},
           Case{"a.csv", "<html><body>Connexion</body></html>", std::nullopt},
           Case{"a.csv", std::string_view("a;b\0\x01", 5), Format::csv},  // its reader says what is wrong
           Case{"a.txt", std::string_view("a;b\0\x01", 5), std::nullopt},
           Case{"a.nessus", "<!DOCTYPE n [<!ENTITY a \"b\">]><Nessus", Format::nessus},
           Case{"a.csv", std::string_view("\xFF\xFEN\0;\0O\0", 8), Format::csv},
           Case{"a.json", "{\"users\":[{\"ObjectIdentifier\":\"S-1\"", Format::sharphound},
           Case{"a.json", "{\"data\":[],\"meta\":{\"type\":\"ous\",\"count\":0}}", Format::sharphound},
           Case{"a.json", "[1,2]", std::nullopt},
           Case{"a.zip", "PK\x03\x04", std::nullopt},
           Case{"a.zip", std::string_view("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22),
                std::nullopt},
           Case{"a.gz", "\x1F\x8B", std::nullopt},
           Case{"a.xml", "<?xml version='1.0'?><!-- <nmaprun> --><other/>", std::nullopt},
           Case{"a.xml", "<?xml version='1.0'?><!-- never closed", std::nullopt},
       }) {
    EXPECT_EQ(recognise(given.name, given.head), given.answer) << given.name << " " << given.head;
  }
}

TEST(recognise, head_cut_anywhere_never_gives_another_format) {
  for (const char* name : {"20251130_BloodHound.zip", "inventaire.xlsx", "kev.json", "epss_scores.csv",
                           "scan.nessus", "rapport.xml", "nmap-utf16.xml"}) {
    const std::string bytes = corpus_file("recognise", name);
    const Answer whole = recognise(name, bytes);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      const Answer part = recognise(name, std::string_view(bytes).substr(0, length));
      const bool cut_table = part == Format::csv && whole == Format::epss;  // "#model" alone is a table yet
      EXPECT_TRUE(!part || part == whole || cut_table) << name << " " << length;
    }
  }
}

TEST(recognise, real_files) {
  struct Case {
    const char* file = "";
    Answer answer;
  };

  bool any = false;
  for (const Case& given :
       {Case{"scans/nmap-256-hotes.xml", Format::nmap}, Case{"scans/nessus-7-hotes.nessus", Format::nessus},
        Case{"scans/openvas-44-resultats.xml", Format::openvas},
        Case{"scans/pingcastle-3.2.xml", Format::pingcastle},
        Case{"scans/cyclonedx-dropwizard-1.3.15.json", std::nullopt},
        Case{"active-directory/bloodhound-ce-v6-domaine1.zip", Format::sharphound},
        Case{"exercices/openbas-injects-1.xlsx", Format::xlsx},
        Case{"etablissements/sae-2023-ght.csv", Format::csv},
        Case{"echanges/cap-canada.xml", std::nullopt}}) {
    const std::filesystem::path path = std::filesystem::path(RELEVE_SHARED_DATA) / given.file;
    const std::string bytes = file_bytes(path).substr(0, 65'536);
    if (!bytes.empty()) {
      any = true;
      EXPECT_EQ(recognise(path.filename().string(), bytes), given.answer) << given.file;
      EXPECT_EQ(recognise("", bytes), given.answer) << given.file;
    }
  }
  if (!any) {
    GTEST_SKIP() << "no real data";
  }
}

}  // namespace
}  // namespace releve::intake
