// SPDX-License-Identifier: EUPL-1.2
#include "intake/corpus_for_tests.hpp"
#include "intake/readers.hpp"
#include "intake/xlsx_for_tests.hpp"
#include "intake/xlsx_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>

namespace releve::intake {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Imported<Workbook> read(std::string_view bytes, const Limits& limits = {}) {
  return read_xlsx_bytes(bytes, "inventaire.xlsx", limits, {});
}

Imported<Workbook> read_rows(const std::string& rows, const std::string& strings = {},
                             const std::string& styles = {}, const std::string& properties = {}) {
  return read(make_zip(one_sheet(rows, strings, styles, properties)));
}

std::vector<std::string> codes(const Imported<Workbook>& book) {
  std::vector<std::string> list;
  for (const Finding& finding : book.findings) {
    list.push_back(finding.message.code);
  }
  return list;
}

/// The one error of a file that cannot be used.
std::string refusal(const Imported<Workbook>& book) {
  std::string code;
  for (const Finding& finding : book.findings) {
    if (finding.severity == Severity::error) {
      code += (code.empty() ? "" : " ") + finding.message.code;
    }
  }
  return code;
}

Rows rows_of(const Imported<Workbook>& book) {
  return book.value.sheets.size() == 1 ? book.value.sheets[0].rows : Rows{{"not one sheet"}};
}

/// A path for a file of the test, removed at its end.
struct Scratch {
  std::string path =
      std::filesystem::temp_directory_path() / ("releve_sheet_test_" + std::to_string(::getpid()));

  ~Scratch() { std::filesystem::remove(path); }
};

void replace_part(Parts& parts, const std::string& name, const std::string& text) {
  for (auto& part : parts) {
    if (part.first == name) {
      part.second = text;
    }
  }
}

TEST(xlsx, numbers_without_float_noise) {
  const std::pair<const char*, const char*> cases[] = {{"3.0000000000000004", "3"},
                                                       {"0.30000000000000004", "0.3"},
                                                       {"1.5", "1.5"},
                                                       {"-2.50", "-2.5"},
                                                       {"42", "42"},
                                                       {"-0", "0"},
                                                       {"1E+3", "1000"},
                                                       {"9.9999999999999995E-7", "0.000001"},
                                                       {"12345678901234567", "12345678901234567"},
                                                       {"1.2345678901234501E+19", "12345678901234500000"},
                                                       {"1e300", "1e+300"},
                                                       {"0.1", "0.1"},
                                                       {"", ""},
                                                       {"1e999", "1e999"},
                                                       {"nan", "nan"},
                                                       {"douze", "douze"},
                                                       {" 7 ", "7"},
                                                       {"-4.5e15", "-4500000000000000"},
                                                       {"1.5e-12", "1.5e-12"},
                                                       {"0.0", "0"}};
  for (const auto& [written, shown] : cases) {
    EXPECT_EQ(xlsx::plain_number(written), shown) << written;
  }
}

TEST(xlsx, formats_that_show_dates) {
  using xlsx::Shown;
  const std::pair<const char*, Shown> cases[] = {{"General", Shown::number},
                                                 {"Standard", Shown::number},
                                                 {"0.00", Shown::number},
                                                 {"#,##0.00\\ \"jours\"", Shown::number},
                                                 {"[Red]0;[<0]\"mdy\"", Shown::number},
                                                 {"0\" h\"", Shown::number},
                                                 {"dd/mm/yyyy", Shown::date},
                                                 {"[$-40C]d\\ mmmm\\ yyyy;@", Shown::date},
                                                 {"mmm", Shown::date},
                                                 {"yyyy\\-mm\\-dd\\ hh:mm:ss", Shown::date_time},
                                                 {"h:mm AM/PM", Shown::time},
                                                 {"mm:ss", Shown::time},
                                                 {"[h]:mm", Shown::duration},
                                                 {"[mm]:ss", Shown::duration},
                                                 {"", Shown::number},
                                                 {"\"", Shown::number},
                                                 {"[", Shown::number}};
  for (const auto& [code, shown] : cases) {
    EXPECT_EQ(xlsx::shown_by_format(code), shown) << code;
  }
  EXPECT_EQ(xlsx::shown_by_format(14U), Shown::date);
  EXPECT_EQ(xlsx::shown_by_format(22U), Shown::date_time);
  EXPECT_EQ(xlsx::shown_by_format(2U), Shown::number);
}

TEST(xlsx, days_of_both_epochs) {
  using xlsx::as_date;
  using xlsx::Shown;
  EXPECT_EQ(as_date(1, Shown::date, false), "1900-01-01");
  EXPECT_EQ(as_date(59, Shown::date, false), "1900-02-28");
  EXPECT_EQ(as_date(61, Shown::date, false), "1900-03-01");
  EXPECT_EQ(as_date(46348, Shown::date, false), "2026-11-22");
  EXPECT_EQ(as_date(46348 - 1462, Shown::date, true), "2026-11-22");
  EXPECT_EQ(as_date(46348.029166667, Shown::date_time, false), "2026-11-22T00:42");
  EXPECT_EQ(as_date(46347.999999999, Shown::date_time, false), "2026-11-22T00:00");
  EXPECT_EQ(as_date(0.75, Shown::time, false), "18:00");
  EXPECT_EQ(as_date(1.5, Shown::duration, false), "36:00");
  EXPECT_EQ(as_date(2958465, Shown::date, false), "9999-12-31");
  for (const double none : {-1.0, 0.0, 2958466.0, 1e300}) {
    EXPECT_EQ(as_date(none, Shown::date, false), std::nullopt) << none;
  }
  EXPECT_EQ(as_date(2957003, Shown::date, true), "9999-12-31");
  EXPECT_EQ(as_date(2957004, Shown::date, true), std::nullopt);
}

TEST(xlsx, excel_like_file) {
  const auto book = read_rows(
      R"(<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" s="1"/></row>)"
      R"(<row r="3"><c r="B3" s="1"><v>46348</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" s="2"><v>46348.5</v></c></row>)"
      R"(<row r="4"><c r="A4" t="inlineStr"><is><r><t>Clé </t></r><r><t>=1+1</t></r></is></c><c r="XFD4" s="1"/></row>)",
      R"(<si><t xml:space="preserve">  Nom du poste </t></si>)"
      R"(<si><r><rPr><b/></rPr><t>Mise en </t></r><r><t>service</t></r><rPh sb="0" eb="1"><t>みせ</t></rPh></si>)",
      R"(<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts>)"
      R"(<cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>)"
      R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>)");
  EXPECT_EQ(rows_of(book), (Rows{{"Nom du poste", "Mise en service"},
                                 {},
                                 {"", "2026-11-22", "true", "2026-11-22T12:00"},
                                 {"Clé =1+1"}}));
  EXPECT_THAT(book.findings, IsEmpty());
  EXPECT_EQ(book.value.sheets[0].name, "Postes");
}

// LibreOffice: absolute targets, prefixes of its own, no addresses needed, "GENERAL", hidden tabs.
TEST(xlsx, libreoffice_like_file_with_hidden_sheet_and_own_order) {
  const std::string r = R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
  const auto book = read(make_zip({
      {"xl/worksheets/sheet2.xml",
       xml_head + "<worksheet " + main_space +
           R"(><sheetData><row><c t="str"><f aca="false">A1</f><v>b</v></c></row></sheetData></worksheet>)"},
      {"xl/worksheets/sheet1.xml",
       xml_head +
           R"(<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>)"
           R"(<x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>deux</x:t></x:is></x:c></x:row>)"
           R"(<x:row/><x:row><x:c t="d"><x:v>2026-11-22T00:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>)"},
      {"_rels/.rels", relations_xml({{"officeDocument", "/xl/workbook.xml"}})},
      {"xl/workbook.xml",
       xml_head + "<workbook " + main_space + " " + r +
           R"(><sheets><sheet name="Été &amp; hiver" r:id="rId2"/><sheet name="Caché" state="hidden" r:id="rId1"/>)"
           R"(<sheet name="Graphe" r:id="rId3"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", relations_xml({{"worksheet", "/xl/worksheets/sheet2.xml"},
                                                    {"worksheet", "worksheets\\Sheet1.xml"},
                                                    {"chartsheet", "chartsheets/sheet1.xml"}})},
  }));
  ASSERT_EQ(book.value.sheets.size(), 2U);
  EXPECT_EQ(book.value.sheets[0].name, "Été & hiver");
  EXPECT_EQ(book.value.sheets[0].rows, (Rows{{"1", "deux"}, {}, {"2026-11-22"}}));
  EXPECT_EQ(book.value.sheets[1].name, "Caché");
  EXPECT_EQ(book.value.sheets[1].rows, (Rows{{"b"}}));
  EXPECT_THAT(codes(book), ElementsAre("import.sheet_formulas"));
}

TEST(xlsx, file_written_by_libxlsxwriter) {
  const Scratch scratch;
  lxw_workbook* writer = workbook_new(scratch.path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(writer, "Applications");
  lxw_format* date = workbook_add_format(writer);
  format_set_num_format(date, "d mmmm yyyy");
  worksheet_write_string(sheet, 0, 0, "Dossier patient\r\nfictif", nullptr);
  worksheet_write_number(sheet, 0, 1, 0.1 + 0.2, nullptr);
  worksheet_write_boolean(sheet, 0, 2, 0, nullptr);
  lxw_datetime day{2026, 11, 22, 0, 0, 0};
  worksheet_write_datetime(sheet, 1, 3, &day, date);
  worksheet_write_string(sheet, 2, 0, "@SOMME(1)", nullptr);
  worksheet_merge_range(sheet, 3, 0, 3, 2, "fusion", nullptr);
  worksheet_write_formula_num(sheet, 4, 0, "=1+1", nullptr, 2);
  worksheet_hide(workbook_add_worksheet(writer, "Vide"));
  ASSERT_EQ(workbook_close(writer), LXW_NO_ERROR);
  const auto book = read_xlsx(scratch.path, "applications.xlsx", {}, {});
  ASSERT_EQ(book.value.sheets.size(), 2U);
  EXPECT_EQ(book.value.sheets[0].rows, (Rows{{"Dossier patient\nfictif", "0.3", "false"},
                                             {"", "", "", "2026-11-22"},
                                             {"@SOMME(1)"},
                                             {"fusion"},
                                             {"2"}}));
  EXPECT_THAT(book.value.sheets[1].rows, IsEmpty());
  EXPECT_THAT(codes(book), ElementsAre("import.sheet_formulas"));
  EXPECT_EQ(book.findings[0].place, "Applications!A5");
  EXPECT_EQ(book.findings[0].file, "applications.xlsx");
}

TEST(xlsx, errors_and_formulas_are_told_with_their_address) {
  const auto book = read_rows(
      R"(<row r="1"><c r="A1" t="e"><f>B1</f><v>#REF!</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>)"
      R"(<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" s="9"><v>5</v></c><c r="F1" t="s"><v>7</v></c></row>)");
  EXPECT_EQ(rows_of(book), (Rows{{"", "", "", "", "5"}}));
  EXPECT_TRUE(book.usable());
  EXPECT_THAT(codes(book),
              ElementsAre("import.sheet_cell_error", "import.sheet_formula_empty",
                          "import.sheet_formula_empty", "import.sheet_bad_string", "import.sheet_formulas"));
  EXPECT_EQ(book.findings[0].place, "Postes!A1");
  EXPECT_EQ(book.findings[0].message.params[2].value, "#REF!");
  EXPECT_EQ(book.findings[2].place, "Postes!C1");
  EXPECT_EQ(book.findings[4].severity, Severity::note);
  EXPECT_EQ(book.findings[4].message.params[1].value, "4");
}

TEST(xlsx, dates_of_1904_and_impossible_days) {
  const std::string styles = R"(<cellXfs><xf numFmtId="14"/></cellXfs>)";
  const std::string rows = R"(<row><c s="0"><v>44886</v></c><c s="0"><v>-3</v></c></row>)";
  EXPECT_EQ(rows_of(read_rows(rows, "", styles, R"(<workbookPr date1904="1"/>)")),
            (Rows{{"2026-11-22", "-3"}}));
  const auto book = read_rows(rows, "", styles);
  EXPECT_EQ(rows_of(book), (Rows{{"2022-11-21", "-3"}}));
  EXPECT_THAT(codes(book), ElementsAre("import.sheet_bad_date"));
}

TEST(xlsx, escapes_blanks_and_strange_order) {
  const auto book = read_rows(R"(<row r="2"><c r="B2" t="inlineStr"><is><t>a_x000D_)"
                              "\n"
                              R"(b_x0041__x005F_x0041__xD800_</t></is></c></row>)"
                              R"(<row r="1"><c r="A1" t="str"><v>)"
                              "\xC2\xA0 x\xE2\x80\xAF"
                              R"(</v></c><c r="bad" t="str"><v>y_x0000_z</v></c></row>)");
  EXPECT_EQ(rows_of(book), (Rows{{"x", "y z"}, {"", "a\nbA_x0041_\xEF\xBF\xBD"}}));
}

TEST(xlsx, what_is_no_xlsx_is_named) {
  const std::string ole = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(2000, '\0');
  std::string encrypted = ole;
  encrypted[30] = 9;  // sectors of 512 bytes
  encrypted[48] = 1;  // the directory in sector 1
  encrypted.resize(80'000, '\0');
  std::string far = encrypted;
  far[48] = static_cast<char>(140);  // beyond the first 64 KB
  for (std::size_t i = 0; i < 16; ++i) {
    encrypted[1024 + 2 * i] = "EncryptedPackage"[i];
    far[141 * 512 + 2 * i] = "EncryptedPackage"[i];
  }
  const std::pair<std::string, std::string> cases[] = {
      {"", "import.empty_file"},
      {"nom;service\n", "import.sheet_not_xlsx"},
      {"<html><table>", "import.sheet_not_xlsx"},
      {ole, "import.sheet_old_xls"},
      {encrypted, "import.sheet_password"},
      {far, "import.sheet_password"},
      {make_zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}}),
       "import.sheet_ods"},
      {make_zip({{"xl/workbook.bin", "x"}}), "import.sheet_xlsb"},
      {make_zip({{"word/document.xml", "<x/>"}}), "import.sheet_not_xlsx"},
      {make_zip(one_sheet("<row/>"), "zip:encryption=traditional"), "import.sheet_password"},
      {make_zip(one_sheet("<row/>")).substr(0, 600), "import.sheet_archive_damaged"}};
  for (const auto& [bytes, code] : cases) {
    EXPECT_EQ(refusal(read(bytes)), code);
  }
  EXPECT_EQ(refusal(read_xlsx("/nowhere/at/all.xlsx", "all.xlsx", {}, {})), "import.cannot_open");
}

TEST(xlsx, damaged_parts_are_refused) {
  const std::string good = R"(<row><c t="str"><v>mot</v></c></row>)";
  Parts parts = one_sheet(good);
  EXPECT_TRUE(read(make_zip(parts)).usable());
  replace_part(parts, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c>");
  EXPECT_EQ(refusal(read(make_zip(parts))), "import.sheet_xml_damaged");
  replace_part(
      parts, "xl/worksheets/sheet1.xml",
      R"(<!DOCTYPE w [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&c;</v></c></row></sheetData></worksheet>)");
  const auto bomb = read(make_zip(parts));
  EXPECT_EQ(refusal(bomb), "import.sheet_xml_doctype");
  EXPECT_EQ(rows_of(bomb), Rows{});
  std::string deep;
  for (int i = 0; i < 70; ++i) {
    deep += "<a>";
  }
  replace_part(parts, "xl/worksheets/sheet1.xml", deep);
  EXPECT_EQ(refusal(read(make_zip(parts))), "import.sheet_xml_deep");
  // One flipped byte inside a stored part: the checksum tells.
  std::string stored = make_zip(one_sheet(good), "zip:compression=store");
  stored[stored.find("mot")] = 'l';
  EXPECT_EQ(refusal(read(stored)), "import.sheet_archive_damaged");
}

TEST(xlsx, missing_sheet_part_is_told) {
  Parts parts = one_sheet("<row/>");
  std::erase_if(parts, [](const auto& part) { return part.first.starts_with("xl/worksheets"); });
  const auto book = read(make_zip(parts));
  EXPECT_TRUE(book.usable());
  EXPECT_THAT(codes(book), ElementsAre("import.sheet_part_missing", "import.sheet_nothing"));
}

TEST(xlsx, bounds_are_kept_and_named) {
  const std::string far_cell = R"(<row><c r="SS1" t="str"><v>x</v></c></row>)";  // column 513
  EXPECT_EQ(rows_of(read_rows(R"(<row><c r="SR1"><v>1</v></c></row>)"))[0].size(), 512U);
  const auto wide = read_rows(far_cell);
  EXPECT_EQ(refusal(wide), "import.sheet_too_wide");
  EXPECT_EQ(wide.findings[0].place, "Postes!SS1");
  EXPECT_EQ(rows_of(read_rows(R"(<row r="200000"><c><v>1</v></c></row>)")).size(), 200'000U);
  EXPECT_EQ(refusal(read_rows(R"(<row r="200001"><c><v>1</v></c></row>)")), "import.sheet_too_long");
  Limits limits;
  limits.max_cells = 1000;
  std::string rows;
  for (int i = 0; i < 3; ++i) {
    rows += R"(<row><c r="SR)" + std::to_string(i + 1) + R"("><v>1</v></c></row>)";
  }
  EXPECT_EQ(refusal(read(make_zip(one_sheet(rows)), limits)), "import.sheet_too_many_cells");
  limits = {};
  limits.max_text_bytes = 100;
  const std::string string = "<si><t>" + std::string(60, 'x') + "</t></si>";
  const std::string twice = R"(<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>)";
  EXPECT_EQ(refusal(read(make_zip(one_sheet(twice, string)), limits)), "import.sheet_too_much_text");
  limits = {};
  limits.max_archive_entries = 5;
  EXPECT_EQ(refusal(read(make_zip(one_sheet("<row/>")), limits)), "import.sheet_archive_entries");
  limits = {};
  limits.max_token_bytes = 50;
  EXPECT_EQ(refusal(read(make_zip(one_sheet(twice, string)), limits)), "import.sheet_xml_long");
  limits.max_token_bytes = 70;
  const std::string runs =
      "<si><r><t>" + std::string(60, 'x') + "</t></r><r><t>" + std::string(60, 'x') + "</t></r></si>";
  EXPECT_EQ(refusal(read(make_zip(one_sheet(twice, runs)), limits)), "import.sheet_xml_long");
}

TEST(xlsx, bombs_are_refused) {
  const std::string blank = one_sheet("<row/>" + std::string(40'000'000, ' '))[3].second;
  Parts parts = one_sheet("");
  replace_part(parts, "xl/worksheets/sheet1.xml", blank);
  const std::string bomb = make_zip(parts);
  EXPECT_LT(bomb.size(), 60'000U);
  EXPECT_EQ(refusal(read(bomb)), "import.sheet_archive_ratio");
  Limits limits;
  limits.max_ratio = 5000;
  limits.max_token_bytes = 100'000'000;
  EXPECT_EQ(refusal(read(bomb, limits)), "");
  limits.max_bytes = 30'000'000;
  EXPECT_EQ(refusal(read(bomb, limits)), "import.sheet_archive_bytes");
}

TEST(xlsx, list_of_the_archive_is_bounded_before_it_is_loaded) {
  Parts parts;
  for (int i = 0; i < 20'000; ++i) {
    parts.emplace_back("part" + std::to_string(i) + std::string(80, 'x'), "");
  }
  Limits limits;
  limits.max_archive_entries = 100;
  EXPECT_EQ(refusal(read(make_zip(parts), limits)), "import.sheet_archive_entries");
}

TEST(xlsx, can_be_cancelled_and_tells_progress) {
  const std::string bytes = make_zip(one_sheet("<row><c><v>1</v></c></row>"));
  std::stop_source source;
  std::uint64_t told = 0;
  Watch watch{[&](std::uint64_t count) { told = count; }, source.get_token()};
  EXPECT_TRUE(read_xlsx_bytes(bytes, "x.xlsx", {}, watch).usable());
  EXPECT_GT(told, 0U);
  EXPECT_LE(told, bytes.size());
  source.request_stop();
  EXPECT_EQ(refusal(read_xlsx_bytes(bytes, "x.xlsx", {}, watch)), "import.cancelled");
}

TEST(xlsx, every_cut_of_a_file_is_survived) {
  const std::string bytes =
      make_zip(one_sheet(R"(<row><c t="s"><v>0</v></c><c><v>1.5</v></c></row>)", "<si><t>un</t></si>"));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(read(std::string_view(bytes).substr(0, length)).usable()) << length;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    read(changed);
  }
}

TEST(xlsx, corpus_is_replayed) {
  const auto files = corpus_files("xlsx");
  ASSERT_FALSE(files.empty());
  std::size_t usable = 0;
  for (const auto& [name, bytes] : files) {
    const auto book = read(bytes);
    usable += book.usable() ? 1U : 0U;
    for (const Sheet& sheet : book.value.sheets) {
      EXPECT_LE(sheet.rows.size(), max_sheet_rows) << name;
    }
  }
  EXPECT_GT(usable, 0U);
}

TEST(xlsx, real_file_of_injects) {
  const std::string path = RELEVE_SHARED_DATA "/exercices/openbas-injects-1.xlsx";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "no real data";
  }
  const auto book = read_xlsx(path, "openbas-injects-1.xlsx", {}, {});
  EXPECT_TRUE(book.usable());
  ASSERT_EQ(book.value.sheets.size(), 1U);
  EXPECT_EQ(book.value.sheets[0].name, "CHECKLIST");
  EXPECT_THAT(book.value.sheets[0].rows[0], Contains("Send an SMS"));
}

}  // namespace
}  // namespace releve::intake
