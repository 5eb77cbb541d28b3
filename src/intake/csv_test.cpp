// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "intake/corpus_for_tests.hpp"
#include "intake/readers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace releve::intake {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using testing::IsEmpty;

Imported<Workbook> read(std::string_view bytes, const Limits& limits = {}) {
  MemorySource source(bytes);
  return read_csv(source, "dossier/inventaire.2026.csv", limits, {});
}

Rows rows_of(const Imported<Workbook>& book) {
  return book.value.sheets.size() == 1 ? book.value.sheets[0].rows : Rows{{"not one sheet"}};
}

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

TEST(csv, rfc_4180_and_what_programs_make_of_it) {
  struct Case {
    const char* words;
    std::string_view text;
    Rows rows;
  };

  const Case cases[] = {
      {"semicolons of French Excel",
       "nom;lits\nA;1,5\nB;2,5\n",
       {{"nom", "lits"}, {"A", "1,5"}, {"B", "2,5"}}},
      {"commas", "name,beds\r\nA,1\r\n", {{"name", "beds"}, {"A", "1"}}},
      {"tabs", "nom\tlits, places\nA\t1\n", {{"nom", "lits, places"}, {"A", "1"}}},
      {"quotes", "a;\"b \"\"c\"\"; d\";e", {{"a", "b \"c\"; d", "e"}}},
      {"line ends inside quotes", "a;\"x\r\ny\";c\nd;e;f", {{"a", "x\ny", "c"}, {"d", "e", "f"}}},
      {"old Mac line ends", "a;b\rc;d\r", {{"a", "b"}, {"c", "d"}}},
      {"ragged rows, trailing emptiness", "a;b;;;\n\nc\n;;\n\n\n", {{"a", "b"}, {}, {"c"}}},
      {"a quote inside a cell", "a;5\" disk;b\n", {{"a", "5\" disk", "b"}}},
      {"blanks", "  a ;\t b\xC2\xA0;c\n", {{"a", "b", "c"}}},
      {"mark of UTF-8", "\xEF\xBB\xBFnom;x\n", {{"nom", "x"}}},
      {"Excel's own separator line", "sep=,\na,b;c\n", {{"a", "b;c"}}},
      {"one column", "nom\nA\nB\n", {{"nom"}, {"A"}, {"B"}}},
      {"a title above the table",
       "Inventaire\n\na;b;c\nd;e, f;g\nh;i;j\n",
       {{"Inventaire"}, {}, {"a", "b", "c"}, {"d", "e, f", "g"}, {"h", "i", "j"}}},
      {"commas in every text",
       "nom;note\nA;x, y, z, t\nB;x, y, z, t\nC;x, y, z, t\n",
       {{"nom", "note"}, {"A", "x, y, z, t"}, {"B", "x, y, z, t"}, {"C", "x, y, z, t"}}},
      {"formulas are text", "a;=1+1;@x;-3\n", {{"a", "=1+1", "@x", "-3"}}},
      {"empty quoted cells", "\"\";\"\";x\n", {{"", "", "x"}}},
  };
  for (const Case& one : cases) {
    const auto book = read(one.text);
    EXPECT_EQ(rows_of(book), one.rows) << one.words;
    EXPECT_THAT(book.findings, IsEmpty()) << one.words;
    EXPECT_EQ(book.value.sheets[0].name, "inventaire.2026");
  }
}

TEST(csv, encodings) {
  const Rows expected{{"Hôpital", "été 😀"}, {"œil", "1"}};
  const std::u16string_view text = u"Hôpital\tété 😀\r\nœil\t1\r\n";
  for (const bool big_endian : {false, true}) {
    const auto book = read(utf16(text, big_endian));
    EXPECT_EQ(rows_of(book), expected);
    EXPECT_THAT(book.findings, IsEmpty());
  }
  const auto windows = read("H\xF4pital;\x80\nplain;x\n\x9Cil;1\n");
  EXPECT_EQ(rows_of(windows), (Rows{{"Hôpital", "€"}, {"plain", "x"}, {"œil", "1"}}));
  ASSERT_EQ(windows.findings.size(), 1U);
  EXPECT_EQ(windows.findings[0].severity, Severity::note);
  EXPECT_EQ(windows.findings[0].message, message("import.csv_windows_1252", {{"line", "1"}, {"count", "2"}}));
  // One stray line does not spoil the others.
  EXPECT_EQ(rows_of(read("é;1\n\xE9;2\nœ;3")), (Rows{{"é", "1"}, {"é", "2"}, {"œ", "3"}}));
  EXPECT_EQ(rows_of(read(utf16(u"a\xD800;b", false) + "x")), (Rows{{"a\xEF\xBF\xBD", "b\xEF\xBF\xBD"}}));
}

TEST(csv, what_is_refused) {
  struct Case {
    std::string bytes;
    const char* code;
    std::int64_t line;
  };

  const Case cases[] = {
      {"", "import.empty_file", 0},
      {"a;b\nc;\"open\nd;e\n", "import.csv_unclosed_quote", 2},
      {std::string("a;b\nc\0;d\n", 9), "import.csv_nul", 2},
      {std::string("P\x01K;\0", 5), "import.csv_nul", 1},
      {"PK\x03\x04rest", "import.csv_is_workbook", 0},
      {"\xD0\xCF\x11\xE0rest", "import.csv_is_workbook", 0},
      {std::string(512, ';') + "x", "import.sheet_too_wide", 0},
      {std::string(200'000, '\n') + "x", "import.sheet_too_long", 0},
  };
  for (const Case& one : cases) {
    const auto book = read(one.bytes);
    EXPECT_FALSE(book.usable()) << one.code;
    ASSERT_FALSE(book.findings.empty()) << one.code;
    EXPECT_EQ(book.findings.back().message.code, one.code);
    EXPECT_EQ(book.findings.back().line, one.line) << one.code;
  }
  EXPECT_TRUE(read(std::string(511, ';') + "x").usable());
  EXPECT_TRUE(read(std::string(1'000'000, ';')).usable());
}

TEST(csv, loose_text_after_a_quote_is_kept_and_told) {
  const auto book = read("a;\"b\" c;d\n");
  EXPECT_EQ(rows_of(book), (Rows{{"a", "b c", "d"}}));
  ASSERT_EQ(book.findings.size(), 1U);
  EXPECT_EQ(book.findings[0].message.code, "import.csv_loose_quote");
  EXPECT_EQ(book.findings[0].place, "B1");
}

TEST(csv, bounds_and_cancelling) {
  Limits limits;
  limits.max_text_bytes = 10;
  EXPECT_EQ(read("abc;def;ghi;jkl", limits).findings[0].message.code, "import.sheet_too_much_text");
  limits = {};
  limits.max_cells = 20;
  EXPECT_EQ(read("a;b;c\na;b;c\na;b;c\na;b;c\na;b;c\na;b;c\n", limits).findings[0].message.code,
            "import.sheet_too_many_cells");
  std::stop_source stop;
  stop.request_stop();
  MemorySource source("a;b");
  EXPECT_EQ(read_csv(source, "x.csv", {}, {{}, stop.get_token()}).findings[0].message.code,
            "import.cancelled");
  FileSource nowhere("/nowhere/at/all.csv");
  EXPECT_EQ(read_csv(nowhere, "all.csv", {}, {}).findings[0].message.code, "import.cannot_open");
}

TEST(csv, corpus_is_replayed) {
  const auto files = corpus_files("csv");
  ASSERT_FALSE(files.empty());
  std::size_t usable = 0;
  for (const auto& [name, bytes] : files) {
    const auto book = read(bytes);
    usable += book.usable() ? 1U : 0U;
    for (const Sheet& sheet : book.value.sheets) {
      for (const auto& row : sheet.rows) {
        for (const std::string& cell : row) {
          EXPECT_TRUE(is_valid_utf8(cell)) << name;
        }
      }
    }
  }
  EXPECT_GT(usable, 0U);
}

TEST(csv, real_files_of_hospitals) {
  const std::string folder = RELEVE_SHARED_DATA "/etablissements/";
  if (!std::filesystem::exists(folder + "sae-2023-ght.csv")) {
    GTEST_SKIP() << "no real data";
  }

  struct Case {
    const char* file;
    std::size_t rows;
    std::size_t columns;
  };

  for (const Case& one : {Case{"sae-2023-ght.csv", 136, 203}, Case{"sae-2023-urgences.csv", 621, 10},
                          Case{"etalab-1100507-colonnes.csv", 38, 6}}) {
    FileSource source(folder + one.file);
    const auto book = read_csv(source, one.file, {}, {});
    EXPECT_TRUE(book.usable());
    EXPECT_EQ(rows_of(book).size(), one.rows) << one.file;
    EXPECT_EQ(rows_of(book)[0].size(), one.columns) << one.file;
  }
  FileSource source(folder + "sae-2023-ght.csv");
  EXPECT_EQ(rows_of(read_csv(source, "sae-2023-ght.csv", {}, {}))[1][2], "ALLIER PUY-DE-DÔME");
}

}  // namespace
}  // namespace releve::intake
