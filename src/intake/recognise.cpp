// SPDX-License-Identifier: EUPL-1.2
// The content decides; the name settles only what the content leaves open (an empty file, plain text).
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/xml.hpp"

#include <archive.h>

#include <algorithm>
#include <array>
#include <memory>

namespace releve::intake {

namespace {

bool has(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

std::string_view without_mark(std::string_view text) {
  return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

unsigned little_endian(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) |
         static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8;
}

/// The names of the members whose local headers lie in the head; compressed data may mimic one, rarely.
std::optional<Format> recognise_zip(const std::string& name, std::string_view head) {
  static constexpr std::string_view signature = "PK\x03\x04";
  static constexpr std::size_t header_bytes = 30;
  bool office = false;
  for (std::size_t at = head.find(signature); at != std::string_view::npos;
       at = head.find(signature, at + 4)) {
    if (at + header_bytes > head.size()) {
      break;
    }
    const std::string member = to_lower(head.substr(at + header_bytes, little_endian(head, at + 26)));
    if (member.starts_with("xl/")) {
      return Format::xlsx;
    }
    if (member.starts_with("word/") || member.starts_with("ppt/") || member == "mimetype") {
      return std::nullopt;
    }
    if (member.ends_with(".json") && !office) {
      return Format::sharphound;
    }
    office = office || member == "[content_types].xml" || member.starts_with("_rels/") ||
             member.starts_with("docprops/");
  }
  if (office) {
    return name.ends_with(".xlsx") || name.ends_with(".xlsm") ? std::optional(Format::xlsx) : std::nullopt;
  }
  return has(name, "bloodhound") || has(name, "sharphound") ? std::optional(Format::sharphound)
                                                            : std::nullopt;
}

std::optional<Format> recognise_xml(std::string_view head) {
  const std::string root = xml_root(head);
  if (root == "nmaprun") {
    return Format::nmap;
  }
  if (root == "NessusClientData_v2") {
    return Format::nessus;
  }
  if (root == "HealthcheckData") {
    return Format::pingcastle;
  }
  if (root == "get_reports_response") {
    return Format::openvas;
  }
  if (root != "report") {
    return std::nullopt;
  }
  std::string plain(head);
  std::erase(plain, '\0');
  static constexpr std::array<std::string_view, 7> signs{
      "format_id=", "<gmp>", "<omp>", "<scan_run_status>", "<nvt oid", "<scan_start>", "<report_format"};
  const bool greenbone = std::any_of(signs.begin(), signs.end(), [&](auto sign) { return has(plain, sign); });
  return greenbone ? std::optional(Format::openvas) : std::nullopt;
}

std::optional<Format> recognise_json(std::string_view head) {
  if (has(head, "\"catalogVersion\"") || (has(head, "\"cveID\"") && has(head, "\"vulnerabilities\""))) {
    return Format::kev;
  }
  // "meta" may come last, megabytes away; the objects show themselves by their keys.
  const bool header = has(head, "\"meta\"") && has(head, "\"type\"") && has(head, "\"count\"");
  const bool objects = has(head, "\"ObjectIdentifier\"") || has(head, "\"PrimaryGroupSID\"") ||
                       has(head, "\"IsACLProtected\"") || has(head, "\"ChildObjects\"");
  return header || objects ? std::optional(Format::sharphound) : std::nullopt;
}

bool is_epss(std::string_view text) {
  const std::string_view plain = without_mark(text);
  const std::string start = to_lower(plain.substr(0, 400));
  return start.starts_with("#model_version") || start.starts_with("cve,epss");
}

struct CloseArchive {
  void operator()(archive* opened) const { archive_read_free(opened); }
};

/// The first bytes inside a gzip file.
std::string unpacked_head(std::string_view head) {
  const std::unique_ptr<archive, CloseArchive> opened(archive_read_new());
  std::array<char, 512> text{};
  archive_entry* entry = nullptr;
  if (!opened || archive_read_support_filter_gzip(opened.get()) != ARCHIVE_OK ||
      archive_read_support_format_raw(opened.get()) != ARCHIVE_OK ||
      archive_read_open_memory(opened.get(), head.data(), head.size()) != ARCHIVE_OK ||
      archive_read_next_header(opened.get(), &entry) != ARCHIVE_OK) {
    return {};
  }
  const auto count = archive_read_data(opened.get(), text.data(), text.size());
  return count > 0 ? std::string(text.data(), static_cast<std::size_t>(count)) : std::string();
}

/// Two lines with the same number of the same separator. A single line counts when it has several cells.
bool looks_like_table(std::string_view text) {
  const std::size_t end = text.find('\n');
  const std::string_view first = text.substr(0, end);
  const std::string_view rest = end == std::string_view::npos ? "" : text.substr(end + 1);
  const std::string_view second = rest.substr(0, rest.find('\n'));
  for (const char separator : {';', ',', '\t', '|'}) {
    const auto cells = std::count(first.begin(), first.end(), separator);
    const auto below = std::count(second.begin(), second.end(), separator);
    if (cells > 0 && (cells == below || (second.empty() && cells > 1))) {
      return true;
    }
  }
  return false;
}

std::optional<Format> recognise_text(const std::string& name, std::string_view head) {
  if (is_epss(head)) {
    return Format::epss;
  }
  const bool wide = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  const bool named = name.ends_with(".csv") || name.ends_with(".tsv");
  const bool control = std::any_of(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  if (control && !wide && !named) {  // of one that is named so, its reader says what is wrong
    return std::nullopt;
  }
  return named || (!wide && looks_like_table(without_mark(head))) ? std::optional(Format::csv) : std::nullopt;
}

std::optional<Format> recognise_name(const std::string& name) {
  struct Ending {
    std::string_view text;
    Format format;
  };

  static constexpr std::array<Ending, 4> endings{
      {{".nessus", Format::nessus}, {".xlsx", Format::xlsx}, {".csv", Format::csv}, {".tsv", Format::csv}}};
  for (const Ending& ending : endings) {
    if (name.ends_with(ending.text)) {
      return ending.format;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Format> recognise(std::string_view file_name, std::string_view head) {
  const std::string name = to_lower(file_name);
  const std::string_view text = trim(without_mark(head));
  if (text.empty()) {
    return recognise_name(name);  // so that its reader says that it is empty
  }
  if (head.starts_with("PK\x03\x04")) {
    return recognise_zip(name, head);
  }
  if (head.starts_with("\x1F\x8B")) {
    const bool epss = is_epss(unpacked_head(head));
    return epss ? std::optional(Format::epss) : std::nullopt;
  }
  const bool wide_xml = head.substr(0, 4).find('<') != std::string_view::npos &&
                        head.substr(0, 4).find('\0') != std::string_view::npos;
  if (text.front() == '<' || wide_xml) {
    const auto format = recognise_xml(head);
    // A document type full of entities hides the root: the reader refuses it by its name.
    return format || !name.ends_with(".nessus") ? format : std::optional(Format::nessus);
  }
  if (text.front() == '{' || text.front() == '[') {
    return recognise_json(text);
  }
  return recognise_text(name, head);
}

Imported<Workbook> read_spreadsheet(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("PK")) {
    return read_xlsx_bytes(bytes, file, {}, {});
  }
  MemorySource source(bytes);
  return read_csv(source, file, {}, {});
}

}  // namespace releve::intake
