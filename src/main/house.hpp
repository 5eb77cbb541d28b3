// SPDX-License-Identifier: EUPL-1.2
// The whole product put together over one data folder: what serve, demo and import share.
#pragma once

#include "foundation/api/events.hpp"
#include "foundation/store/files.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/lock.hpp"
#include "foundation/store/wire.hpp"
#include "main/commands.hpp"
#include "main/data.hpp"
#include "main/quarantine.hpp"
#include "prepare/assessment/assessments.hpp"
#include "prepare/cartography/facilities.hpp"
#include "prepare/plan/library.hpp"
#include "prepare/plan/plans.hpp"
#include "respond/crisis/forecasters.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/pack/paper_sets.hpp"
#include "respond/recall/callouts.hpp"
#include "steer/access/access.hpp"
#include "steer/registry/outlines.hpp"
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
  std::shared_ptr<const std::vector<RetentionRule>> retention() const;
  std::shared_ptr<const crisis::Obligations> obligations() const;

  struct Text {
    std::string file;
    std::string text;
    bool edited = false;
  };

  std::vector<Text> texts() const;
  /// Checks the table together with the others, then keeps it; an empty text goes back to the built-in one.
  /// One edit at a time, over all processes that share the folder; the others have to reload().
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
  std::shared_ptr<const std::vector<RetentionRule>> retention_;
  std::shared_ptr<const crisis::Obligations> obligations_;
};

struct HouseOptions {
  std::string folder;
  std::string database;        // empty: SQLite in the folder
  std::string key_file;        // empty: keys/instance.key in the folder
  std::string clamd;           // see Quarantine
  std::string providers = {};  // file of the providers of identities; empty: none
  std::string outlines = {};   // GeoJSON file for the map; empty: none
  std::string origin = {};     // address of the page, for the codes on paper; empty: none
  bool steering = false;       // of a region or nation: keeps no journal of a crisis

  std::string url() const { return database.empty() ? "sqlite:" + folder + "/releve.db" : database; }

  std::string key() const { return key_file.empty() ? folder + "/keys/instance.key" : key_file; }
};

class House {
 public:
  /// Errors, beside those of the parts: "key.of_another_house" (the database was made with another key).
  static Result<std::unique_ptr<House>> open(const Shell& shell, const HouseOptions& options);

  /// To the readers of this process, and of the others that serve the database.
  void publish(const std::string& topic, const std::string& json, const std::string& place,
               api::Right right = api::Right::view);
  /// TablesRoom::edit(), and the others reload.
  Status edit_table(const std::string& file, const std::string& text,
                    const std::optional<std::string>& seen = {});

  const Shell& shell;
  SystemClock clock;
  store::Lock lock;  // of a SQLite file
  std::unique_ptr<store::FileStore> files;
  std::unique_ptr<store::Database> database;
  TablesRoom tables;
  api::Events events;
  const Quarantine quarantine;
  registry::Outlines outlines;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<cartography::Facilities> facilities;
  std::unique_ptr<assessment::Assessments> assessments;
  plan::Library plan_library;
  std::unique_ptr<plan::Plans> plans;
  std::unique_ptr<crisis::Rooms> rooms;
  std::unique_ptr<pack::PaperSets> paper_sets;
  std::unique_ptr<recall::Directory> staff;
  std::unique_ptr<recall::Channels> channels;
  std::unique_ptr<recall::Callouts> callouts;
  std::unique_ptr<registry::Registry> places;
  std::unique_ptr<crisis::Forecasters> forecasters;  // its thread asks the rooms above, `places` too
  std::unique_ptr<store::Wire> wire;                 // none over SQLite
  std::unique_ptr<store::Jobs> jobs;                 // last: its work uses the rooms above, and ends first

 private:
  House(const Shell& given, const HouseOptions& options);
  void say(std::string text);
  void tell_line(const crisis::Room& room, const crisis::LineRow& row);
  void hear(const std::string& said);
  void missed();
  void reload_tables();
};

/// Imports a file and accepts it when it can be used. Prints what it was. For the command line and the
/// demonstration.
Result<cartography::Import> import_now(House& house, const std::string& facility, const std::string& name,
                                       const std::string& path);

/// Reads a file that lies in the spool, which is taken over: ready to be accepted, or refused.
Result<cartography::Import> read_spooled(House& house, const std::string& facility, const std::string& name,
                                         const std::string& path);

/// The same, accepted when it can be used.
Result<cartography::Import> import_spooled(House& house, const std::string& facility, const std::string& name,
                                           const std::string& path);

/// Fills an empty instance with the fictional hospital, in a fictional country, and assesses it.
Status load_demonstration(House& house);

/// The key that the database was made with, or its first one: what is sealed with one key opens with no
/// other. Error "key.of_another_house".
Status hold_key(store::Database& database, const InstanceKey& key, Instant now);

/// One sentence on standard error.
void log_line(const std::string& text);

}  // namespace releve::main
