// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/sources.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "intake/archive.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace releve::cartography {

using intake::Format;

namespace {

constexpr std::size_t head_bytes = 65536;
constexpr std::size_t block_bytes = 65536;

struct Sniffed {
  std::string head;
  std::string hash;
};

/// First bytes for recognition, and the hash of the whole.
Result<Sniffed> sniff(const std::string& path) {
  intake::FileSource source(path);
  Sniffed sniffed;
  Hasher hasher;
  std::array<char, block_bytes> block{};
  for (std::size_t count = source.read(block); count > 0; count = source.read(block)) {
    hasher.update({block.data(), count});
    if (sniffed.head.size() < head_bytes) {
      sniffed.head.append(block.data(), std::min(count, head_bytes - sniffed.head.size()));
    }
  }
  if (const Error* failure = source.failure()) {
    return *failure;
  }
  sniffed.hash = hasher.hex();
  return sniffed;
}

std::string number(std::size_t value) {
  return std::to_string(value);
}

template <class Value>
std::shared_ptr<const Value> take(intake::Imported<Value>&& imported, std::vector<Finding>& findings) {
  findings = std::move(imported.findings);
  return std::make_shared<const Value>(std::move(imported.value));
}

const char* scan_code(intake::ScanFormat format) {
  switch (format) {
    case intake::ScanFormat::nmap:
      return "import.is_nmap";
    case intake::ScanFormat::nessus:
      return "import.is_nessus";
    case intake::ScanFormat::openvas:
      return "import.is_openvas";
  }
  return "import.is_nmap";
}

Message recognised_directory(const intake::Directory& directory) {
  std::size_t accounts = 0;
  std::size_t computers = 0;
  for (const auto& object : directory.objects) {
    accounts += object.kind == intake::ObjectKind::user ? 1 : 0;
    computers += object.kind == intake::ObjectKind::computer ? 1 : 0;
  }
  if (directory.objects.empty()) {
    return message("import.is_sharphound_unread");
  }
  std::vector<Param> known{{"accounts", number(accounts)},
                           {"computers", number(computers)},
                           {"relations", number(directory.relations.size())}};
  // A collection that is cut, or whose header says nothing, lacks one or the other.
  if (directory.format_version == 0 || directory.domains.empty() || directory.domains.front().name.empty()) {
    return message("import.is_sharphound_part", std::move(known));
  }
  known.push_back({"version", std::to_string(directory.format_version)});
  known.push_back({"domain", directory.domains.front().name});
  return message("import.is_sharphound", std::move(known));
}

Message recognised_scan(const intake::Scan& scan) {
  std::size_t weaknesses = 0;
  for (const auto& host : scan.hosts) {
    weaknesses += host.weaknesses.size();
  }
  return message(scan_code(scan.format),
                 {{"hosts", number(scan.hosts.size())}, {"weaknesses", number(weaknesses)}});
}

void read_spreadsheet(intake::Imported<intake::Workbook> workbook, Instant when, const std::string& name,
                      const Catalogue& catalogue, const ReadOptions& options, ReadFile& file) {
  file.findings = std::move(workbook.findings);
  if (!file.usable()) {
    return;
  }
  intake::Imported<Inventory> inventory;
  if (is_template(workbook.value, catalogue)) {
    file.format = "template";
    inventory = read_template(workbook.value, name, when, catalogue);
  } else {
    file.format = "sheet";
    file.mapping_key = header_key(workbook.value);
    const auto remembered =
        options.remembered && !options.mapping ? options.remembered(file.mapping_key) : std::nullopt;
    file.mapping = options.mapping ? *options.mapping
                   : remembered    ? *remembered
                                   : guess_mapping(workbook.value, catalogue);
    for (const auto& sheet : workbook.value.sheets) {
      for (const auto& cell : sheet.rows.empty() ? std::vector<std::string>{} : sheet.rows.front()) {
        file.columns.push_back(sheet.name + ": " + cell);
      }
    }
    inventory = read_mapped(workbook.value, file.mapping, name, when, catalogue);
  }
  file.findings.insert(file.findings.end(), inventory.findings.begin(), inventory.findings.end());
  file.recognised = message(file.format == "template" ? "import.is_template" : "import.is_sheet",
                            {{"services", number(inventory.value.services.size())},
                             {"applications", number(inventory.value.applications.size())},
                             {"components", number(inventory.value.components.size())},
                             {"dependencies", number(inventory.value.dependencies.size())},
                             {"zones", number(inventory.value.zones.size())}});
  file.source.inventory = std::make_shared<const Inventory>(std::move(inventory.value));
}

}  // namespace

bool ReadFile::usable() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::error; });
}

Result<ReadFile> read_file(const std::string& path, const std::string& name, Instant when,
                           const Catalogue& catalogue, const ReadOptions& options) {
  const Sniffed sniffed = TRY(sniff(path));
  const auto format = intake::recognise(name, sniffed.head);
  if (!format && sniffed.head.empty()) {
    return Error{ErrorKind::invalid, message("import.empty_file"), name};
  }
  if (!format && (sniffed.head.starts_with("\xFF\xFE") || sniffed.head.starts_with("\xFE\xFF"))) {
    return Error{ErrorKind::invalid, message("import.is_utf_16", {{"file", name}}), name};
  }
  if (!format) {
    return Error{ErrorKind::invalid, message("import.not_recognised", {{"file", name}}), name};
  }
  ReadFile file;
  file.source.file_name = name;
  file.source.file_hash = sniffed.hash;
  file.source.when = when;
  intake::FileSource source(path);
  const auto& limits = options.limits;
  const auto& watch = options.watch;
  switch (*format) {
    case Format::sharphound:
      file.format = "sharphound";
      file.source.directory = take(intake::read_sharphound(source, name, limits, watch), file.findings);
      file.recognised = recognised_directory(*file.source.directory);
      break;
    case Format::nmap:
      file.format = "nmap";
      file.source.scan = take(intake::read_nmap(source, name, limits, watch), file.findings);
      break;
    case Format::nessus:
      file.format = "nessus";
      file.source.scan = take(intake::read_nessus(source, name, limits, watch), file.findings);
      break;
    case Format::openvas:
      file.format = "openvas";
      file.source.scan = take(intake::read_openvas(source, name, limits, watch), file.findings);
      break;
    case Format::pingcastle:
      file.format = "pingcastle";
      file.source.health = take(intake::read_pingcastle(source, name, limits, watch), file.findings);
      file.recognised = message(
          "import.is_pingcastle",
          {{"domain", file.source.health->domain}, {"rules", number(file.source.health->rules.size())}});
      break;
    case Format::kev:
      file.format = "kev";
      file.source.kev = take(intake::read_kev(source, name, limits, watch), file.findings);
      file.recognised = message("import.is_kev", {{"entries", number(file.source.kev->entries.size())}});
      break;
    case Format::epss:
      file.format = "epss";
      file.source.epss = take(intake::read_epss(source, name, limits, watch), file.findings);
      file.recognised = message("import.is_epss", {{"entries", number(file.source.epss->entries.size())}});
      break;
    case Format::xlsx:
      read_spreadsheet(intake::read_xlsx(path, name, limits, watch), when, name, catalogue, options, file);
      break;
    case Format::csv:
      read_spreadsheet(intake::read_csv(source, name, limits, watch), when, name, catalogue, options, file);
      break;
  }
  if (file.source.scan) {
    file.recognised = recognised_scan(*file.source.scan);
  }
  file.source.format = file.format;
  return file;
}

/// A zip whose files are all JSON is a directory collection, read as it is.
static Result<bool> is_collection(const std::string& path) {
  intake::FileSource packed(path);
  intake::Archive archive(packed, intake::Packing::zip, {});
  bool all_json = true;
  bool any = false;
  while (const auto entry = archive.next()) {
    any = true;
    all_json = all_json && to_lower(entry->name).ends_with(".json");
  }
  if (const Error* failure = archive.failure()) {
    return *failure;
  }
  return all_json && any;
}

static Result<std::vector<NamedPath>> unpack(const std::string& path, const std::string& scratch) {
  intake::FileSource packed(path);
  intake::Archive archive(packed, intake::Packing::zip, {});
  std::vector<NamedPath> files;
  std::vector<char> block(block_bytes);
  while (const auto entry = archive.next()) {
    if (entry->name.starts_with(".")) {  // what macOS adds
      continue;
    }
    // Never a path from the archive: a number names the file on disk, its ending helps nobody.
    const std::string place = scratch + "/" + std::to_string(files.size());
    std::ofstream out(place, std::ios::binary);
    for (std::size_t count = archive.read(block); count > 0; count = archive.read(block)) {
      out.write(block.data(), static_cast<std::streamsize>(count));
    }
    if (!out.flush()) {
      throw EnvironmentFailure("cannot write " + place);
    }
    files.push_back({entry->name, place});
  }
  if (const Error* failure = archive.failure()) {
    return *failure;
  }
  return files;
}

bool is_documentation(std::string_view name) {
  const std::string lower = to_lower(name);
  const std::size_t dot = lower.rfind('.');
  const std::string stem = lower.substr(0, dot);
  const std::string ending = dot == std::string::npos ? "" : lower.substr(dot + 1);
  constexpr std::array endings{"", "txt", "md", "rst", "html", "pdf"};
  constexpr std::array stems{"readme",   "lisezmoi", "lisez-moi", "license", "licence",
                             "licenses", "copying",  "changelog", "sources"};
  return std::find(endings.begin(), endings.end(), ending) != endings.end() &&
         std::any_of(stems.begin(), stems.end(), [&](std::string_view one) {
           return stem == one || ((one == "readme" || one.starts_with("lisez")) && stem.starts_with(one));
         });
}

Result<std::vector<NamedPath>> list_exports(const std::string& folder_or_zip, const std::string& scratch) {
  namespace fs = std::filesystem;
  std::error_code fault;
  std::vector<NamedPath> files;
  if (fs::is_directory(folder_or_zip, fault)) {
    for (const auto& entry : fs::directory_iterator(folder_or_zip, fault)) {
      const std::string name = entry.path().filename().string();
      if (entry.is_regular_file() && !name.starts_with(".")) {
        files.push_back({name, entry.path().string()});
      }
    }
  } else {
    const Sniffed sniffed = TRY(sniff(folder_or_zip));
    const std::string name = fs::path(folder_or_zip).filename().string();
    if (!to_lower(name).ends_with(".xlsx") && intake::packing_of(sniffed.head) == intake::Packing::zip &&
        !TRY(is_collection(folder_or_zip))) {
      files = TRY(unpack(folder_or_zip, scratch));
    } else {
      files.push_back({name, folder_or_zip});
    }
  }
  if (fault) {
    return Error{ErrorKind::not_found,
                 message("import.cannot_open", {{"file", folder_or_zip}, {"reason", fault.message()}}),
                 folder_or_zip};
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

}  // namespace releve::cartography
