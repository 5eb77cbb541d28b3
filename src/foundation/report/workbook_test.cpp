// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/workbook.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <limits>
#include <map>

namespace releve::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The parts of an XLSX file by name.
std::map<std::string, std::string> unzip(const std::string& bytes) {
  std::map<std::string, std::string> parts;
  archive* reader = archive_read_new();
  archive_read_support_format_zip(reader);
  EXPECT_EQ(archive_read_open_memory(reader, bytes.data(), bytes.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    std::string& part = parts[archive_entry_pathname(entry)];
    char block[4096];
    for (la_ssize_t count = 0; (count = archive_read_data(reader, block, sizeof block)) > 0;) {
      part.append(block, static_cast<std::size_t>(count));
    }
  }
  archive_read_free(reader);
  return parts;
}

Table table_of(std::vector<std::vector<Cell>> rows) {
  return {"Applications",
          {{"Nom", 30, "Le nom d'usage", {}}, {"Critique", 12, "", {"oui", "non"}}, {"Postes", 10, "", {}}},
          std::move(rows)};
}

std::string first_sheet(const Table& table) {
  return unzip(*write_xlsx(std::span(&table, 1)))["xl/worksheets/sheet1.xml"];
}

TEST(workbook, numbers_are_numbers_and_the_rest_is_text) {
  const std::string xml =
      first_sheet(table_of({{std::string("DPI"), std::string("oui"), 12.5}, {std::string("42")}}));
  EXPECT_THAT(xml, HasSubstr(R"(<c r="A2" t="inlineStr"><is><t>DPI</t></is></c>)"));
  EXPECT_THAT(xml, HasSubstr(R"(<c r="C2"><v>12.5</v></c>)"));
  EXPECT_THAT(xml, HasSubstr(R"(<c r="A3" t="inlineStr"><is><t>42</t></is></c>)"));
}

TEST(workbook, no_cell_becomes_a_formula) {
  const std::string xml =
      first_sheet(table_of({{std::string("=HYPERLINK(\"http://x\")"), std::string("+1"), std::string("-1")},
                            {std::string("@SUM(A1)")}}));
  EXPECT_THAT(xml, Not(HasSubstr("<f>")));
  EXPECT_THAT(xml, HasSubstr(R"(t="inlineStr"><is><t>=HYPERLINK()"));
  EXPECT_THAT(xml, HasSubstr(R"(t="inlineStr"><is><t>@SUM(A1)</t>)"));
  EXPECT_THAT(xml, HasSubstr(R"(t="inlineStr"><is><t>+1</t>)"));
}

TEST(workbook, titles_are_frozen_filtered_and_explained) {
  const Table table = table_of({{std::string("DPI")}, {std::string("Labo")}});
  auto parts = unzip(*write_xlsx(std::span(&table, 1)));
  const std::string xml = parts["xl/worksheets/sheet1.xml"];
  EXPECT_THAT(xml, HasSubstr(R"(ySplit="1" topLeftCell="A2")"));
  EXPECT_THAT(xml, HasSubstr(R"(<autoFilter ref="A1:C3"/>)"));
  EXPECT_THAT(xml, HasSubstr(R"(<c r="A1" s="1" t="inlineStr"><is><t>Nom</t></is></c>)"));
  EXPECT_THAT(parts["xl/styles.xml"], HasSubstr("<b/>"));
  EXPECT_THAT(parts["xl/comments1.xml"], HasSubstr("Le nom d'usage"));
  EXPECT_THAT(xml, HasSubstr(R"(<dataValidation type="list")"));
  EXPECT_THAT(xml, HasSubstr(R"(sqref="B2:B1048576"><formula1>"oui,non"</formula1>)"));
  EXPECT_THAT(xml, Not(HasSubstr("C2:C1048576")));
  EXPECT_FALSE(parts.contains("xl/worksheets/sheet2.xml"));
}

TEST(workbook, long_lists_and_values_with_commas_stand_on_a_hidden_tab) {
  Table table{"Feuille", {{"A", 10, "", {"un, deux", "trois"}}, {"B", 10, "", {}}}, {}};
  for (int i = 0; i < 100; ++i) {
    table.columns[1].allowed.push_back("valeur " + std::to_string(i));
  }
  auto parts = unzip(*write_xlsx(std::span(&table, 1)));
  EXPECT_THAT(parts["xl/worksheets/sheet1.xml"], HasSubstr("<formula1>_listes!$A$1:$A$2</formula1>"));
  EXPECT_THAT(parts["xl/worksheets/sheet1.xml"], HasSubstr("<formula1>_listes!$B$1:$B$100</formula1>"));
  EXPECT_THAT(parts["xl/workbook.xml"], HasSubstr(R"(<sheet name="_listes" sheetId="2" state="hidden")"));
  EXPECT_THAT(parts["xl/worksheets/sheet2.xml"], HasSubstr("un, deux"));
  EXPECT_THAT(parts["xl/worksheets/sheet2.xml"], HasSubstr("valeur 99"));
}

TEST(workbook, tab_names_that_excel_accepts) {
  const std::string longest(40, 'x');
  std::vector<Table> tables;
  for (const std::string& name :
       {std::string("a/b:c"), std::string("Été"), std::string("été"), std::string(), longest, longest + "y",
        std::string("History"), std::string("'guillemets'")}) {
    tables.push_back({name, {{"A", 10, "", {}}}, {}});
  }
  const std::string xml = unzip(*write_xlsx(tables))["xl/workbook.xml"];
  for (const char* name : {"a b c", "Été", "été (2)", "Table", "History (2)", "guillemets"}) {
    EXPECT_THAT(xml, HasSubstr("<sheet name=\"" + std::string(name) + "\"")) << name;
  }
  EXPECT_THAT(xml, HasSubstr("<sheet name=\"" + std::string(30, 'x') + "…\""));
  EXPECT_THAT(xml, HasSubstr("<sheet name=\"" + std::string(26, 'x') + "… (2)\""));
}

TEST(workbook, texts_that_xml_or_excel_would_not_take) {
  const std::string too_long(40'000, 'y');
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const std::string xml =
      first_sheet(table_of({{std::string("a\0b<&>", 6), std::string("_x0041_"), nothing},
                            {std::string("H\xF4pital"), std::string("\xEF\xBF\xBF"), too_long}}));
  EXPECT_THAT(xml, HasSubstr("<t>ab&lt;&amp;&gt;</t>"));
  EXPECT_THAT(xml, HasSubstr("<t>_x005F_x0041_</t>"));
  EXPECT_THAT(xml, Not(HasSubstr("r=\"C2\"")));
  EXPECT_THAT(xml, HasSubstr("<t>Hôpital</t>"));
  EXPECT_THAT(xml, HasSubstr("<t>\xEF\xBF\xBD</t>"));
  EXPECT_THAT(xml, HasSubstr("<t>" + std::string(32'766, 'y') + "…</t>"));
}

TEST(workbook, same_tables_same_bytes_and_nothing_left_behind) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("releve_report_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const Table table = table_of({{std::string("DPI"), std::string("oui"), 3.0}});
  Writing writing;
  writing.temp_dir = folder.string();
  const std::string once = *write_xlsx(std::span(&table, 1), writing);
  EXPECT_EQ(once, *write_xlsx(std::span(&table, 1), writing));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
  EXPECT_THAT(unzip(once)["docProps/core.xml"], HasSubstr("1980-01-01T00:00:00Z"));
  writing.created = *parse_rfc3339("2026-11-22T00:42:14Z");
  EXPECT_THROW((void)write_xlsx(std::span(&table, 1), writing), EnvironmentFailure);
  writing.temp_dir.clear();
  EXPECT_THAT(unzip(*write_xlsx(std::span(&table, 1), writing))["docProps/core.xml"],
              HasSubstr("2026-11-22T00:42:14Z"));
}

TEST(workbook, bounds_are_errors_with_words) {
  EXPECT_EQ(write_xlsx({}).error().message.code, "report.no_table");
  const Table wide{"large", std::vector<Column>(most_columns + 1), {}};
  EXPECT_EQ(write_xlsx(std::span(&wide, 1)).error().message.code, "report.too_many_columns");
  const Table tall{"haute", {{"A", 10, "", {}}}, std::vector<std::vector<Cell>>(most_rows + 1)};
  EXPECT_EQ(write_xlsx(std::span(&tall, 1)).error().message.code, "report.too_many_rows");
}

TEST(csv, for_french_excel) {
  const Table table = table_of({{std::string("a;b"), std::string("dit \"oui\""), 1.5},
                                {std::string("ligne\nsuite"), std::string(" x"), -2.0},
                                {std::string("été")}});
  EXPECT_EQ(write_csv(table),
            "\xEF\xBB\xBFNom;Critique;Postes\r\n"
            "\"a;b\";\"dit \"\"oui\"\"\";1.5\r\n"
            "\"ligne\nsuite\";\" x\";-2\r\n"
            "été;;\r\n");
}

TEST(csv, formulas_are_disarmed) {
  for (const char* text : {"=1+1", "+1", "-1", "@x", "\tx", "\rx"}) {
    const std::string csv = write_csv(table_of({{std::string(text)}}));
    const std::string line = csv.substr(csv.find("\r\n") + 2);
    EXPECT_TRUE(line.starts_with("'") || line.starts_with("\"'")) << text;
  }
  EXPECT_THAT(write_csv(table_of({{std::string("a=1"), std::string("x"), -1.0}})), HasSubstr("a=1;x;-1\r\n"));
}

}  // namespace
}  // namespace releve::report
