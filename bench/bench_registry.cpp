// SPDX-License-Identifier: EUPL-1.2
// The registry with a whole fictional country: how long a first load and a refresh take, how fast it answers,
// and how fast a reader's rights are asked for each of its places.
// SQLite in a temporary folder; with RELEVE_TEST_POSTGRES (tools/with_postgres) that server instead.
//
//   bench_registry [sites] [readers]
#include "bench.hpp"
#include "foundation/store/database.hpp"
#include "prepare/fiction/national.hpp"
#include "steer/access/access.hpp"
#include "steer/registry/registry.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace releve::bench {

namespace {

double percentile_ms(std::vector<double> seconds, double share) {
  std::sort(seconds.begin(), seconds.end());
  return 1000 * seconds.at(static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1)));
}

struct Room {
  explicit Room(const Scratch& scratch)
      : files(store::FileStore::open(scratch.file("data")).value()),
        database(store::open_database({address(scratch)}, clock.now()).value()),
        jobs(std::make_unique<store::Jobs>(*database, clock, 1, store::Jobs::Changed{})),
        registry(registry::Registry::Parts{*database, *files, *jobs, clock, {}}) {}

  static std::string address(const Scratch& scratch) {
    const char* server = std::getenv("RELEVE_TEST_POSTGRES");
    return server != nullptr ? std::string(server) : "sqlite:" + scratch.file("data") + "/releve.db";
  }

  /// Seconds of reading with its preview, and of accepting.
  std::pair<double, double> load(const std::string& name, const std::string& bytes) {
    const std::string path = files->new_spool_path();
    std::ofstream(path, std::ios::binary) << bytes;
    std::string id;
    const double read = seconds_of([&] {
      const auto [import, job] = registry.receive(name, path, "bench").value();
      jobs->wait(job.id);
      id = import.id;
    });
    const double accepted = seconds_of([&] {
      const auto started = registry.accept(id);
      if (!started || jobs->wait(started->second.id).state != store::JobState::done) {
        throw std::runtime_error(name + " is not accepted");
      }
    });
    return {read, accepted};
  }

  SystemClock clock;
  std::unique_ptr<store::FileStore> files;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::Jobs> jobs;
  registry::Registry registry;
};

void time_searches(Room& room) {
  const std::vector<std::string> questions = {
      "ehpad",       "ehpad mont", "pharmacie val", "clinique bel",  "ch de",
      "99000012",    "990050000",  "mont",          "chu roche",     "gestion",
      "saint orens", "ssiad loup", "hôpital",       "pré fleur ime", "ght"};
  std::vector<double> times;
  for (int round = 0; round < 20; ++round) {
    for (const std::string& words : questions) {
      times.push_back(seconds_of([&] { room.registry.find({.words = words, .size = 20}); }));
    }
  }
  figure("registry.search_p95_ms", percentile_ms(times, 0.95), "ms");
  figure("registry.search_max_ms", percentile_ms(times, 1), "ms");
}

/// Every reader asks for the nation and a region at the same time as the others.
void time_national(Room& room, unsigned readers) {
  std::vector<double> times;
  std::mutex mutex;
  std::vector<std::jthread> threads;
  for (unsigned reader = 0; reader < readers; ++reader) {
    threads.emplace_back([&, reader] {
      std::vector<double> own;
      const auto& regions = registry::territories().regions;
      for (int round = 0; round < 20; ++round) {
        own.push_back(
            seconds_of([&] { room.registry.summary("FR", registry::Hierarchy::region, "").value(); }));
        const std::string region =
            "R" + regions[(reader + static_cast<unsigned>(round)) % regions.size()].code;
        own.push_back(
            seconds_of([&] { room.registry.summary(region, registry::Hierarchy::region, "").value(); }));
      }
      const std::lock_guard lock(mutex);
      times.insert(times.end(), own.begin(), own.end());
    });
  }
  threads.clear();
  figure("registry.national_p95_ms", percentile_ms(times, 0.95), "ms");
  figure("registry.national_max_ms", percentile_ms(times, 1), "ms");
}

/// An observer of a region asks for each place of the country whether it is his to see: per place, the
/// drawing up of his perimeter, which a session keeps for five seconds, counted in.
void time_rights(Room& room) {
  const auto within = [&room](const std::string& place, const std::string& hierarchy, Instant at) {
    const auto ids = room.registry.within(place, value_of<registry::Hierarchy>(hierarchy).value(), at);
    return std::make_shared<const api::PlaceSet>(ids.begin(), ids.end());
  };
  access::Access access({*room.database, room.clock, InstanceKey(std::array<unsigned char, 32>{1, 2, 3}),
                         access::built_in_roles(),
                         [&room](const std::string& place) { return room.registry.knows(place); }, within});
  const std::string owner = access.entrance().enter({}, access.entrance().first_link(false).value()).value();
  const std::string region = "R" + registry::territories().regions.front().code;
  const access::Grant grant{.role = "observer", .place = region, .hierarchy = "region", .recursive = true};
  const auto invited = access.people().invite(access.who(owner), "observer", "Observer", "", grant).value();
  const std::string observer =
      access.entrance().accept({}, invited.second, "three keys under the mat").value();
  const std::vector<std::string> country =
      room.registry.within(std::string(registry::nation_id), registry::Hierarchy::region, room.clock.now());
  std::size_t seen = 0;
  const double seconds = seconds_of([&] {
    const api::Session session = access.who(observer);
    for (const std::string& place : country) {
      seen += session.perimeter->has(api::Right::indicators, place) ? 1U : 0U;
    }
  });
  if (seen != within(region, "region", room.clock.now())->size()) {
    throw std::runtime_error("an observer sees other places than those of his region");
  }
  figure("registry.rights_us_per_row", 1e6 * seconds / static_cast<double>(country.size()), "us");
}

void measure(std::uint32_t sites, unsigned readers) {
  fiction::FictionalCountry country;
  for (const auto& department : registry::territories().departments) {
    if (!department.region.empty()) {
      country.departments.push_back({department.code, department.region});
    }
  }
  country.sites = sites;
  country.entities = sites / 2;
  const Scratch scratch;
  Room room(scratch);
  const fiction::NationalFiles files = fiction::national_files(country, 1);
  const auto [read, accepted] = room.load("finess.csv", files.finess);
  figure("registry.preview_103k_s", read, "s");
  figure("registry.load_103k_s", accepted, "s");
  room.load("ght.csv", files.ghts);
  room.load("sae.csv", files.beds);
  country.later = true;
  const auto [again, refreshed] = room.load("finess.csv", fiction::national_files(country, 1).finess);
  figure("registry.refresh_103k_s", again + refreshed, "s");
  time_searches(room);
  time_national(room, readers);
  time_rights(room);
  figure("registry.rss_mb", peak_mb(), "MB");
}

}  // namespace

}  // namespace releve::bench

int main(int argc, char** argv) {
  const auto number = [&](int place, unsigned long usual) {
    return argc > place ? std::strtoul(argv[place], nullptr, 10) : usual;
  };
  try {
    releve::bench::measure(static_cast<std::uint32_t>(number(1, 103'000)),
                           static_cast<unsigned>(number(2, 50)));
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "bench_registry: %s\n", fault.what());
    return 1;
  }
}
