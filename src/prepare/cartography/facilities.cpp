// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/facilities.hpp"

#include "foundation/base/edited.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/among.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>

namespace releve::cartography {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::parameter_list;
using store::Transaction;

namespace {

/// Parsed files kept in memory: the current versions of a few facilities.
constexpr std::size_t most_sources = 64;

// Not by content: the same bytes imported twice are two facts, of two days and perhaps two names.
std::string source_key(const Import& import) {
  return import.id + to_json(import.mapping);
}

constexpr std::size_t longest_name = 200;
constexpr std::size_t most_sites = 100;

/// One line of words, trimmed.
Result<std::string> checked_name(const std::string& name) {
  const std::string_view words = trim(name);
  if (words.empty() || words.size() > longest_name || !is_valid_utf8(words) ||
      std::any_of(words.begin(), words.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; })) {
    return Error{ErrorKind::invalid, message("facility.bad_name"), "name"};
  }
  return std::string(words);
}

bool good_id(const std::string& id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

}  // namespace

std::vector<Facility> Facilities::list(const std::optional<std::vector<std::string>>& only) const {
  std::vector<Facility> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<Facility>() + " from facility where " +
                                       store::among("id", "only") + " order by name, id",
                                   {{"only", store::one_text(only)}})) {
      list.push_back(from_row<Facility>(row));
    }
  });
  return list;
}

Result<Facility> Facilities::find(const std::string& id) const {
  std::optional<Facility> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Facility>() + " from facility where id = :id", {{"id", id}})) {
      found = from_row<Facility>(row);
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("facility.not_found", {{"id", shorten(id, 80)}}), {}};
  }
  return *found;
}

Result<Facility> Facilities::create(const std::string& id, const std::string& name, bool fictional) {
  Facility facility;
  facility.id = id.empty() ? mint_uuid(parts_.clock.now()) : id;
  if (!good_id(facility.id)) {
    return Error{ErrorKind::invalid, message("facility.bad_id"), "id"};
  }
  facility.name = TRY(checked_name(name));
  facility.fictional = fictional ? 1 : 0;
  facility.version = 1;
  facility.created = parts_.clock.now();
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    if (!t.query("select id from facility where id = :id", {{"id", facility.id}}).empty()) {
      return Error{ErrorKind::conflict, message("facility.exists", {{"id", id}}), "id"};
    }
    t.execute(
        "insert into facility (" + column_list<Facility>() + ") values (" + parameter_list<Facility>() + ")",
        bindings_of(facility));
    return Done{};
  }));
  return facility;
}

Result<Facility> Facilities::rename(const std::string& id, const std::string& name,
                                    const std::optional<std::string>& seen) {
  TRY(find(id));
  const std::string words = TRY(checked_name(name));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const std::string now = t.query("select name from facility where id = :id", {{"id", id}}).at(0).text(0);
    if (seen && now != *seen && now != words) {
      return changed_meanwhile(now, words);
    }
    t.execute("update facility set name = :name where id = :id", {{"name", words}, {"id", id}});
    return Done{};
  }));
  publish_facility(id);
  return find(id);
}

Result<Registered> Facilities::registered(const std::string& id) const {
  const Facility facility = TRY(find(id));
  if (!parts_.registered) {
    return Registered{};
  }
  const auto settings = from_json<FacilitySettings>(facility.settings);
  return parts_.registered(id, settings ? settings->sites : std::vector<std::string>{});
}

Status Facilities::share_system(const std::string& id, std::vector<std::string> sites,
                                const std::optional<std::vector<std::string>>& seen) {
  TRY(find(id));
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  if (sites.size() > most_sites) {
    return Error{ErrorKind::limit, message("facility.too_many_sites", {{"most", std::to_string(most_sites)}}),
                 "sites"};
  }
  const std::vector<RegisteredSite> known =
      parts_.registered ? parts_.registered(id, sites).sites : std::vector<RegisteredSite>{};
  for (const std::string& site : sites) {
    if (site == id ||
        std::none_of(known.begin(), known.end(), [&](const RegisteredSite& one) { return one.id == site; })) {
      return Error{ErrorKind::invalid, message("facility.unknown_site", {{"site", shorten(site, 80)}}),
                   "sites"};
    }
  }
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto settings = from_json<FacilitySettings>(
        t.query("select settings from facility where id = :id", {{"id", id}}).at(0).text(0));
    const std::vector<std::string> now = settings ? settings->sites : std::vector<std::string>{};
    if (seen && now != *seen && now != sites) {
      return changed_meanwhile(to_json(now), to_json(sites));
    }
    t.execute("update facility set settings = :settings, version = version + 1 where id = :id",
              {{"settings", to_json(FacilitySettings{sites})}, {"id", id}});
    return Done{};
  }));
  publish_facility(id);
  return Done{};
}

Result<std::int64_t> Facilities::count_services(const Facility& facility) {
  if (facility.counted == facility.version) {
    return facility.services;
  }
  const auto services = static_cast<std::int64_t>(TRY(draw(facility.id))->services.size());
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    // What was drawn may be of a later version already; it is counted again when its turn comes.
    t.execute(
        "update facility set services = :services, counted = :version where id = :id and version = "
        ":version",
        {{"services", services}, {"version", facility.version}, {"id", facility.id}});
    return Done{};
  }));
  return services;
}

Result<Facilities::Counting> Facilities::counting(const std::string& facility) const {
  Counting counting;
  TRY(find(facility));
  // The version and what counts in it, of one state.
  parts_.database.read([&](Transaction& t) {
    counting.version =
        t.query("select version from facility where id = :id", {{"id", facility}}).at(0).integer(0);
    for (const auto& import :
         t.query("select " + column_list<Import>() +
                     " from import where facility = :facility and state = 'committed' order by position",
                 {{"facility", facility}})) {
      counting.imports.push_back(from_row<Import>(import));
    }
    for (const auto& answer : t.query("select " + column_list<AnswerRow>() +
                                          " from answer where facility = :facility order by element, field",
                                      {{"facility", facility}})) {
      const auto one = from_row<AnswerRow>(answer);
      counting.answers.push_back({one.element, one.field, one.value, one.answered_by, one.answered});
    }
  });
  return counting;
}

Result<Source> Facilities::source_of(const Import& import) {
  const std::string key = source_key(import);
  {
    const std::lock_guard lock(mutex_);
    const auto known = sources_.find(key);
    if (known != sources_.end()) {
      return known->second;
    }
  }
  ReadOptions options;
  if (import.format == "sheet") {
    options.mapping = import.mapping;
  }
  ReadFile file = TRY(read_file(parts_.files.path_of(import.file_hash), import.file_name, import.created,
                                parts_.catalogue, options));
  if (!file.usable()) {
    return Error{ErrorKind::invalid, message("import.no_longer_reads", {{"file", import.file_name}}),
                 import.file_name};
  }
  return keep(import, std::move(file.source));
}

Source Facilities::keep(const Import& import, Source source) {
  const std::lock_guard lock(mutex_);
  if (sources_.size() >= most_sources) {
    sources_.clear();
  }
  return sources_.insert_or_assign(source_key(import), std::move(source)).first->second;
}

std::vector<Source> Facilities::sources_of(const Counting& counting, std::vector<Finding>& lost) {
  std::vector<Source> sources;
  for (const Import& import : counting.imports) {
    auto source = source_of(import);
    if (source) {
      sources.push_back(std::move(source).value());
    } else {
      lost.push_back({Severity::warning, source.error().message, import.file_name, 0, {}});
    }
  }
  return sources;
}

Cartography Facilities::draw_with(const std::string& facility, const Counting& counting,
                                  const Source* extra) {
  std::vector<Finding> lost;
  std::vector<Source> sources = sources_of(counting, lost);
  if (extra != nullptr) {
    sources.push_back(*extra);
  }
  return draw_cartography(facility, sources, counting.answers);
}

Result<std::shared_ptr<const Cartography>> Facilities::draw(const std::string& facility) {
  const Counting now = TRY(counting(facility));
  const auto usual = parts_.usual ? parts_.usual() : nullptr;
  const Registered said = TRY(registered(facility));
  const std::string assumed = usual ? content_hash(usual->hash + to_json(said)) : "";
  {
    const std::lock_guard lock(mutex_);
    const auto known = drawn_.find(facility);
    if (known != drawn_.end() && known->second.version == now.version && known->second.assumed == assumed) {
      return known->second.map;
    }
  }
  std::vector<Finding> lost;
  std::vector<Source> sources = sources_of(now, lost);
  Cartography map = usual ? draw_hospital(facility, std::move(sources), now.answers, *usual, said)
                          : draw_cartography(facility, sources, now.answers);
  map.findings.insert(map.findings.begin(), lost.begin(), lost.end());
  auto drawn = std::make_shared<const Cartography>(std::move(map));
  const std::lock_guard lock(mutex_);
  auto& kept = drawn_[facility];
  if (kept.version <= now.version) {  // a later version may have been drawn meanwhile
    kept = {now.version, assumed, drawn};
  }
  return drawn;
}

void Facilities::publish_facility(const std::string& facility) {
  const auto row = find(facility);
  if (row && parts_.publish) {
    parts_.publish("facility",
                   R"({"id":)" + to_json(row->id) + R"(,"version":)" + std::to_string(row->version) + "}",
                   row->id);
  }
}

}  // namespace releve::cartography
