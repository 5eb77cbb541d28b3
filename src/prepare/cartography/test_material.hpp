// SPDX-License-Identifier: EUPL-1.2
// What the tests of this room share: the words and data of the repository, sheets and files made by hand.
#pragma once

#include "foundation/describe/catalogue.hpp"
#include "foundation/report/workbook.hpp"
#include "intake/sheet.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/defaults.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

namespace releve::cartography {

inline std::string repository_file(const std::string& path) {
  std::ifstream file(std::string(RELEVE_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Catalogue repository_words() {
  auto catalogue = read_catalogue(repository_file("i18n/fr.json"), repository_file("i18n/en.json"));
  EXPECT_TRUE(catalogue.ok());
  return std::move(catalogue).value();
}

inline Defaults repository_defaults() {
  auto defaults = read_defaults(repository_file("data/sectors.json"), repository_file("data/components.json"),
                                repository_file("data/roles.json"));
  EXPECT_TRUE(defaults.ok()) << defaults.error().message.code << " " << defaults.error().where;
  return std::move(defaults).value();
}

/// As a reader of XLSX gives it: numbers in their shortest form.
inline std::string text_of_cell(const report::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::get<double>(cell)).ptr;
  return {digits.data(), end};
}

/// What a spreadsheet program keeps of a table: trimmed rows of text.
inline intake::Workbook workbook_of(const std::vector<report::Table>& tables) {
  intake::Workbook workbook;
  for (const report::Table& table : tables) {
    intake::Sheet sheet{table.name, {{}}};
    for (const auto& column : table.columns) {
      sheet.rows[0].push_back(column.title);
    }
    for (const auto& cells : table.rows) {
      std::vector<std::string> row;
      for (const report::Cell& cell : cells) {
        row.push_back(text_of_cell(cell));
      }
      while (!row.empty() && row.back().empty()) {
        row.pop_back();
      }
      sheet.rows.push_back(std::move(row));
    }
    workbook.sheets.push_back(std::move(sheet));
  }
  return workbook;
}

inline Instant day(int number) {
  return Instant(std::chrono::hours(24 * number));
}

inline Source source_of(const std::string& file, Instant when) {
  Source source;
  source.file_name = file;
  source.file_hash = "hash of " + file;
  source.when = when;
  return source;
}

inline Source inventory_source(Inventory inventory, const std::string& file = "modele.xlsx", int at = 1) {
  Source source = source_of(file, day(at));
  source.format = "xlsx";
  source.inventory = std::make_shared<const Inventory>(std::move(inventory));
  return source;
}

inline Source directory_source(intake::Directory directory, const std::string& file = "collecte.zip",
                               int at = 1) {
  Source source = source_of(file, day(at));
  source.format = "sharphound";
  source.directory = std::make_shared<const intake::Directory>(std::move(directory));
  return source;
}

inline Source scan_source(intake::Scan scan, const std::string& file = "scan.nessus", int at = 1) {
  Source source = source_of(file, day(at));
  source.format = scan.format == intake::ScanFormat::nmap ? "nmap" : "nessus";
  source.scan = std::make_shared<const intake::Scan>(std::move(scan));
  return source;
}

inline intake::DirectoryObject object(std::string id, std::string name, intake::ObjectKind kind,
                                      std::uint32_t domain = 0) {
  intake::DirectoryObject o;
  o.id = std::move(id);
  o.name = std::move(name);
  o.kind = kind;
  o.domain = domain;
  o.facts =
      static_cast<std::uint32_t>(intake::Fact::described) | static_cast<std::uint32_t>(intake::Fact::enabled);
  return o;
}

inline intake::DirectoryObject computer(std::string id, std::string name, std::string system = "Windows 10",
                                        std::uint32_t domain = 0) {
  intake::DirectoryObject o = object(std::move(id), std::move(name), intake::ObjectKind::computer, domain);
  o.operating_system = std::move(system);
  return o;
}

inline intake::ScannedHost host(std::string ip, std::string fqdn = {}, std::string netbios = {}) {
  intake::ScannedHost h;
  h.ip = std::move(ip);
  h.fqdn = std::move(fqdn);
  h.netbios = std::move(netbios);
  return h;
}

inline std::size_t count_code(const std::vector<Finding>& findings, std::string_view code) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(),
                                                [&](const Finding& f) { return f.message.code == code; }));
}

inline const Finding* find_code(const std::vector<Finding>& findings, std::string_view code) {
  const auto at = std::find_if(findings.begin(), findings.end(),
                               [&](const Finding& f) { return f.message.code == code; });
  return at == findings.end() ? nullptr : &*at;
}

inline std::string param(const Finding& finding, std::string_view name) {
  for (const Param& p : finding.message.params) {
    if (p.name == name) {
      return p.value;
    }
  }
  return {};
}

/// All codes, for failure messages.
inline std::string codes(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& f : findings) {
    text += f.message.code + "@" + f.place + " ";
  }
  return text;
}

inline const Machine* machine_named(const Cartography& c, std::string_view id_or_name) {
  for (const Machine& m : c.machines) {
    if (m.id == id_or_name || m.name == id_or_name) {
      return &m;
    }
  }
  return nullptr;
}

}  // namespace releve::cartography
