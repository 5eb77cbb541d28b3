// SPDX-License-Identifier: EUPL-1.2
// The imports of a facility: received, read in a job, compared, accepted, taken back.
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "prepare/cartography/facilities.hpp"

#include <algorithm>
#include <set>

namespace releve::cartography {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::parameter_list;
using store::Transaction;

namespace {

constexpr const char* import_kind = "import";

}  // namespace

void Facilities::save(const Import& import) {
  const Status saved = parts_.database.write([&](Transaction& t) -> Status {
    t.execute(
        "update import set format = :format, mapping = :mapping, state = :state, summary = :summary, "
        "findings = :findings "
        "where id = :id and state = 'reading'",
        {{"format", import.format},
         {"mapping", to_json(import.mapping)},
         {"state", std::string(text_of(import.state))},
         {"summary", to_json(import.summary)},
         {"findings", to_json(import.findings)},
         {"id", import.id}});
    return Done{};
  });
  RELEVE_CHECK(saved.ok(), "an import row takes what its reader gave");
  if (parts_.publish) {
    parts_.publish("import",
                   R"({"id":)" + to_json(import.id) + R"(,"facility":)" + to_json(import.facility) + "}",
                   import.facility);
  }
}

Result<std::pair<Import, store::Job>> Facilities::receive(const std::string& facility,
                                                          const std::string& file_name,
                                                          const std::string& path, const std::string& by) {
  TRY(find(facility));
  const store::StoredFile stored = TRY(parts_.files.adopt(path));
  Import import;
  import.id = mint_uuid(parts_.clock.now());
  import.facility = facility;
  import.file_name = file_name.empty() ? "?" : shorten(file_name, 255);
  import.file_hash = stored.hash;
  import.file_size = static_cast<std::int64_t>(stored.size);
  import.created = parts_.clock.now();
  import.created_by = by;
  const auto insert = [&](Transaction& t) -> Status {
    t.execute("insert into import (" + column_list<Import>() + ") values (" + parameter_list<Import>() + ")",
              bindings_of(import));
    return Done{};
  };
  const auto job =
      TRY(parts_.jobs.start_with(insert, facility, import_kind, import.id, reading_of(import, std::nullopt)));
  return std::pair(import, job);
}

std::function<Status(store::JobContext&)> Facilities::reading_of(
    const Import& import, std::optional<std::vector<ColumnMapping>> mapping) {
  return [this, import, mapping = std::move(mapping)](store::JobContext& context) {
    return read_now(import, mapping, context);
  };
}

/// What a file brings into the hospital that needs mending there: a dependency on what nobody describes, an
/// id used twice.
static std::vector<Finding> new_troubles(const Cartography& before, const Cartography& after,
                                         const std::string& file) {
  constexpr std::size_t most = 100;
  std::set<std::pair<std::string, std::string>> known;
  for (const Finding& finding : before.findings) {
    known.emplace(to_json(finding.message), finding.place);
  }
  std::vector<Finding> list;
  for (const Finding& finding : after.findings) {
    if (finding.severity != Severity::note && !finding.place.empty() && list.size() < most &&
        !known.contains({to_json(finding.message), finding.place})) {
      list.push_back(finding);
      list.back().file = file;
    }
  }
  return list;
}

Status Facilities::read_now(Import import, std::optional<std::vector<ColumnMapping>> mapping,
                            store::JobContext& context) {
  ReadOptions options;
  options.mapping = std::move(mapping);
  options.remembered = [&](const std::string& key) { return remembered(import.facility, key); };
  options.watch.stop = context.stop;
  const auto size = static_cast<double>(std::max<std::int64_t>(1, import.file_size));
  options.watch.progress = [&](std::uint64_t bytes) {
    context.report(std::min(0.9, 0.9 * static_cast<double>(bytes) / size),
                   message("job.reading", {{"file", import.file_name}}));
  };
  auto file = read_file(parts_.files.path_of(import.file_hash), import.file_name, import.created,
                        parts_.catalogue, options);
  if (context.stop.stop_requested()) {
    return Error{ErrorKind::cancelled,
                 message("import.cancelled"),
                 {}};  // follow() knows whether by a user or at the end
  }
  if (!file) {
    import.state = ImportState::refused;
    import.findings = {{Severity::error, file.error().message, import.file_name, 0, {}}};
    save(import);
    return Done{};
  }
  import.format = file->format;
  import.mapping = file->mapping;
  import.findings = file->findings;
  import.summary = {file->recognised.code.empty() ? std::nullopt : std::optional(file->recognised),
                    std::nullopt, file->columns, file->mapping_key};
  import.state = file->usable() ? ImportState::ready : ImportState::refused;
  if (file->usable()) {
    context.report(0.92, message("job.comparing", {{"file", import.file_name}}));
    const Counting now = TRY(counting(import.facility));
    const Cartography before = draw_with(import.facility, now, nullptr);
    const Cartography after = draw_with(import.facility, now, &file->source);
    import.summary.difference = difference(before, after, {});
    const auto troubles = new_troubles(before, after, import.file_name);
    import.findings.insert(import.findings.end(), troubles.begin(), troubles.end());
    const auto& counts = import.summary.difference->counts;
    if (std::any_of(counts.begin(), counts.end(),
                    [](const ChangeCount& count) { return count.created > 0; })) {
      import.summary.difference = difference(before, after, ever_known(import.facility, now));
    }
    keep(import, std::move(file->source));
  }
  save(import);
  return Done{};
}

/// What some version before the present one knew: the imports that count, taken away again from the last.
std::vector<std::string> Facilities::ever_known(const std::string& facility, const Counting& counting) {
  constexpr int most_versions = 32;
  std::set<std::string> keys;
  Counting earlier = counting;
  for (int i = 0; i < most_versions && earlier.imports.size() > 1; ++i) {
    earlier.imports.pop_back();
    keys.merge([&] {
      const auto known = keys_of(draw_with(facility, earlier, nullptr));
      return std::set<std::string>(known.begin(), known.end());
    }());
  }
  return {keys.begin(), keys.end()};
}

std::optional<std::vector<ColumnMapping>> Facilities::remembered(const std::string& facility,
                                                                 const std::string& key) const {
  std::optional<std::vector<ColumnMapping>> mapping;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select mapping from column_mapping where facility = :facility and header_hash = :key",
                 {{"facility", facility}, {"key", key}})) {
      if (auto read = from_json<std::vector<ColumnMapping>>(row.text(0))) {
        mapping = std::move(read).value();
      }
    }
  });
  return mapping;
}

Result<std::pair<Import, store::Job>> Facilities::map_columns(const std::string& facility,
                                                              const std::string& id,
                                                              std::vector<ColumnMapping> mapping) {
  Import import = TRY(find_import(facility, id));
  if (import.format != "sheet" ||
      (import.state != ImportState::ready && import.state != ImportState::refused)) {
    return Error{ErrorKind::conflict, message("import.not_a_sheet"), {}};
  }
  const auto begin = [&](Transaction& t) -> Status {
    // Somebody may have accepted or mapped it since it was looked up.
    if (t.execute("update import set state = 'reading' where id = :id and state in ('ready', 'refused')",
                  {{"id", id}}) != 1) {
      return Error{ErrorKind::conflict, message("import.not_ready"), {}};
    }
    t.execute("delete from column_mapping where facility = :facility and header_hash = :key",
              {{"facility", facility}, {"key", import.summary.mapping_key}});
    t.execute(
        "insert into column_mapping (facility, header_hash, mapping, saved) values (:facility, :key, "
        ":mapping, :saved)",
        {{"facility", facility},
         {"key", import.summary.mapping_key},
         {"mapping", to_json(mapping)},
         {"saved", parts_.clock.now().time_since_epoch().count()}});
    return Done{};
  };
  import.state = ImportState::reading;
  const auto job =
      TRY(parts_.jobs.start_with(begin, facility, import_kind, import.id, reading_of(import, mapping)));
  return std::pair(import, job);
}

Result<Import> Facilities::find_import(const std::string& facility, const std::string& id) const {
  std::optional<Import> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Import>() + " from import where id = :id and facility = :facility",
                 {{"id", id}, {"facility", facility}})) {
      found = from_row<Import>(row);
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("import.not_found", {{"id", shorten(id, 80)}}), {}};
  }
  return *found;
}

std::vector<Import> Facilities::imports(const std::string& facility) const {
  std::vector<Import> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Import>() +
                     " from import where facility = :facility order by created desc, id desc limit 500",
                 {{"facility", facility}})) {
      list.push_back(from_row<Import>(row));
    }
  });
  return list;
}

std::string Facilities::job_of(const Import& import) const {
  const auto job = import.state == ImportState::reading ? parts_.jobs.working_for(import.id) : std::nullopt;
  return job ? job->id : "";
}

Result<Import> Facilities::commit(const std::string& facility, const std::string& id) {
  TRY(find_import(facility, id));
  const Instant now = parts_.clock.now();
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto changed = t.execute(
        "update import set state = 'committed', committed = :now, position = (select coalesce(max(position), "
        "0) + 1 from import where facility = :facility) "
        "where id = :id and facility = :facility and state = 'ready'",
        {{"now", now.time_since_epoch().count()}, {"facility", facility}, {"id", id}});
    if (changed != 1) {
      return Error{ErrorKind::conflict, message("import.not_ready"), {}};
    }
    t.execute("update facility set version = version + 1 where id = :facility", {{"facility", facility}});
    return Done{};
  }));
  publish_facility(facility);
  return find_import(facility, id);
}

Result<Import> Facilities::undo(const std::string& facility, const std::string& id) {
  TRY(find_import(facility, id));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto changed = t.execute(
        "update import set state = 'undone' where id = :id and facility = :facility and state = 'committed' "
        "and "
        "position = (select max(position) from import where facility = :facility and state = 'committed')",
        {{"facility", facility}, {"id", id}});
    if (changed != 1) {
      return Error{ErrorKind::conflict, message("import.not_last"), {}};
    }
    t.execute("update facility set version = version + 1 where id = :facility", {{"facility", facility}});
    return Done{};
  }));
  publish_facility(facility);
  return find_import(facility, id);
}

Result<Import> Facilities::discard(const std::string& facility, const std::string& id) {
  TRY(find_import(facility, id));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto changed = t.execute(
        "update import set state = 'discarded' where id = :id and facility = :facility and state in "
        "('reading', 'ready', 'refused')",
        {{"facility", facility}, {"id", id}});
    if (changed != 1) {
      return Error{ErrorKind::conflict, message("import.not_ready"), {}};
    }
    return Done{};
  }));
  if (const auto job = parts_.jobs.working_for(id)) {
    static_cast<void>(parts_.jobs.cancel(job->id));  // it may just have ended
  }
  return find_import(facility, id);
}

void Facilities::follow(const store::Job& job) {
  const bool cancelled = job.state == store::JobState::cancelled;
  if (job.kind != import_kind || (!cancelled && job.state != store::JobState::failed)) {
    return;
  }
  auto import = find_import(job.facility, job.subject);
  if (!import || import->state != ImportState::reading) {
    return;
  }
  import->state = cancelled ? ImportState::discarded : ImportState::refused;
  const auto why = from_json<Message>(job.detail);
  import->findings = {{Severity::error, why ? *why : message("import.cancelled"), import->file_name, 0, {}}};
  save(*import);
}

void Facilities::resume() {
  std::vector<Import> reading;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Import>() + " from import where state = 'reading'")) {
      reading.push_back(from_row<Import>(row));
    }
  });
  for (const Import& import : reading) {
    (void)parts_.jobs.take_up(import.facility, import_kind, import.id, reading_of(import, std::nullopt));
  }
}

store::Past past_imports() {
  return {"uncounted_imports",
          {"delete from import where state in ('ready', 'refused', 'undone', 'discarded') and created < "
           ":before"}};
}

}  // namespace releve::cartography
