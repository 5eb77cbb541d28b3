// SPDX-License-Identifier: EUPL-1.2
// How fast large exports are read, and in how much memory: a Nessus file of 500 MB and a SharpHound zip of
// 200 MB (packed), of high entropy. One process per measurement; in the same run, a plain program over the
// libraries everybody has (peer_files.hpp), which must find as many hosts, items, objects and rights.
//
//   bench_import [nessus MB] [sharphound MB] [runs]
#include "bench.hpp"
#include "intake/archive.hpp"
#include "intake/readers.hpp"
#include "peer_files.hpp"
#include "prepare/fiction/writers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>

namespace releve::bench {

namespace {

double size_mb(const std::string& path) {
  return static_cast<double>(std::filesystem::file_size(path)) / 1e6;
}

double unpacked_mb(const std::string& path) {
  intake::FileSource file(path);
  intake::Archive archive(file, intake::Packing::zip, {});
  std::uint64_t bytes = 0;
  std::vector<char> block(1 << 16);
  while (archive.next()) {
    while (const std::size_t got = archive.read(block)) {
      bytes += got;
    }
  }
  return static_cast<double>(bytes) / 1e6;
}

struct Times {
  std::vector<double> seconds;
  Totals totals;
  double peak_mb = 0;
};

/// Once, in a process of its own.
void time_once(Times& times, const std::function<Totals()>& read) {
  std::vector<double> got = in_child([&] {
    Totals totals;
    const double seconds = processor_seconds_of([&] { totals = read(); });
    totals.push_back(seconds);
    return totals;
  });
  times.peak_mb = std::max(times.peak_mb, got.back());
  got.pop_back();
  times.seconds.push_back(got.back());
  got.pop_back();
  times.totals = std::move(got);
}

/// Relève's reader and a plain program, in turn; they must find the same.
double compare(const std::string& format, const std::string& path, const std::string& peer, std::size_t runs,
               const std::function<Totals()>& our_reader, const std::function<Totals()>& plain_reader) {
  Times ours;
  Times plain;
  std::vector<double> ratios;
  for (std::size_t run = 0; run < runs; ++run) {
    time_once(ours, our_reader);
    time_once(plain, plain_reader);
    ratios.push_back(plain.seconds.back() / ours.seconds.back());
    for (std::size_t i = 0; i < ours.totals.size(); ++i) {
      if (ours.totals[i] != plain.totals.at(i)) {
        throw std::runtime_error(path + ": we find " + std::to_string(ours.totals[i]) + ", " + peer + " " +
                                 std::to_string(plain.totals[i]));
      }
    }
  }
  const std::string name = "import." + format;
  figure(name + "_mb", size_mb(path), "MB");
  figure(name + "_mb_per_s", size_mb(path) / median(ours.seconds), "MB/s of one processor");
  figure(name + "_peak_mb", ours.peak_mb, "MB");
  figure(name + "_ratio_" + peer, median(ratios), "times our time");
  figure(name + "_peak_mb_" + peer, plain.peak_mb, "MB");
  return ours.peak_mb;
}

template <class Value>
const Value& usable(const intake::Imported<Value>& read) {
  if (!read.usable()) {
    throw std::runtime_error("a generated file does not read");
  }
  return read.value;
}

Totals our_nessus(const std::string& path) {
  intake::FileSource file(path);
  const auto read = intake::read_nessus(file, "scan.nessus", {}, {});
  const intake::Scan& scan = usable(read);
  std::uint64_t items = scan.weaknesses_not_kept;
  for (const intake::ScannedHost& host : scan.hosts) {
    items += host.weaknesses.size();
  }
  return {static_cast<double>(scan.hosts.size()), static_cast<double>(items)};
}

Totals our_sharphound(const std::string& path) {
  intake::FileSource file(path);
  const auto read = intake::read_sharphound(file, "collection.zip", {}, {});
  const intake::Directory& directory = usable(read);
  const auto described = std::ranges::count_if(
      directory.objects, [](const auto& object) { return object.is(intake::Fact::described); });
  const auto rights = std::ranges::count_if(
      directory.relations, [](const auto& relation) { return relation.relation >= intake::Relation::owns; });
  return {static_cast<double>(described), static_cast<double>(rights)};
}

void measure(std::uint64_t nessus_mb, std::uint64_t sharphound_mb, std::size_t runs) {
  const Scratch scratch;
  const std::string nessus = scratch.file("scan.nessus");
  const std::string sharphound = scratch.file("collection.zip");
  const double unpacked = in_child([&] {
    const auto hospital = fiction::build_hospital(fiction::FacilitySize::university, 1);
    fiction::write_nessus(hospital, nessus, {nessus_mb * 1'000'000});
    fiction::write_sharphound(hospital, sharphound, {sharphound_mb * 1'000'000});
    return std::vector<double>{unpacked_mb(sharphound)};
  })[0];
  const double scan = compare(
      "nessus", nessus, "libxml2", runs, [&] { return our_nessus(nessus); },
      [&] { return plain_nessus(nessus); });
  const double directory = compare(
      "sharphound", sharphound, "rapidjson", runs, [&] { return our_sharphound(sharphound); },
      [&] { return plain_sharphound(sharphound); });
  figure("import.sharphound_json_mb", unpacked, "MB when unpacked");
  figure("import.peak_mb", std::max(scan, directory), "MB");
}

}  // namespace

}  // namespace releve::bench

int main(int argc, char** argv) {
  const auto number = [&](int place, unsigned long usual) {
    return argc > place ? std::strtoul(argv[place], nullptr, 10) : usual;
  };
  try {
    releve::bench::measure(number(1, 500), number(2, 200), number(3, 3));
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "bench_import: %s\n", fault.what());
    return 1;
  }
}
