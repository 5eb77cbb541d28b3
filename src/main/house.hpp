// SPDX-License-Identifier: EUPL-1.2
// The whole product put together over one data folder: what serve, demo and import share.
#pragma once

#include "foundation/api/events.hpp"
#include "foundation/store/files.hpp"
#include "foundation/store/jobs.hpp"
#include "main/commands.hpp"
#include "main/data.hpp"
#include "main/quarantine.hpp"
#include "prepare/assessment/assessments.hpp"
#include "prepare/cartography/facilities.hpp"
#include "steer/access/access.hpp"
#include "steer/registry/registry.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace releve::main {

/// The data tables in force: the embedded ones, an operator's folder over them, and those edited in the
/// settings over both. Thread-safe.
class TablesRoom {
 public:
  TablesRoom(std::string operator_folder, std::string edited_folder);
  /// Reads everything again. On an error the tables in force stay.
  Status reload();
  std::shared_ptr<const assessment::TablesInForce> in_force() const;
  std::shared_ptr<const cartography::Defaults> defaults() const;
  std::shared_ptr<const cartography::Usual> usual() const;

  struct Text {
    std::string file;
    std::string text;
    bool edited = false;
  };

  std::vector<Text> texts() const;
  /// Checks the table together with the others, then keeps it; an empty text goes back to the built-in one.
  /// `seen`: hash of the text that the editor saw; nothing: any. Error edit.changed_meanwhile, among others.
  Status edit(const std::string& file, const std::string& text, const std::optional<std::string>& seen = {});

 private:
  Result<std::map<std::string, std::string>> all() const;
  std::string operator_folder_;
  std::string edited_folder_;
  std::mutex editing_;
  mutable std::mutex mutex_;
  std::shared_ptr<const assessment::TablesInForce> in_force_;
  std::shared_ptr<const cartography::Usual> usual_;
};

struct HouseOptions {
  std::string folder;
  std::string database;        // empty: SQLite in the folder
  std::string key_file;        // empty: keys/instance.key in the folder
  std::string clamd;           // see Quarantine
  std::string providers = {};  // file of the providers of identities; empty: none
};

class House {
 public:
  static Result<std::unique_ptr<House>> open(const Shell& shell, const HouseOptions& options);

  const Shell& shell;
  SystemClock clock;
  std::unique_ptr<store::FileStore> files;
  std::unique_ptr<store::Database> database;
  TablesRoom tables;
  api::Events events;
  const Quarantine quarantine;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<cartography::Facilities> facilities;
  std::unique_ptr<assessment::Assessments> assessments;
  std::unique_ptr<registry::Registry> places;
  std::unique_ptr<store::Jobs> jobs;  // last: its work uses the rooms above, and ends first

 private:
  House(const Shell& given, const HouseOptions& options);
};

/// Imports a file and accepts it when it can be used. Prints what it was. For the command line and the
/// demonstration.
Result<cartography::Import> import_now(House& house, const std::string& facility, const std::string& name,
                                       const std::string& path);

/// Fills an empty instance with the fictional hospital, in a fictional country, and assesses it.
Status load_demonstration(House& house);

/// One sentence on standard error.
void log_line(const std::string& text);

}  // namespace releve::main
