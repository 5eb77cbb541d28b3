// SPDX-License-Identifier: EUPL-1.2
// FIRST's EPSS scores, one line per CVE, plain or gzip:
//   #model_version:v2025.03.14,score_date:2026-05-23T12:55:00Z
//   cve,epss,percentile
//   CVE-2021-44228,0.94358,0.99957
#include "foundation/base/text.hpp"
#include "intake/archive.hpp"
#include "intake/lines.hpp"
#include "intake/readable.hpp"
#include "intake/readers.hpp"
#include "intake/watched_source.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace releve::intake {

namespace {

/// A plain decimal number of 0 to 1: no blanks, no sign, no exponent-less words, no comma.
std::optional<float> probability(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (text.empty() || text.front() == '-' || fault != std::errc() || stop != end ||
      !(value >= 0 && value <= 1)) {
    return std::nullopt;
  }
  return static_cast<float>(value);
}

class EpssReader {
 public:
  EpssReader(EpssTable& table, Findings& findings, const Limits& limits)
      : table_(table), findings_(findings), limits_(limits) {}

  /// False: nothing more should be read.
  bool line(std::string_view text) {
    ++number_;
    if (number_ == 1 && text.starts_with("\xef\xbb\xbf")) {
      text.remove_prefix(3);
    }
    if (trim(text).empty()) {
      return true;
    }
    if (text.front() == '#') {
      comment(text.substr(1));
      return true;
    }
    return has_header_ ? row(text) : header(text);
  }

  void finish() {
    if (!has_header_) {
      findings_.add(Severity::error, message("epss.no_header"));
      return;
    }
    if (table_.entries.empty()) {
      findings_.add(Severity::error, message("epss.empty"));
    }
    if (!table_.scored) {
      findings_.add(Severity::note, message("epss.no_date"));
    }
    merge();
  }

 private:
  /// "model_version:v2025.03.14,score_date:2026-05-23T12:55:00+0000"
  void comment(std::string_view text) {
    for (const std::string_view part : split(text, ',')) {
      const std::size_t colon = part.find(':');
      const std::string_view name = trim(part.substr(0, colon));
      const std::string_view value = colon == std::string_view::npos ? "" : trim(part.substr(colon + 1));
      if (name == "model_version") {
        table_.model_version = readable(value, 60);
      } else if (name == "score_date") {
        const Result<Instant> scored = parse_rfc3339(value);
        if (scored) {
          table_.scored = *scored;
        } else {
          findings_.add(Severity::warning, scored.error().message, "score_date", number_);
        }
      }
    }
  }

  bool header(std::string_view text) {
    const std::vector<std::string_view> names = split(text, ',');
    const auto column = [&](std::string_view name) {
      const auto found = std::find_if(names.begin(), names.end(),
                                      [&](std::string_view cell) { return to_lower(trim(cell)) == name; });
      return static_cast<std::size_t>(found - names.begin());
    };
    cve_column_ = column("cve");
    epss_column_ = column("epss");
    columns_ = names.size();
    has_header_ = cve_column_ < columns_ && epss_column_ < columns_;
    if (!has_header_) {
      findings_.add(Severity::error, message("epss.wrong_header", {{"line", readable(text, 120)}}), {},
                    number_);
    }
    return has_header_;
  }

  bool row(std::string_view text) {
    const std::vector<std::string_view> cells = split(text, ',');
    if (cells.size() != columns_) {
      findings_.add(Severity::warning, message("epss.wrong_row", {{"line", readable(text, 120)}}), {},
                    number_);
      return true;
    }
    const std::string cve = cve_name(cells[cve_column_]);
    const std::optional<float> chance = probability(trim(cells[epss_column_]));
    if (cve.empty()) {
      findings_.add(Severity::warning, message("epss.bad_cve", {{"cve", readable(cells[cve_column_], 60)}}),
                    {}, number_);
    } else if (!chance) {
      findings_.add(Severity::warning,
                    message("epss.bad_score", {{"cve", cve}, {"score", readable(cells[epss_column_], 60)}}),
                    {}, number_);
    } else if (table_.entries.size() >= limits_.max_objects) {
      findings_.add(Severity::error,
                    message("import.too_many_objects", {{"limit", std::to_string(limits_.max_objects)}}), {},
                    number_);
      return false;
    } else {
      table_.entries.push_back(EpssScore{cve, *chance});
    }
    return true;
  }

  /// One score per CVE: the highest.
  void merge() {
    auto& entries = table_.entries;
    std::sort(entries.begin(), entries.end(), [](const EpssScore& a, const EpssScore& b) {
      return a.cve != b.cve ? a.cve < b.cve : a.probability > b.probability;
    });
    const auto rest = std::unique(entries.begin(), entries.end(),
                                  [](const EpssScore& a, const EpssScore& b) { return a.cve == b.cve; });
    if (rest != entries.end()) {
      findings_.add(Severity::note,
                    message("epss.duplicates", {{"count", std::to_string(entries.end() - rest)}}));
    }
    entries.erase(rest, entries.end());
  }

  EpssTable& table_;
  Findings& findings_;
  Limits limits_;
  std::int64_t number_ = 0;
  bool has_header_ = false;
  std::size_t cve_column_ = 0;
  std::size_t epss_column_ = 0;
  std::size_t columns_ = 0;
};

void read_lines(ByteSource& source, EpssReader& reader, Findings& findings) {
  constexpr std::size_t longest = 4096;
  Lines lines(source, longest);
  bool going_on = true;
  while (going_on) {
    const std::optional<std::string_view> line = lines.next();
    if (!line) {
      break;
    }
    going_on = reader.line(*line);
  }
  if (source.failure() != nullptr) {
    findings.add(Severity::error, source.failure()->message);
  } else if (!findings.has_error()) {
    reader.finish();
  }
}

}  // namespace

Imported<EpssTable> read_epss(ByteSource& source, const std::string& file, const Limits& limits,
                              const Watch& watch) {
  Imported<EpssTable> imported;
  Findings findings;
  findings.in_file(file);
  EpssReader reader(imported.value, findings, limits);
  WatchedSource watched(source, watch);
  const std::string_view head = watched.peek(512);
  const Packing packing = packing_of(head);
  if (head.empty() && watched.failure() == nullptr) {
    findings.add(Severity::error, message("import.empty"));
  } else if (packing == Packing::gzip) {
    Archive archive(watched, packing, limits);
    const std::optional<ArchiveEntry> entry = archive.next();
    if (entry && entry->packed) {
      findings.add(Severity::error, message("archive.nested", {{"entry", file}}));
    } else {
      read_lines(archive, reader, findings);
    }
  } else if (packing != Packing::none) {
    findings.add(Severity::error, message("epss.packed"));
  } else {
    read_lines(watched, reader, findings);
  }
  imported.findings = findings.take();
  return imported;
}

}  // namespace releve::intake
