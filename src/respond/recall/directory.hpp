// SPDX-License-Identifier: EUPL-1.2
// Each facility's staff directory: one at a time, replaced as a whole by the next import. Thread-safe.
//
// A file is looked at, then sent once more to be accepted: nothing of it lies on the server in between.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/store/database.hpp"
#include "foundation/store/past.hpp"
#include "intake/imported.hpp"
#include "respond/recall/staff.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::recall {

/// What a file would change, or has changed.
struct StaffPreview {
  std::string file;
  std::string hash;     // of its bytes and of the directory they were held against
  bool usable = false;  // no finding is an error
  std::int64_t people = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t gone = 0;
  std::vector<Finding> findings;
};

/// A value of one column, and how many people have it.
struct StaffGroup {
  std::string name;
  std::int64_t people = 0;
};

struct StaffPage {
  std::optional<StaffDirectory> directory;  // nothing: none was imported yet
  std::vector<StaffMember> items;
  std::int64_t found = 0;  // by this filter
  std::vector<StaffGroup> sites;
  std::vector<StaffGroup> units;
  std::vector<StaffGroup> skills;
};

struct StoredStaff;

/// Kind of the past: directories that nobody has renewed since.
store::Past past_directories();

class Directory {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    InstanceKey key;
  };

  explicit Directory(Parts parts) : parts_(std::move(parts)) {}

  /// `path`: an XLSX or CSV file.
  StaffPreview preview(const std::string& facility, const std::string& name, const std::string& path) const;
  /// Replaces the directory. Errors: staff.other_file (it, or the directory, is not
  /// what was looked at), staff.unusable.
  Result<StaffPreview> accept(const std::string& facility, const std::string& name, const std::string& path,
                              const std::string& hash, const std::string& by);

  /// By name; at most `size` from the place `from` on.
  StaffPage search(const std::string& facility, const StaffFilter& filter, std::size_t from,
                   std::size_t size) const;
  /// All that one of these filters finds, or whose id is given; each once, by name.
  std::vector<StaffMember> chosen(const std::string& facility, const std::vector<StaffFilter>& filters,
                                  const std::vector<std::string>& ids) const;

 private:
  struct Read;
  Read read(const std::string& facility, const std::string& name, const std::string& path) const;
  Contact unsealed(const std::string& id, const std::string& sealed) const;
  StaffMember opened(StoredStaff stored) const;

  Parts parts_;
};

constexpr auto describe(StaffPreview*) {
  return Fields{field<&StaffPreview::file>("its name"),
                field<&StaffPreview::hash>("of what was looked at: to be sent along when it is accepted"),
                field<&StaffPreview::usable>("may be accepted"),
                field<&StaffPreview::people>("how many it lists"),
                field<&StaffPreview::added>("not in the directory before"),
                field<&StaffPreview::changed>("in the directory with other particulars"),
                field<&StaffPreview::gone>("in the directory, not in the file"),
                field<&StaffPreview::findings>("what is to be looked at")};
}

constexpr auto describe(StaffGroup*) {
  return Fields{field<&StaffGroup::name>("value"), field<&StaffGroup::people>("how many have it")};
}

constexpr auto describe(StaffPage*) {
  return Fields{field<&StaffPage::directory>("where it comes from; null: none was imported yet"),
                field<&StaffPage::items>("by name"),
                field<&StaffPage::found>("by this filter"),
                field<&StaffPage::sites>("of the whole directory"),
                field<&StaffPage::units>("of the whole directory"),
                field<&StaffPage::skills>("of the whole directory")};
}

}  // namespace releve::recall
