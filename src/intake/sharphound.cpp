// SPDX-License-Identifier: EUPL-1.2
// A collection: a zip of JSON files (or one JSON file, plain or gzip), read in one pass.
#include "foundation/base/text.hpp"
#include "intake/archive.hpp"
#include "intake/json_stream.hpp"
#include "intake/readable.hpp"
#include "intake/readers.hpp"
#include "intake/sharphound_file.hpp"
#include "intake/watched_source.hpp"

#include <algorithm>
#include <chrono>

namespace releve::intake {

namespace {

using sharphound::FileKind;

/// "20260301110018_users.json": collectors put the moment first. The archive's own dates depend on the time
/// zone of the machine that made it, so they come second.
std::optional<Instant> moment_of(std::string_view name) {
  constexpr std::size_t digits = 14;
  const std::string_view stamp = name.substr(0, digits);
  if (stamp.size() < digits ||
      !std::all_of(stamp.begin(), stamp.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length) { return std::string(stamp.substr(at, length)); };
  const Result<Instant> moment = parse_rfc3339(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" +
                                               part(8, 2) + ":" + part(10, 2) + ":" + part(12, 2) + "Z");
  return moment ? std::optional(*moment) : std::nullopt;
}

class Reading {
 public:
  Reading(const std::string& file, const Limits& limits)
      : file_(file), limits_(limits), collection_(limits, findings_) {
    findings_.in_file(file);
  }

  void read_archive(ByteSource& packed, Packing packing);
  void read_json_file(ByteSource& source, const std::string& name, const std::string& shown);
  Imported<Directory> finish();

  void fail(const Error& error) { findings_.add(fatal(error, file_)); }

  void fail(std::string code) { findings_.add(Severity::error, message(std::move(code))); }

 private:
  bool going_on() const { return !findings_.has_error(); }

  void date(const std::string& name, std::int64_t modified);
  void note_foreign(FileKind kind, const std::string& shown);

  std::string file_;
  Limits limits_;
  Findings findings_;
  sharphound::Collection collection_;
  std::optional<Instant> named_;     // newest moment in a name
  std::optional<Instant> modified_;  // newest date of an entry
  std::uint64_t collections_ = 0;
  std::vector<std::pair<FileKind, std::string>> foreign_;
};

void Reading::date(const std::string& name, std::int64_t modified) {
  constexpr std::int64_t year_1981 = 347'155'200;  // zips without dates say 1980
  if (const std::optional<Instant> moment = moment_of(name)) {
    named_ = named_ ? std::max(*named_, *moment) : *moment;
  }
  if (modified > year_1981) {
    const Instant moment{std::chrono::seconds(modified)};
    modified_ = modified_ ? std::max(*modified_, moment) : moment;
  }
}

void Reading::read_archive(ByteSource& packed, Packing packing) {
  Archive archive(packed, packing, limits_);
  while (going_on()) {
    std::optional<ArchiveEntry> entry = archive.next();
    if (!entry) {
      break;
    }
    // A gzip rarely carries a name: its one entry goes by that of the file.
    const std::string name = packing == Packing::gzip ? file_ : entry->name;
    const std::string shown = packing == Packing::gzip ? file_ : file_ + "!" + entry->name;
    findings_.in_file(shown);
    if (entry->packed) {
      findings_.add(Severity::warning, message("archive.nested", {{"entry", entry->name}}));
    } else if (packing == Packing::zip && (!to_lower(name).ends_with(".json") || name.starts_with("._"))) {
      findings_.add(Severity::note, message("sharphound.entry_ignored", {{"entry", entry->name}}));
    } else {
      date({}, entry->modified);
      read_json_file(archive, name, shown);
    }
  }
  findings_.in_file(file_);
  if (going_on() && archive.failure() != nullptr) {
    fail(*archive.failure());
  }
}

void Reading::read_json_file(ByteSource& source, const std::string& name, const std::string& shown) {
  date(name, 0);
  sharphound::File reader(collection_, findings_, name);
  const JsonEnd end = read_json(source, limits_, reader);
  if (end.fault) {
    if (source.failure() != nullptr) {
      return findings_.add(fatal(*source.failure(), shown));
    }
    return findings_.add(json_fault(end, shown, reader.path()));
  }
  if (reader.kind() == FileKind::collection) {
    reader.finish();
    ++collections_;
  } else {
    foreign_.emplace_back(reader.kind(), shown);
  }
  if (end.trailing && going_on()) {
    findings_.add(Severity::warning, message("json.trailing", {{"offset", std::to_string(end.offset)}}));
  }
}

/// One foreign file among others is passed over; alone, it is what the user should know.
void Reading::note_foreign(FileKind kind, const std::string& shown) {
  const char* code = kind == FileKind::azure        ? "sharphound.azure"
                     : kind == FileKind::open_graph ? "sharphound.open_graph"
                                                    : "sharphound.not_a_collection";
  findings_.in_file(shown);
  findings_.add(collections_ == 0 ? Severity::error : Severity::warning, message(code));
}

Imported<Directory> Reading::finish() {
  for (const auto& [kind, shown] : foreign_) {
    note_foreign(kind, shown);
  }
  findings_.in_file(file_);
  if (going_on() && collections_ == 0) {
    fail("sharphound.no_json");
  } else if (going_on() && collection_.empty()) {
    fail("sharphound.empty");
  }
  Imported<Directory> imported;
  if (going_on()) {
    imported.value = collection_.finish();
    imported.value.collected = named_ ? named_ : modified_;
  }
  imported.findings = findings_.take();
  return imported;
}

}  // namespace

Imported<Directory> read_sharphound(ByteSource& source, const std::string& file, const Limits& limits,
                                    const Watch& watch) {
  WatchedSource watched(source, watch);
  Reading reading(file, limits);
  const std::string_view head = watched.peek(512);
  const Packing packing = packing_of(head);
  const std::string_view text = trim(head.starts_with("\xef\xbb\xbf") ? head.substr(3) : head);
  if (watched.failure() != nullptr) {
    reading.fail(*watched.failure());
  } else if (head.empty()) {
    reading.fail("import.empty");
  } else if (packing == Packing::zip || packing == Packing::gzip) {
    reading.read_archive(watched, packing);
  } else if (packing == Packing::other ||
             !(text.empty() || text.front() == '{' || text.front() == '[' || head.starts_with("\xff\xfe") ||
               head.starts_with("\xfe\xff") || head.find('\0') != std::string_view::npos)) {
    reading.fail("sharphound.not_recognised");
  } else {
    const std::size_t slash = file.find_last_of("/\\");
    reading.read_json_file(watched, slash == std::string::npos ? file : file.substr(slash + 1), file);
  }
  return reading.finish();
}

}  // namespace releve::intake
