// SPDX-License-Identifier: EUPL-1.2
// What the product says to people: a code and parameters. The words are in i18n/{fr,en}.json, the one
// catalogue of the web page, the command line and the printed pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve {

struct Param {
  std::string name;
  std::string value;
  bool operator==(const Param&) const = default;
};

/// Code of a catalogue entry ("import.not_a_zip") and the values for its {placeholders}.
struct Message {
  std::string code;
  std::vector<Param> params;
  bool operator==(const Message&) const = default;
};

Message message(std::string code, std::vector<Param> params = {});

enum class Severity {
  note,     // worth knowing, nothing to do
  warning,  // something was left out or guessed: the result is usable
  error,    // this input cannot be used as it stands; nothing was changed
};

/// One remark on imperfect input. The catalogue holds two texts for its code: `code` says what is
/// wrong, `code.mend` says what to do about it.
struct Finding {
  Severity severity = Severity::warning;
  Message message;
  std::string file;       // as the user named it, with the member of an archive after "!"
  std::int64_t line = 0;  // 1-based; 0 when lines mean nothing here
  std::string place;      // sheet and cell, JSON path, element id
  bool operator==(const Finding&) const = default;
};

/// At most this many findings of one code are kept; the rest are counted (code "findings.more").
inline constexpr std::size_t max_findings_per_code = 50;

/// Collects findings and keeps their number bounded. Not thread-safe.
class Findings {
 public:
  void add(Finding finding);
  void add(Severity severity, Message what, std::string place = {}, std::int64_t line = 0);

  /// The file named in findings added from now on.
  void in_file(std::string file) { file_ = std::move(file); }

  bool has_error() const { return has_error_; }

  /// Ends the collection: appends one "findings.more" note per code that overflowed.
  std::vector<Finding> take();

 private:
  std::string file_;
  std::vector<Finding> list_;
  std::vector<std::pair<std::string, std::int64_t>> counts_;
  bool has_error_ = false;
};

}  // namespace releve
