// SPDX-License-Identifier: EUPL-1.2
#include "main/metrics.hpp"

#include "foundation/store/failures.hpp"
#include "main/instance_endpoints.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace releve::main {
namespace {

struct Label {
  std::string_view name;
  std::string value;
};

/// Our labels need no escaping: routes, words and numbers of ours.
void sample(std::string& out, std::string_view name, const std::vector<Label>& labels,
            const std::string& value) {
  out.append(name);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    out.append(i == 0 ? "{" : ",").append(labels[i].name).append("=\"").append(labels[i].value).append("\"");
  }
  out.append(labels.empty() ? " " : "} ").append(value).append("\n");
}

void family(std::string& out, std::string_view name, std::string_view kind, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
  out.append(name).append(" ").append(kind).append("\n");
}

void gauge(std::string& out, std::string_view name, std::string_view help, std::size_t value) {
  family(out, name, "gauge", help);
  sample(out, name, {}, std::to_string(value));
}

/// Shortest form that reads back: 0.005, not 0.005000.
std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
  return std::string(digits.begin(), end);
}

/// Bytes of this process in memory (proc(5), statm).
std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t whole = 0;
  std::size_t resident = 0;
  statm >> whole >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void append_database(std::string& out, const House& house) {
  std::map<std::string, std::int64_t> jobs;
  for (const auto& entry : describe(static_cast<store::JobState*>(nullptr)).entries) {
    jobs[std::string(text_of(entry.value))] = 0;
  }
  std::int64_t processes = 0;
  bool up = true;
  try {
    house.database->read([&](store::Transaction& t) {
      for (const auto& row : t.query("select state, count(*) from job group by state")) {
        jobs[row.text(0)] = row.integer(1);
      }
      processes = t.query("select count(*) from process").at(0).integer(0);
    });
  } catch (const EnvironmentFailure&) {
    up = false;
  }
  gauge(out, "releve_database_up", "1 when the database answered just now", up ? 1 : 0);
  family(out, "releve_database_failures_total", "counter", "Transactions that the database failed");
  sample(out, "releve_database_failures_total", {}, std::to_string(store::failures_of(*house.database)));
  if (!up) {
    return;
  }
  family(out, "releve_jobs", "gauge", "Jobs in the database by state, of all processes");
  for (const auto& [state, count] : jobs) {
    sample(out, "releve_jobs", {{"state", state}}, std::to_string(count));
  }
  gauge(out, "releve_processes", "Processes that serve the database",
        static_cast<std::size_t>(std::max<std::int64_t>(0, processes)));
}

}  // namespace

void Metrics::answered(std::string_view method, std::string_view route, int status,
                       std::chrono::duration<double> took) {
  const auto place = std::lower_bound(bounds.begin(), bounds.end(), took.count());
  const std::lock_guard lock(mutex_);
  Route& counted = routes_[std::pair(std::string(route), std::string(method))];
  ++counted.by_status[status];
  counted.seconds += took.count();
  if (place != bounds.end()) {
    ++counted.within[static_cast<std::size_t>(place - bounds.begin())];
  }
}

void Metrics::append_requests(std::string& out) const {
  const std::lock_guard lock(mutex_);
  family(out, "releve_http_requests_total", "counter", "Requests answered, by row and status");
  for (const auto& [key, route] : routes_) {
    for (const auto& [status, count] : route.by_status) {
      sample(out, "releve_http_requests_total",
             {{"method", key.second}, {"route", key.first}, {"status", std::to_string(status)}},
             std::to_string(count));
    }
  }
  constexpr std::string_view seconds = "releve_http_request_seconds";
  family(out, seconds, "histogram", "Time to a reply, without the network; of a stream, to its beginning");
  for (const auto& [key, route] : routes_) {
    std::vector<Label> labels{{"method", key.second}, {"route", key.first}};
    std::uint64_t all = 0;
    for (const auto& [status, count] : route.by_status) {
      all += count;
    }
    sample(out, std::string(seconds) + "_sum", labels, number(route.seconds));
    sample(out, std::string(seconds) + "_count", labels, std::to_string(all));
    labels.push_back({"le", ""});
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      so_far += route.within[i];
      labels.back().value = number(bounds[i]);
      sample(out, std::string(seconds) + "_bucket", labels, std::to_string(so_far));
    }
    labels.back().value = "+Inf";
    sample(out, std::string(seconds) + "_bucket", labels, std::to_string(all));
  }
}

std::string Metrics::text(const House& house, const http::Load& load) const {
  std::string out;
  family(out, "releve_build_info", "gauge", "Always 1; what runs is in the labels");
  sample(out, "releve_build_info",
         {{"version", product_version}, {"database", std::string(house.database->engine())}}, "1");
  append_requests(out);
  gauge(out, "releve_http_connections", "Open connections", load.connections);
  gauge(out, "releve_http_queued", "Requests that wait for a worker", load.queued);
  gauge(out, "releve_http_uploads", "Files that are being received", load.uploads);
  gauge(out, "releve_http_streams", "Open streams of live events", load.streams);
  append_database(out, house);
  gauge(out, "process_resident_memory_bytes", "Memory of this process", resident_bytes());
  return out;
}

}  // namespace releve::main
