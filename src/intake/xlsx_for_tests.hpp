// SPDX-License-Identifier: EUPL-1.2
// Fictional XLSX files made by hand, as Excel and LibreOffice write them. For tests only.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace releve::intake {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_of(const Parts& parts, const char* options = nullptr) {
  std::string bytes;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  if (options != nullptr && archive_write_set_options(writer, options) != ARCHIVE_OK) {
    throw std::runtime_error(archive_error_string(writer));
  }
  archive_write_set_passphrase(writer, "secret");
  archive_write_open2(
      writer, &bytes, nullptr,
      [](archive*, void* to, const void* data, std::size_t count) {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), count);
        return static_cast<la_ssize_t>(count);
      },
      nullptr, nullptr);
  for (const auto& [name, text] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return bytes;
}

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
