// SPDX-License-Identifier: EUPL-1.2
// Fictional XLSX files made by hand, as Excel and LibreOffice write them. For tests only.
#pragma once

#include "intake/packed_for_tests.hpp"

#include <string>
#include <utility>
#include <vector>

namespace releve::intake {

using Parts = NamedFiles;

inline const std::string xml_head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                    "\n";
inline const std::string main_space = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";

inline std::string relations_xml(const std::vector<std::pair<std::string, std::string>>& type_and_target) {
  std::string text =
      xml_head + R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
  int id = 0;
  for (const auto& [type, target] : type_and_target) {
    text += R"(<Relationship Id="rId)" + std::to_string(++id) +
            R"(" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/)" + type +
            R"(" Target=")" + target + R"("/>)";
  }
  return text + "</Relationships>";
}

/// Parts of a workbook with one tab, "Postes", whose sheetData holds `rows`.
inline Parts one_sheet(const std::string& rows, const std::string& strings = {},
                       const std::string& styles = {}, const std::string& properties = {}) {
  return {
      {"_rels/.rels", relations_xml({{"officeDocument", "xl/workbook.xml"}})},
      {"xl/workbook.xml",
       xml_head + "<workbook " + main_space +
           R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)" + properties +
           R"(<sheets><sheet name="Postes" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", relations_xml({{"worksheet", "worksheets/sheet1.xml"},
                                                    {"sharedStrings", "sharedStrings.xml"},
                                                    {"styles", "styles.xml"}})},
      {"xl/worksheets/sheet1.xml",
       xml_head + "<worksheet " + main_space + "><sheetData>" + rows + "</sheetData></worksheet>"},
      {"xl/sharedStrings.xml", xml_head + "<sst " + main_space + ">" + strings + "</sst>"},
      {"xl/styles.xml", xml_head + "<styleSheet " + main_space + ">" + styles + "</styleSheet>"},
  };
}

}  // namespace releve::intake
