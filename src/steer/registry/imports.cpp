// SPDX-License-Identifier: EUPL-1.2
// The imports of the registry: received, read and compared, accepted or dropped.
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "intake/readers.hpp"
#include "intake/registry.hpp"
#include "steer/registry/registry.hpp"
#include "steer/registry/rows.hpp"

#include <algorithm>
#include <fstream>

namespace releve::registry {

using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

constexpr const char* read_kind = "registry_read";
constexpr const char* accept_kind = "registry_accept";

std::string format_name(intake::RegistrySource source) {
  switch (source) {
    case intake::RegistrySource::finess_csv:
      return "finess_csv";
    case intake::RegistrySource::finess_xml:
      return "finess_xml";
    case intake::RegistrySource::finess_plus:
      return "finess_plus";
    case intake::RegistrySource::sae:
      return "sae";
    case intake::RegistrySource::ght_list:
      return "ght_list";
    case intake::RegistrySource::none:
      break;
  }
  return {};
}

std::string head_of(const std::string& path) {
  std::string head(64 * 1024, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

Error not_ready() {
  return Error{ErrorKind::conflict, message("import.not_ready"), {}};
}

}  // namespace

Registry::Registry(Parts parts) : parts_(std::move(parts)) {
  const Status laid = parts_.database.write([&](Transaction& t) -> Status {
    lay_foundations(t, territories(), parts_.clock.now());
    return Done{};
  });
  RELEVE_CHECK(laid.ok(), "the built-in table of territories is text");
}

void Registry::tell(const std::string& id) const {
  if (parts_.publish) {
    parts_.publish("registry", R"({"id":)" + to_json(id) + "}");
  }
}

/// Writes what reading or accepting gave, unless the import is elsewhere by now.
void Registry::save(const RegistryImport& import, RegistryImportState from) {
  const Status saved = parts_.database.write([&](Transaction& t) -> Status {
    t.execute(
        "update registry_import set format = :format, source_day = :source_day, state = :state, difference = "
        ":difference, findings = :findings where id = :id and state = :from",
        {{"format", import.format},
         {"source_day", import.source_day},
         {"state", std::string(text_of(import.state))},
         {"difference", to_json(import.difference)},
         {"findings", to_json(import.findings)},
         {"id", import.id},
         {"from", std::string(text_of(from))}});
    return Done{};
  });
  RELEVE_CHECK(saved.ok(), "an import row takes what its reader gave");
  tell(import.id);
}

Result<std::pair<RegistryImport, store::Job>> Registry::receive(const std::string& file_name,
                                                                const std::string& path,
                                                                const std::string& by) {
  const store::StoredFile stored = TRY(parts_.files.adopt(path));
  RegistryImport import;
  import.id = mint_uuid(parts_.clock.now());
  import.file_name = file_name.empty() ? "?" : shorten(file_name, 255);
  import.file_hash = stored.hash;
  import.file_size = static_cast<std::int64_t>(stored.size);
  import.created = parts_.clock.now();
  import.created_by = by;
  const auto insert = [&](Transaction& t) -> Status {
    t.execute(store::insert_into<RegistryImport>("registry_import"), store::bindings_of(import));
    return Done{};
  };
  const auto job = TRY(parts_.jobs.start_with(
      insert, "", read_kind, import.id,
      [this, import](store::JobContext& context) { return read_now(import, context); }));
  return std::pair(import, job);
}

/// The file's content; its findings go to the import.
Result<intake::RegistryExtract> Registry::extract_of(RegistryImport& import,
                                                     store::JobContext& context) const {
  const std::string path = parts_.files.path_of(import.file_hash);
  const intake::RegistrySource format = intake::recognise_registry(head_of(path));
  import.format = format_name(format);
  if (format == intake::RegistrySource::none) {
    return Error{ErrorKind::invalid, message("registry.unknown_format", {{"file", import.file_name}}),
                 import.file_name};
  }
  intake::Watch watch;
  watch.stop = context.stop;
  const auto size = static_cast<double>(std::max<std::int64_t>(1, import.file_size));
  watch.progress = [&](std::uint64_t bytes) {
    context.report(std::min(0.5, 0.5 * static_cast<double>(bytes) / size),
                   message("job.reading", {{"file", import.file_name}}));
  };
  intake::FileSource file(path);
  auto read = intake::read_registry(format, file, import.file_name, {}, watch);
  if (context.stop.stop_requested()) {
    return Error{ErrorKind::cancelled, message("import.cancelled"), {}};
  }
  import.findings = std::move(read.findings);
  import.source_day = read.value.day;
  for (const Finding& finding : import.findings) {
    if (finding.severity == Severity::error) {
      return Error{ErrorKind::invalid, finding.message, finding.place};
    }
  }
  return std::move(read.value);
}

Status Registry::read_now(RegistryImport import, store::JobContext& context) {
  const auto extract = extract_of(import, context);
  if (!extract) {
    if (extract.error().kind == ErrorKind::cancelled) {
      return extract.error();  // follow() knows whether by a user or at the end
    }
    import.state = RegistryImportState::refused;
    if (import.findings.empty()) {
      import.findings = {{Severity::error, extract.error().message, import.file_name, 0, {}}};
    }
    save(import, RegistryImportState::reading);
    return Done{};
  }
  context.report(0.6, message("job.comparing", {{"file", import.file_name}}));
  Known known;
  parts_.database.read([&](Transaction& t) { known = load_known(t); });
  Changes changes = changes_of(known, *extract, territories(), today());
  import.difference = std::move(changes.difference);
  import.findings.insert(import.findings.end(), changes.findings.begin(), changes.findings.end());
  import.state = RegistryImportState::ready;
  save(import, RegistryImportState::reading);
  return Done{};
}

Status Registry::accept_now(RegistryImport import, store::JobContext& context) {
  const auto extract = extract_of(import, context);
  if (!extract) {
    return extract.error();
  }
  // Compared outside the transaction, so that other writers wait for the rows alone; anew when the registry
  // has changed meanwhile.
  for (bool done = false; !done;) {
    context.report(0.6, message("job.comparing", {{"file", import.file_name}}));
    Known known;
    std::int64_t version = 0;
    parts_.database.read([&](Transaction& t) {
      version = registry_version(t);
      known = load_known(t);
    });
    const std::string day = today();
    Changes changes = changes_of(known, *extract, territories(), day);
    known = {};
    if (context.stop.stop_requested()) {
      return Error{ErrorKind::cancelled, message("import.cancelled"), {}};
    }
    context.report(0.8, message("job.accepting", {{"file", import.file_name}}));
    TRY(parts_.database.write([&](Transaction& t) -> Status {
      if (registry_version(t) != version) {
        return Done{};
      }
      const Instant now = parts_.clock.now();
      const auto marked = t.execute(
          "update registry_import set state = 'accepted', accepted = :now, difference = :difference where id "
          "= :id and "
          "state = 'accepting'",
          {{"now", std::int64_t{now.time_since_epoch().count()}},
           {"difference", to_json(changes.difference)},
           {"id", import.id}});
      if (marked != 1) {
        return not_ready();
      }
      apply(t, changes, day, now);
      done = true;
      return Done{};
    }));
  }
  tell(import.id);
  prepare_summaries();
  return Done{};
}

void Registry::prepare_summaries() {
  try {
    for (const Region& region : territories().regions) {
      static_cast<void>(summary("R" + region.code, Hierarchy::region, ""));
    }
    static_cast<void>(summary(std::string(nation_id), Hierarchy::region, ""));
  } catch (const EnvironmentFailure&) {
    // The import is accepted all the same, and whoever opens a page asks again.
  }
}

Result<RegistryImport> Registry::find_import(const std::string& id) const {
  std::optional<RegistryImport> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<RegistryImport>() + " from registry_import where id = :id",
                 {{"id", id}})) {
      found = from_row<RegistryImport>(row);
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("import.not_found", {{"id", shorten(id, 80)}}), {}};
  }
  return std::move(*found);
}

std::vector<RegistryImport> Registry::imports() const {
  std::vector<RegistryImport> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<RegistryImport>() +
                                   " from registry_import order by created desc, id desc limit 100")) {
      list.push_back(from_row<RegistryImport>(row));
    }
  });
  return list;
}

std::string Registry::job_of(const RegistryImport& import) const {
  const bool working =
      import.state == RegistryImportState::reading || import.state == RegistryImportState::accepting;
  const auto job = working ? parts_.jobs.working_for(import.id) : std::nullopt;
  return job ? job->id : "";
}

Result<std::pair<RegistryImport, store::Job>> Registry::accept(const std::string& id) {
  RegistryImport import = TRY(find_import(id));
  const auto begin = [&](Transaction& t) -> Status {
    return t.execute("update registry_import set state = 'accepting' where id = :id and state = 'ready'",
                     {{"id", id}}) == 1
               ? Status(Done{})
               : Status(not_ready());
  };
  import.state = RegistryImportState::accepting;
  const auto job = TRY(parts_.jobs.start_with(
      begin, "", accept_kind, import.id,
      [this, import](store::JobContext& context) { return accept_now(import, context); }));
  return std::pair(import, job);
}

Result<RegistryImport> Registry::discard(const std::string& id) {
  TRY(find_import(id));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    return t.execute(
               "update registry_import set state = 'discarded' where id = :id and state in ('reading', "
               "'ready', "
               "'refused')",
               {{"id", id}}) == 1
               ? Status(Done{})
               : Status(not_ready());
  }));
  if (const auto job = parts_.jobs.working_for(id)) {
    static_cast<void>(parts_.jobs.cancel(job->id));  // it may just have ended
  }
  return find_import(id);
}

void Registry::follow(const store::Job& job) {
  const bool ours = job.kind == read_kind || job.kind == accept_kind;
  if (!ours || (job.state != store::JobState::cancelled && job.state != store::JobState::failed)) {
    return;
  }
  auto import = find_import(job.subject);
  if (!import) {
    return;
  }
  // An import whose acceptance failed may be accepted again: nothing of it was kept.
  const bool accepting = import->state == RegistryImportState::accepting;
  if (!accepting && import->state != RegistryImportState::reading) {
    return;
  }
  const RegistryImportState from = import->state;
  const bool cancelled = job.state == store::JobState::cancelled;
  import->state = accepting   ? RegistryImportState::ready
                  : cancelled ? RegistryImportState::discarded
                              : RegistryImportState::refused;
  const auto why = from_json<Message>(job.detail);
  import->findings.push_back({accepting ? Severity::warning : Severity::error,
                              why ? *why : message("import.cancelled"),
                              import->file_name,
                              0,
                              {}});
  save(*import, from);
}

void Registry::resume() {
  for (const RegistryImport& import : imports()) {
    if (import.state == RegistryImportState::reading) {
      (void)parts_.jobs.take_up("", read_kind, import.id, [this, import](store::JobContext& context) {
        return read_now(import, context);
      });
    } else if (import.state == RegistryImportState::accepting) {
      (void)parts_.jobs.take_up("", accept_kind, import.id, [this, import](store::JobContext& context) {
        return accept_now(import, context);
      });
    }
  }
}

store::Past past_registry_imports() {
  return {"unaccepted_registry_files",
          {"delete from registry_import where state in ('ready', 'refused', 'discarded') and created < "
           ":before"}};
}

}  // namespace releve::registry
