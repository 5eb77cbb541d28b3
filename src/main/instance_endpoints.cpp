// SPDX-License-Identifier: EUPL-1.2
#include "main/instance_endpoints.hpp"

#include "foundation/api/bind.hpp"
#include "foundation/api/openapi.hpp"
#include "foundation/base/hash.hpp"
#include "main/page.hpp"
#include "prepare/cartography/endpoints.hpp"
#include "prepare/plan/endpoints.hpp"
#include "respond/crisis/endpoints.hpp"
#include "respond/pack/endpoints.hpp"
#include "respond/recall/delivery.hpp"
#include "respond/recall/endpoints.hpp"
#include "steer/registry/endpoints.hpp"

#include <algorithm>
#include <iterator>

namespace releve::main {

using api::Method;
using api::Right;
using api::Session;

struct SessionView {
  std::string user;
  std::string language;
  std::string instance;
  std::string version;
  std::string facility;
  bool needs_phone = false;
  std::vector<Right> everywhere;
  std::vector<Right> somewhere;
};

struct JobsPath {
  std::string facility;
};

struct OneJob {
  std::string id;
};

struct JobRows {
  std::vector<store::Job> items;
};

struct TableText {
  std::string file;
  std::string text;
  bool overridden = false;
  std::string hash;
  std::string version;
};

struct TableTexts {
  std::vector<TableText> items;
};

struct TableEdit {
  std::string file;
  std::string text;
  std::optional<std::string> seen;
};

constexpr auto describe(SessionView*) {
  return Fields{
      field<&SessionView::user>("who is signed in"),
      field<&SessionView::language>("fr or en"),
      field<&SessionView::instance>("database engine of this instance"),
      field<&SessionView::version>("of the product"),
      field<&SessionView::facility>("first facility that the reader may look into; empty: none yet"),
      field<&SessionView::needs_phone>("would have more rights with a second factor"),
      field<&SessionView::everywhere>("rights over the whole instance"),
      field<&SessionView::somewhere>("rights at one place at least")};
}

constexpr auto describe(JobsPath*) {
  return Fields{field<&JobsPath::facility>("facility")};
}

constexpr auto describe(OneJob*) {
  return Fields{field<&OneJob::id>("job")};
}

constexpr auto describe(JobRows*) {
  return Fields{field<&JobRows::items>("newest first")};
}

constexpr auto describe(TableText*) {
  return Fields{field<&TableText::file>("name of the table"), field<&TableText::text>("its JSON"),
                field<&TableText::overridden>("changed on this instance"),
                field<&TableText::hash>("of its JSON"), field<&TableText::version>("of the tables in force")};
}

constexpr auto describe(TableTexts*) {
  return Fields{field<&TableTexts::items>("by name")};
}

constexpr auto describe(TableEdit*) {
  return Fields{
      field<&TableEdit::file>("name of the table", {.max_length = 80}),
      field<&TableEdit::text>("its JSON; empty: back to the built-in table", {.max_length = 4'000'000}),
      field<&TableEdit::seen>("hash of the JSON on the screen: 409 when it is another by now; absent: any",
                              {.max_length = 64, .optional = true})};
}

static TableTexts table_texts(const House& house) {
  TableTexts view;
  for (auto& one : house.tables.texts()) {
    view.items.push_back(
        {one.file, one.text, one.edited, content_hash(one.text), house.tables.in_force()->tables.version});
  }
  return view;
}

static SessionView session_view(const House& house, const Session& session) {
  auto facilities = house.facilities->list(session.places(Right::view));
  if (facilities.empty()) {  // whoever is called to a crisis alone reads the plan in force
    facilities = house.facilities->list(session.places(Right::crisis));
  }
  SessionView view{session.user,
                   session.language,
                   std::string(house.database->engine()),
                   product_version,
                   facilities.empty() ? "" : facilities.front().id,
                   house.access->needs_phone(session),
                   {},
                   {}};
  for (const auto& entry : describe(static_cast<Right*>(nullptr)).entries) {
    if (entry.value > Right::signed_in && session.perimeter->everywhere(entry.value)) {
      view.everywhere.push_back(entry.value);
    }
    if (entry.value > Right::signed_in && session.perimeter->somewhere(entry.value)) {
      view.somewhere.push_back(entry.value);
    }
  }
  return view;
}

std::vector<api::Endpoint> instance_endpoints(House& house) {
  using api::on;
  const auto place_of_job = [&house](const api::PathValues& values) -> std::optional<std::string> {
    const auto job = house.jobs->find(values.at("id"));
    return job ? std::optional(job->facility) : std::nullopt;
  };
  auto edit_tables = api::of_instance(
      on(Method::post, "/settings/tables", Right::steer, "Change a data table",
         [&house](const Session&, const TableEdit& in) -> Result<TableText> {
           TRY(house.edit_table(in.file, in.text, in.seen));
           for (TableText& one : table_texts(house).items) {
             if (one.file == in.file) {
               return std::move(one);
             }
           }
           return Error{ErrorKind::not_found, message("tables.missing_file", {{"file", in.file}}), "file"};
         }));
  edit_tables.max_body = 5'000'000;
  return {
      on(Method::get, "/session", Right::signed_in, "Who is signed in",
         [&house](const Session& session, const api::Nothing&) -> Result<SessionView> {
           return session_view(house, session);
         }),
      on(Method::get, "/facilities/{facility}/jobs", Right::view, "Jobs of a facility",
         [&house](const Session&, const JobsPath& in) -> Result<JobRows> {
           TRY(house.facilities->find(in.facility));
           return JobRows{house.jobs->list(in.facility, 100)};
         }),
      api::in_place(on(Method::get, "/jobs/{id}", Right::view, "One job",
                       [&house](const Session&, const OneJob& in) { return house.jobs->find(in.id); }),
                    place_of_job),
      api::in_place(on(Method::post, "/jobs/{id}/cancel", Right::run, "Stop a job",
                       [&house](const Session&, const OneJob& in) -> Result<store::Job> {
                         TRY(house.jobs->cancel(in.id));
                         return house.jobs->find(in.id);
                       }),
                    place_of_job),
      api::listed(on(Method::get, "/settings/tables", Right::view, "The data tables in force",
                     [&house](const Session&, const api::Nothing&) -> Result<TableTexts> {
                       return table_texts(house);
                     })),
      std::move(edit_tables),
  };
}

std::vector<api::Endpoint> all_endpoints(House& house) {
  constexpr std::uint64_t max_upload = 2'000'000'000;
  std::vector<api::Endpoint> rows = instance_endpoints(house);
  const auto add = [&](std::vector<api::Endpoint> more) {
    std::move(more.begin(), more.end(), std::back_inserter(rows));
  };
  add(cartography::facility_endpoints(*house.facilities, [&house](const std::string& facility) {
    return house.assessments->latest_done(facility);
  }));
  add(cartography::import_endpoints(*house.facilities, max_upload));
  add(cartography::element_endpoints(
      *house.facilities, [&house] { return house.tables.defaults(); }, house.shell.catalogue));
  add(assessment::endpoints(*house.assessments, *house.facilities));
  add(plan::endpoints(
      {*house.plans, *house.facilities, house.plan_library, [&house] { return house.tables.defaults(); }}));
  add(plan::contact_endpoints({*house.plans, *house.facilities, house.shell.catalogue}));
  add(crisis::endpoints({*house.rooms, *house.facilities, *house.files, *house.forecasters,
                         [&house] { return house.tables.obligations(); }}));
  add(pack::endpoints(*house.paper_sets, *house.facilities,
                      {*house.plans, stick_template(), [&house] { return house.tables.obligations(); }}));
  add(recall::staff_endpoints({*house.staff, *house.facilities, house.shell.catalogue}));
  const recall::CalloutParts recalling{*house.callouts,       *house.channels,
                                       *house.rooms,          *house.facilities,
                                       house.shell.catalogue, recall::deliver_by_network()};
  add(recall::callout_endpoints(recalling));
  add(recall::channel_endpoints(recalling));
  add(indicator_endpoints(house));
  add(registry::place_endpoints(*house.places, house.shell.catalogue));
  add(registry::outline_endpoints(house.outlines));
  add(registry::import_endpoints(*house.places, max_upload));
  add(house.access->endpoints());
  for (api::Endpoint& row : rows) {
    if (row.takes_upload) {
      row.run = [&house, run = std::move(row.run)](const Session& session, const api::PathValues& values,
                                                   const api::Request& request) -> Result<api::Reply> {
        TRY(house.quarantine.look(request.upload_path));
        return run(session, values, request);
      };
    }
  }
  return rows;
}

}  // namespace releve::main
