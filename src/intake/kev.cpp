// SPDX-License-Identifier: EUPL-1.2
// CISA's catalogue of known exploited vulnerabilities, as a stream:
// {"catalogVersion", "dateReleased", "count", "vulnerabilities": [{"cveID", "vulnerabilityName",
//  "knownRansomwareCampaignUse": "Known" | "Unknown"}]}.
#include "intake/json_stream.hpp"
#include "intake/readable.hpp"
#include "intake/readers.hpp"

#include <algorithm>

namespace releve::intake {

namespace {

enum class Member { none, version, released, count, list, cve, name, ransomware };

struct Name {
  std::size_t depth;
  std::string_view key;
  Member member;
};

// Depth 1 is the root, 3 an element of its list.
constexpr Name names[] = {
    {1, "catalogVersion", Member::version},
    {1, "dateReleased", Member::released},
    {1, "count", Member::count},
    {1, "vulnerabilities", Member::list},
    {3, "cveID", Member::cve},
    {3, "vulnerabilityName", Member::name},
    {3, "knownRansomwareCampaignUse", Member::ransomware},
};

class KevReader {
 public:
  KevReader(KevCatalogue& catalogue, Findings& findings, const Limits& limits)
      : catalogue_(catalogue), findings_(findings), limits_(limits) {}

  bool key(std::string_view key) {
    member_ = Member::none;
    for (const Name& name : names) {
      if (name.depth == depth_ && name.key == key && (depth_ == 1 || in_list_)) {
        member_ = name.member;
      }
    }
    return true;
  }

  bool scalar(const JsonScalar& value) {
    const Member member = std::exchange(member_, Member::none);
    const bool whole = value.kind == JsonKind::whole;
    const bool text = value.kind == JsonKind::text;
    if (member == Member::none || value.kind == JsonKind::null) {
      return true;
    }
    if (member == Member::list || (member == Member::count ? !whole : !text)) {
      findings_.add(Severity::warning, message("kev.wrong_type"), place());
    } else if (member == Member::count) {
      told_ = value.whole;
    } else {
      take(member, value.text);
    }
    return true;
  }

  bool start(bool array) {
    ++depth_;
    if (depth_ == 1) {
      return !array;
    }
    if (depth_ == 2 && member_ == Member::list && array) {
      in_list_ = true;
      found_list_ = true;
    } else if (depth_ == 3 && in_list_ && !array) {
      entry_ = KnownExploited{};
      told_name_.clear();
    }
    member_ = Member::none;
    return true;
  }

  bool end(bool array) {
    if (depth_ == 3 && in_list_ && !array) {
      close_entry();
    }
    in_list_ = in_list_ && depth_ != 2;
    --depth_;
    return !full_;
  }

  std::string place() const {
    return in_list_ ? "vulnerabilities[" + std::to_string(read_) + "]" : std::string();
  }

  void finish() {
    if (!found_list_) {
      findings_.add(Severity::error, message("kev.not_a_catalogue"));
      return;
    }
    if (told_ >= 0 && told_ != read_) {
      findings_.add(Severity::note, message("kev.count_differs", {{"told", std::to_string(told_)},
                                                                  {"read", std::to_string(read_)}}));
    }
    if (catalogue_.entries.empty()) {
      findings_.add(Severity::error, message("kev.empty"));
    }
    merge();
  }

 private:
  void take(Member member, std::string_view text) {
    switch (member) {
      case Member::version:
        catalogue_.version = readable(text, 60);
        break;
      case Member::released:
        take_date(text);
        break;
      case Member::cve:
        entry_.cve = cve_name(text);
        told_name_ = readable(text, 60);
        break;
      case Member::name:
        entry_.title = readable(text, 300);
        break;
      case Member::ransomware:
        entry_.ransomware = text == "Known";
        break;
      default:
        break;
    }
  }

  void take_date(std::string_view text) {
    const Result<Instant> released = parse_rfc3339(text);
    if (released) {
      catalogue_.released = *released;
    } else {
      findings_.add(Severity::warning, released.error().message, "dateReleased");
    }
  }

  void close_entry() {
    if (entry_.cve.empty()) {
      findings_.add(Severity::warning, message("kev.bad_cve", {{"cve", told_name_}}), place() + ".cveID");
    } else if (catalogue_.entries.size() >= limits_.max_objects) {
      findings_.add(Severity::error,
                    message("import.too_many_objects", {{"limit", std::to_string(limits_.max_objects)}}),
                    place());
      full_ = true;
    } else {
      catalogue_.entries.push_back(std::move(entry_));
    }
    ++read_;
  }

  /// One entry per CVE: used by ransomware when any of them says so.
  void merge() {
    auto& entries = catalogue_.entries;
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.cve < b.cve; });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (entries[i].cve == entries[kept].cve) {
        entries[kept].ransomware |= entries[i].ransomware;
      } else if (++kept != i) {
        entries[kept] = std::move(entries[i]);
      }
    }
    const std::size_t unique = entries.empty() ? 0 : kept + 1;
    if (unique < entries.size()) {
      findings_.add(Severity::note,
                    message("kev.duplicates", {{"count", std::to_string(entries.size() - unique)}}));
    }
    entries.resize(unique);
  }

  KevCatalogue& catalogue_;
  Findings& findings_;
  Limits limits_;
  std::size_t depth_ = 0;
  Member member_ = Member::none;
  bool in_list_ = false;
  bool found_list_ = false;
  bool full_ = false;
  KnownExploited entry_;
  std::string told_name_;
  std::int64_t told_ = -1;
  std::int64_t read_ = 0;
};

}  // namespace

Imported<KevCatalogue> read_kev(ByteSource& source, const std::string& file, const Limits& limits,
                                const Watch& watch) {
  Imported<KevCatalogue> imported;
  Findings findings;
  findings.in_file(file);
  KevReader reader(imported.value, findings, limits);
  read_json_file(source, file, limits, watch, reader, findings);
  imported.findings = findings.take();
  return imported;
}

}  // namespace releve::intake
