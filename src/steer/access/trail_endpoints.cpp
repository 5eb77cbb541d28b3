// SPDX-License-Identifier: EUPL-1.2
// The audit trail, read, exported and checked.
#include "foundation/api/bind.hpp"
#include "foundation/describe/columns.hpp"
#include "foundation/report/workbook.hpp"
#include "steer/access/access.hpp"

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;

struct TrailAsked {
  std::string place;
  std::string actor;
  std::string deed;
  std::int64_t before = 0;
  std::int64_t size = 200;
};

struct TrailRows {
  std::vector<TrailEntry> items;
};

struct TrailExport {
  std::string format = "csv";
};

struct DigestRows {
  std::vector<TrailDigest> items;
};

constexpr Rules a_filter{.max_length = 200, .optional = true};

constexpr auto describe(TrailAsked*) {
  return Fields{field<&TrailAsked::place>("only about this facility", a_filter),
                field<&TrailAsked::actor>("only by this one", a_filter),
                field<&TrailAsked::deed>("only this", a_filter),
                field<&TrailAsked::before>("entries with a smaller number; 0: the newest",
                                           {.minimum = 0, .optional = true}),
                field<&TrailAsked::size>("at most", {.minimum = 1, .maximum = 1000, .optional = true})};
}

constexpr auto describe(TrailRows*) {
  return Fields{field<&TrailRows::items>("newest first")};
}

constexpr auto describe(TrailExport*) {
  return Fields{field<&TrailExport::format>("csv or json", {.optional = true})};
}

constexpr auto describe(DigestRows*) {
  return Fields{field<&DigestRows::items>("newest first")};
}

namespace {

constexpr std::int64_t most_exported = 1'000'000;

Result<api::File> exported(const Office& office, const Session& by, const TrailExport& asked) {
  if (asked.format != "csv" && asked.format != "json") {
    return Error{ErrorKind::invalid, message("api.bad_choice", {{"allowed", "csv, json"}}), "format"};
  }
  const auto entries = office.trail.list({.places = by.places(Right::audit), .size = most_exported});
  office.trail.note({.actor = by.user, .peer = by.peer, .deed = "trail_exported"});
  if (asked.format == "json") {
    return api::File{"application/json", "releve-trail.json", to_json(TrailRows{entries})};
  }
  report::Table table;
  table.name = "trail";
  for (const auto& column : columns_of<TrailEntry>()) {
    table.columns.push_back({column.name});
  }
  for (const TrailEntry& one : entries) {
    table.rows.push_back({static_cast<double>(one.number), to_rfc3339(one.at), one.actor, one.peer, one.deed,
                          one.place, one.subject, to_json(one.detail), one.previous, one.hash});
  }
  return api::File{"text/csv; charset=utf-8", "releve-trail.csv", report::write_csv(table)};
}

}  // namespace

std::vector<api::Endpoint> trail_endpoints(Office& office) {
  using api::on;
  return {
      api::listed(on(Method::get, "/trail", Right::audit, "Who did and saw what, within reach",
                     [&office](const Session& by, const TrailAsked& asked) -> Result<TrailRows> {
                       return TrailRows{office.trail.list({by.places(Right::audit), asked.place, asked.actor,
                                                           asked.deed, asked.before, asked.size})};
                     })),
      api::listed(
          on(Method::get, "/trail/export", Right::audit, "The same as a file",
             [&office](const Session& by, const TrailExport& asked) { return exported(office, by, asked); })),
      api::of_instance(on(Method::get, "/trail/digests", Right::audit, "The signed days",
                          [&office](const Session&, const Nothing&) -> Result<DigestRows> {
                            return DigestRows{office.trail.digests()};
                          })),
      api::of_instance(on(
          Method::get, "/trail/check", Right::audit, "Holds the whole trail against its hashes",
          [&office](const Session&, const Nothing&) -> Result<TrailCheck> { return office.trail.check(); })),
  };
}

}  // namespace releve::access
