// SPDX-License-Identifier: EUPL-1.2
// From a file on disk to a Source: recognised, read by its reader, and said in one line.
// The only place where this room touches the disk; pure otherwise, thread-safe.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "intake/readers.hpp"
#include "prepare/cartography/template.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

/// Changes when a reader gives other values for the same bytes.
inline constexpr const char* reader_version = "1";

struct ReadOptions {
  intake::Limits limits;
  intake::Watch watch;
  std::optional<std::vector<ColumnMapping>> mapping;  // of a spreadsheet that is not the template
  /// Asked with header_key() when no mapping is given: one remembered from an earlier import, or none.
  std::function<std::optional<std::vector<ColumnMapping>>(const std::string& key)> remembered;
};

struct ReadFile {
  Source source;
  std::string format;  // "sharphound", "nmap" …, "template", "sheet"
  std::vector<Finding> findings;
  Message recognised;                  // "SharpHound v6 collection, domain X, 3,012 accounts"
  std::vector<ColumnMapping> mapping;  // of a "sheet": what was used
  std::vector<std::string> columns;    // of a "sheet": its headers, "tab: header"
  std::string mapping_key;
  bool usable() const;  // no finding of severity error
};

/// `name` is what the user called it. Errors: import.cannot_open, import.cannot_read, import.not_recognised,
/// import.empty_file, import.is_utf_16, import.cancelled. A file whose content is wrong is no error: see
/// findings.
Result<ReadFile> read_file(const std::string& path, const std::string& name, Instant when,
                           const Catalogue& catalogue, const ReadOptions& options);

/// A text for people and not for a reader: LISEZMOI.txt, README.md, LICENSE …
bool is_documentation(std::string_view name);

/// The files of a folder (not its subfolders), or the entries of a zip unpacked into `scratch`; in the order
/// of their names; hidden files are left out. A SharpHound zip is one file. Errors: import.cannot_open,
/// archive.*.
struct NamedPath {
  std::string name;
  std::string path;
};

Result<std::vector<NamedPath>> list_exports(const std::string& folder_or_zip, const std::string& scratch);

}  // namespace releve::cartography
