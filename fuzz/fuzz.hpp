// SPDX-License-Identifier: EUPL-1.2
// What the fuzz targets share. Each defines LLVMFuzzerTestOneInput: any bytes go in; nothing may crash, leak
// or run wild (the sanitizers tell), and what comes out keeps the reader's promises (RELEVE_CHECK tells).
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/registry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace releve::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Bounds that a few kilobytes can reach.
inline intake::Limits small_limits() {
  return {.max_bytes = 10'000'000,
          .max_archive_entries = 50,
          .max_depth = 16,
          .max_token_bytes = 4'000,
          .max_edges = 2'000,
          .max_objects = 200,
          .max_cells = 50'000,
          .max_text_bytes = 1'000'000};
}

/// A reader of scans: every host can be told from others, and the limit holds for each.
template <class Reader>
int read_scan(Reader reader, std::string_view bytes) {
  const intake::Limits limits = small_limits();
  intake::MemorySource source(bytes);
  const intake::Imported<intake::Scan> read = reader(source, "fuzz", limits, intake::Watch{});
  for (const intake::ScannedHost& host : read.value.hosts) {
    RELEVE_CHECK(!host.ip.empty() || !host.fqdn.empty() || !host.netbios.empty(), "a kept host has a name");
    RELEVE_CHECK(host.weaknesses.size() + host.ports.size() <= limits.max_objects, "the limit holds");
  }
  return 0;
}

/// A reader of a list by CVE: bounded, sorted, each CVE once.
template <class Reader>
int read_cve_list(Reader reader, std::string_view bytes) {
  const intake::Limits limits = small_limits();
  intake::MemorySource source(bytes);
  const auto read = reader(source, "fuzz", limits, intake::Watch{});
  const auto& entries = read.value.entries;
  RELEVE_CHECK(entries.size() <= limits.max_objects, "the limit holds");
  const auto unordered = std::adjacent_find(entries.begin(), entries.end(),
                                            [](const auto& a, const auto& b) { return a.cve >= b.cve; });
  RELEVE_CHECK(!read.usable() || unordered == entries.end(), "sorted by CVE, each once");
  return 0;
}

/// A reader of registries: bounded, each number once and in its form, texts that a database takes.
template <class Reader>
int read_registry(Reader reader, std::string_view bytes) {
  const intake::Limits limits = small_limits();
  intake::MemorySource source(bytes);
  const intake::Imported<intake::RegistryExtract> read = reader(source, "fuzz", limits, intake::Watch{});
  const intake::RegistryExtract& extract = read.value;
  RELEVE_CHECK(
      extract.sites.size() + extract.entities.size() + extract.capacities.size() <= limits.max_objects,
      "the limit holds");
  std::set<std::string> numbers;
  for (const intake::Site& site : extract.sites) {
    RELEVE_CHECK(site.number.size() == 9 && numbers.insert(site.number).second, "each number once");
    RELEVE_CHECK(is_valid_utf8(site.name) && site.name.find('\0') == std::string::npos, "a name is text");
    RELEVE_CHECK(site.closed.empty() || site.closed.size() == 10, "a day is a day");
  }
  return 0;
}

/// Rows as sheet.hpp promises them.
inline int check_book(const intake::Workbook& book, const intake::Limits& limits) {
  std::uint64_t cells = 0;
  for (const intake::Sheet& sheet : book.sheets) {
    RELEVE_CHECK(sheet.rows.size() <= intake::max_sheet_rows, "the limit of rows holds");
    for (const auto& row : sheet.rows) {
      cells += row.size();
      RELEVE_CHECK(row.size() <= intake::max_sheet_columns, "the limit of columns holds");
      RELEVE_CHECK(row.empty() || !row.back().empty(), "no empty cell ends a row");
      for (const std::string& cell : row) {
        RELEVE_CHECK(is_valid_utf8(cell), "a cell is text");
      }
    }
  }
  RELEVE_CHECK(cells <= limits.max_cells, "the limit of cells holds");
  return 0;
}

}  // namespace releve::fuzz
