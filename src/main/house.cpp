// SPDX-License-Identifier: EUPL-1.2
#include "main/house.hpp"

#include "foundation/base/edited.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/parallel.hpp"
#include "foundation/base/text.hpp"
#include "main/page.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>

namespace releve::main {

namespace fs = std::filesystem;

void log_line(const std::string& text) {
  std::cerr << text + "\n" << std::flush;
}

TablesRoom::TablesRoom(std::string operator_folder, std::string edited_folder)
    : operator_folder_(std::move(operator_folder)), edited_folder_(std::move(edited_folder)) {}

Result<std::map<std::string, std::string>> TablesRoom::all() const {
  auto texts = TRY(data_texts(operator_folder_));
  for (auto& [name, text] : texts) {
    std::ifstream in(fs::path(edited_folder_) / name, std::ios::binary);
    if (in) {
      text = std::string(std::istreambuf_iterator<char>(in), {});
    }
  }
  return texts;
}

Status TablesRoom::reload() {
  const auto texts = TRY(all());
  DataTables data = TRY(read_data(texts));
  const std::lock_guard lock(mutex_);
  in_force_ = std::make_shared<const assessment::TablesInForce>(
      assessment::TablesInForce{std::move(data.tables), std::move(data.defaults)});
  usual_ = std::make_shared<const cartography::Usual>(std::move(data.usual));
  retention_ = std::make_shared<const std::vector<RetentionRule>>(std::move(data.retention));
  obligations_ = std::make_shared<const crisis::Obligations>(std::move(data.obligations));
  return Done{};
}

std::shared_ptr<const assessment::TablesInForce> TablesRoom::in_force() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

std::shared_ptr<const cartography::Defaults> TablesRoom::defaults() const {
  const auto tables = in_force();
  return {tables, &tables->defaults};
}

std::shared_ptr<const cartography::Usual> TablesRoom::usual() const {
  const std::lock_guard lock(mutex_);
  return usual_;
}

std::shared_ptr<const std::vector<RetentionRule>> TablesRoom::retention() const {
  const std::lock_guard lock(mutex_);
  return retention_;
}

std::shared_ptr<const crisis::Obligations> TablesRoom::obligations() const {
  const std::lock_guard lock(mutex_);
  return obligations_;
}

std::vector<TablesRoom::Text> TablesRoom::texts() const {
  std::vector<Text> list;
  const auto texts = all();
  RELEVE_CHECK(texts.ok(), "tables that were read at start-up read again");
  for (const auto& [name, text] : *texts) {
    list.push_back({name, text, fs::exists(fs::path(edited_folder_) / name)});
  }
  return list;
}

/// Written beside, synced, renamed: never half a table.
static void replace_file(const fs::path& path, const std::string& text) {
  const std::string fresh = path.string() + ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(descriptor) == 0;
  const int fault = errno;
  if (descriptor >= 0) {
    ::close(descriptor);
  }
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
    ::unlink(fresh.c_str());
    throw EnvironmentFailure("cannot write " + path.string() + ": " + std::generic_category().message(fault));
  }
}

Status TablesRoom::edit(const std::string& file, const std::string& text,
                        const std::optional<std::string>& seen) {
  const std::lock_guard one_at_a_time(editing_);
  fs::create_directories(edited_folder_);
  const store::Lock one_process_at_a_time = store::Lock::take((fs::path(edited_folder_) / "lock").string());
  auto texts = TRY(all());
  const auto place = texts.find(file);
  if (place == texts.end()) {
    return Error{ErrorKind::not_found, message("tables.missing_file", {{"file", file.substr(0, 80)}}),
                 "file"};
  }
  if (seen && content_hash(place->second) != *seen && place->second != text) {
    return changed_meanwhile(place->second, text);
  }
  const fs::path path = fs::path(edited_folder_) / file;
  if (text.empty()) {
    fs::remove(path);
    return reload();
  }
  place->second = text;
  TRY(read_data(texts));
  replace_file(path, text);
  return reload();
}

/// An operator's own roles, or those of this program.
static Result<access::RoleTable> roles_of(const std::string& operator_folder) {
  std::ifstream own(fs::path(operator_folder) / "access" / "roles.json", std::ios::binary);
  if (operator_folder.empty() || !own) {
    return access::built_in_roles();
  }
  return access::read_roles(std::string(std::istreambuf_iterator<char>(own), {}));
}

static Result<access::Providers> providers_of(const std::string& file, const Clock& clock) {
  access::Providers providers;
  if (!file.empty()) {
    for (oidc::ProviderSettings& one : TRY(oidc::read_provider_file(file))) {
      oidc::Fetch fetch = oidc::fetch_by_network(one.ca_file);
      providers.push_back(std::make_shared<oidc::Provider>(std::move(one), clock, std::move(fetch)));
    }
  }
  return providers;
}

/// What has no place on the map is told to the log.
static Result<registry::Outlines> outlines_of(const std::string& file, const Shell& shell) {
  if (file.empty()) {
    return registry::Outlines{};
  }
  registry::ReadOutlines read = TRY(registry::read_outline_file(file));
  for (const Finding& finding : read.findings) {
    log_line(finding.file + ": " + shell.say(finding.message));
  }
  return std::move(read.outlines);
}

Status hold_key(store::Database& database, const InstanceKey& key, Instant now) {
  const std::string tag = key.tag("the key of this instance");
  return database.write([&](store::Transaction& t) -> Status {
    t.execute(
        "insert into instance_setting (name, value, changed) values ('key_tag', :tag, :now) on conflict "
        "(name) do "
        "nothing",
        {{"tag", tag}, {"now", std::int64_t{now.time_since_epoch().count()}}});
    if (t.query("select value from instance_setting where name = 'key_tag'").at(0).text(0) != tag) {
      return Error{ErrorKind::conflict, message("key.of_another_house"), {}};
    }
    return Done{};
  });
}

/// Where two rooms meet: what the registry knows of a facility, as the cartography takes it.
static cartography::Registered registered(const registry::Registry& places, const std::string& facility,
                                          const std::vector<std::string>& sites) {
  using cartography::Sector;
  namespace measure = intake::measure;
  cartography::Registered said;
  if (const auto known = places.place(facility)) {
    said.place = facility;
    std::map<std::string_view, const registry::CapacityRow*>
        newest;  // by measure: tables differ in their year
    for (const registry::CapacityRow& row : known->capacities) {
      newest.emplace(row.measure, &row);  // newest year first
    }
    std::set<std::int64_t> years;
    for (const auto& [name, sector] : {std::pair(measure::beds_medicine, Sector::medicine),
                                       std::pair(measure::beds_surgery, Sector::surgery),
                                       std::pair(measure::beds_obstetrics, Sector::obstetrics)}) {
      if (const auto row = newest.find(name); row != newest.end()) {
        said.beds.push_back({sector, static_cast<double>(row->second->amount)});
        years.insert(row->second->year);
      }
    }
    for (const std::int64_t year : years) {
      said.source += (said.source.empty() ? "SAE " : ", ") + std::to_string(year);
    }
    if (const auto row = newest.find(measure::emergency); row != newest.end()) {
      said.emergency = row->second->amount > 0;
    }
  }
  for (const std::string& id : sites) {
    if (const auto site = places.place(id); site && site->line.kind == registry::PlaceKind::site) {
      said.sites.push_back({id, site->line.name, site->line.town, Sector::long_term_care});
    }
  }
  return said;
}

/// What the chains of this instance are called.
static std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "releve";
}

House::House(const Shell& given, const HouseOptions& options)
    : shell(given),
      tables(given.data_folder, options.folder + "/tables"),
      events(random_hex(4)),
      quarantine(options.clamd) {}

Result<std::unique_ptr<House>> House::open(const Shell& shell, const HouseOptions& options) {
  std::unique_ptr<House> house(new House(shell, options));
  const std::string url = options.url();
  const bool alone = url.starts_with("sqlite:");
  house->files = TRY(store::FileStore::open(
      options.folder, alone ? store::Sharing::nobody : store::Sharing::others_that_share));
  TRY(house->tables.reload());
  house->outlines = TRY(outlines_of(options.outlines, shell));
  house->lock = TRY(store::lock_database(url));
  house->database = TRY(store::open_database({url}, house->clock.now()));
  House* self = house.get();
  const InstanceKey key = TRY(InstanceKey::open(options.key()));
  TRY(hold_key(*house->database, key, house->clock.now()));
  house->access = std::make_unique<access::Access>(access::Access::Parts{
      *house->database, house->clock, key, TRY(roles_of(shell.data_folder)),
      [self](const std::string& place) {
        return self->facilities->find(place).ok() || self->places->knows(place);
      },
      [self](const std::string& place, const std::string& hierarchy, Instant at) {
        const auto known = value_of<registry::Hierarchy>(hierarchy);
        const auto ids = known ? self->places->within(place, *known, at) : std::vector<std::string>{place};
        return std::make_shared<const api::PlaceSet>(ids.begin(), ids.end());
      },
      TRY(providers_of(options.providers, house->clock)),
      [self](const Message& warning) { log_line(self->shell.say(warning)); },
      [self] { self->say("rights"); }});
  const store::Process process{.alone = alone};
  house->jobs = std::make_unique<store::Jobs>(
      *house->database, house->clock, 2,
      [self](const store::Job& job) {
        if (self->places) {  // all rooms stand before any job starts
          self->facilities->follow(job);
          self->assessments->follow(job);
          self->places->follow(job);
        }
        self->publish("job", to_json(job), job.facility);
      },
      [](const std::string& incident, const std::string& what) {
        log_line("incident " + incident + ": " + what);
      },
      process);
  const auto publish = [self](const std::string& topic, const std::string& json,
                              const std::string& facility) { self->publish(topic, json, facility); };
  house->facilities = std::make_unique<cartography::Facilities>(cartography::Facilities::Parts{
      *house->database, *house->files, *house->jobs, house->clock, shell.catalogue, publish,
      [self] { return self->tables.usual(); },
      [self](const std::string& facility, const auto& sites) {
        return self->places ? registered(*self->places, facility, sites) : cartography::Registered{};
      }});
  house->assessments = std::make_unique<assessment::Assessments>(assessment::Assessments::Parts{
      *house->database, *house->files, *house->jobs, house->clock, *house->facilities,
      [self] { return self->tables.in_force(); }, available_threads(), publish});
  house->plan_library = TRY(plan::read_library(shell.data_folder));
  const auto zone_of = [](const std::string& facility) { return registry::territories().zone_of(facility); };
  house->plans = std::make_unique<plan::Plans>(plan::Plans::Parts{
      *house->database, house->clock, key, zone_of, [publish](const std::string& facility) {
        publish("plan", R"({"facility":)" + to_json(facility) + "}", facility);
      }});
  house->rooms = std::make_unique<crisis::Rooms>(crisis::Rooms::Parts{
      *house->database, *house->files, house->clock, key, shell.catalogue, host_name(), zone_of,
      [self](const std::string& facility) {
        const auto plan = self->plans->in_force(facility);
        return plan.ok() ? plan->version.number : 0;
      },
      !options.steering,
      [self](const crisis::Room& room, const crisis::LineRow& row) { self->tell_line(room, row); }});
  house->forecasters =
      std::make_unique<crisis::Forecasters>(*house->facilities, [self] { return self->tables.in_force(); });
  house->paper_sets = std::make_unique<pack::PaperSets>(
      pack::PaperSets::Parts{*house->database, *house->files, *house->jobs, house->clock, key, *house->plans,
                             *house->facilities, shell.catalogue, options.origin, paper_letters()});
  house->staff =
      std::make_unique<recall::Directory>(recall::Directory::Parts{*house->database, house->clock, key});
  house->channels = std::make_unique<recall::Channels>(*house->database, house->clock, key);
  house->callouts = std::make_unique<recall::Callouts>(recall::Callouts::Parts{
      *house->database, house->clock, key, *house->rooms, *house->staff, *house->channels, shell.catalogue,
      [self](const std::string& facility) {
        const auto found = self->facilities->find(facility);
        return found.ok() ? found->name : facility;
      },
      [self](const std::string& facility) -> std::optional<plan::PlanDocument> {
        auto plan = self->plans->in_force(facility);
        return plan.ok() ? std::optional(std::move(plan->document)) : std::nullopt;
      },
      [self](const std::string& facility) {
        self->publish("recall", R"({"facility":)" + to_json(facility) + "}", facility, api::Right::crisis);
      }});
  house->places = std::make_unique<registry::Registry>(registry::Registry::Parts{
      *house->database, *house->files, *house->jobs, house->clock,
      [publish](const std::string& topic, const std::string& json) { publish(topic, json, ""); }});
  if (!alone) {
    house->wire = std::make_unique<store::Wire>(
        url, process,
        store::Wire::Ears{[self](const std::string& said) { self->hear(said); }, [self] { self->missed(); },
                          [](const std::string& what) { log_line(what); }});
  }
  const auto take_up_what_is_left = [self] {
    self->facilities->resume();
    self->places->resume();
  };
  take_up_what_is_left();
  if (!alone) {
    house->jobs->watch([self, take_up_what_is_left] {
      self->missed();  // it may have written something, and died before it told
      take_up_what_is_left();
    });
  }
  return house;
}

// Between processes a text is the name of what happened; an event has its topic, place, right and JSON below
// it.

void House::say(std::string text) {
  if (wire) {
    wire->say(std::move(text));
  }
}

void House::publish(const std::string& topic, const std::string& json, const std::string& place,
                    api::Right right) {
  events.publish(topic, json, place, right);
  say("event\n" + topic + "\n" + place + "\n" + std::string(text_of(right)) + "\n" + json);
}

/// A line goes to the readers of its room as it stands; a long one they come for, so that every process hears
/// of it (PostgreSQL carries 8,000 bytes).
void House::tell_line(const crisis::Room& room, const crisis::LineRow& row) {
  constexpr std::size_t longest = 6'000;
  const std::string line = to_json(row);
  publish("room/" + room.id,
          "{\"room\":" + to_json(room.id) + ",\"facility\":" + to_json(room.facility) + ",\"through\":" +
              std::to_string(row.arrived) + ",\"row\":" + (line.size() > longest ? "null" : line) + "}",
          room.facility, api::Right::crisis);
  const auto& deed = row.line.deed;
  if ((deed && (deed->opening || deed->closing || deed->level)) || !row.line.corrects.empty()) {
    publish("rooms", R"({"facility":)" + to_json(room.facility) + "}", room.facility, api::Right::crisis);
    forecasters->expect(room.facility);
  }
}

void House::hear(const std::string& said) {
  const auto parts = split(said, '\n');
  if (said == "rights") {
    access->others_changed();
  } else if (said == "tables") {
    reload_tables();
  } else if (parts.size() >= 5 && parts[0] == "event") {
    const auto json = said.substr(static_cast<std::size_t>(parts[4].data() - parts[0].data()));
    events.publish(std::string(parts[1]), json, std::string(parts[2]),
                   value_of<api::Right>(parts[3]).value_or(api::Right::view));
    if (parts[1] == "rooms") {
      forecasters->expect(std::string(parts[2]));
    }
  }
}

void House::missed() {
  access->others_changed();
  reload_tables();
  events.resync();
}

/// Tables that another process has changed. It has checked them; should they not read here, ours stay.
void House::reload_tables() {
  const Status read = tables.reload();
  if (!read) {
    log_line(shell.say(read.error().message));
  }
}

Status House::edit_table(const std::string& file, const std::string& text,
                         const std::optional<std::string>& seen) {
  TRY(tables.edit(file, text, seen));
  say("tables");
  return Done{};
}

Result<cartography::Import> read_spooled(House& house, const std::string& facility, const std::string& name,
                                         const std::string& path) {
  const auto [received, job] = TRY(house.facilities->receive(facility, name, path, "owner"));
  house.jobs->wait(job.id);
  return house.facilities->find_import(facility, received.id);
}

Result<cartography::Import> import_spooled(House& house, const std::string& facility, const std::string& name,
                                           const std::string& path) {
  const auto import = TRY(read_spooled(house, facility, name, path));
  if (import.state != cartography::ImportState::ready) {
    return import;
  }
  return house.facilities->commit(facility, import.id);
}

Result<cartography::Import> import_now(House& house, const std::string& facility, const std::string& name,
                                       const std::string& path) {
  std::error_code fault;
  if (fs::is_directory(path, fault)) {
    return Error{ErrorKind::invalid, message("import.is_folder", {{"file", path}}), path};
  }
  const std::string copy = house.files->new_spool_path();
  fs::copy_file(path, copy, fault);
  if (fault) {
    const std::string reason = fault.message();
    if (fs::exists(copy, fault)) {  // it could be read: there was no room for it
      fs::remove(copy, fault);
      throw EnvironmentFailure("cannot write " + copy + ": " + reason);
    }
    return Error{ErrorKind::not_found, message("import.cannot_open", {{"file", path}, {"reason", reason}}),
                 path};
  }
  return import_spooled(house, facility, name, copy);
}

}  // namespace releve::main
