// SPDX-License-Identifier: EUPL-1.2
// How fast large exports are read, and in how much memory: a Nessus file of 500 MB and a SharpHound zip of
// 200 MB (packed), of high entropy. One process per measurement.
//
//   bench_import [nessus MB] [sharphound MB] [runs]
#include "bench.hpp"
#include "intake/archive.hpp"
#include "intake/readers.hpp"
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

struct Speed {
  double mb_per_s = 0;
  double peak = 0;
};

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

Speed read_often(const std::string& path, std::size_t runs,
                 const std::function<bool(intake::ByteSource&)>& usable) {
  Speed speed;
  std::vector<double> times;
  for (std::size_t run = 0; run < runs; ++run) {
    const std::vector<double> got = in_child([&] {
      bool read = false;
      const double seconds = seconds_of([&] {
        intake::FileSource file(path);
        read = usable(file);
      });
      if (!read) {
        throw std::runtime_error(path + " does not read");
      }
      return std::vector<double>{seconds};
    });
    times.push_back(got[0]);
    speed.peak = std::max(speed.peak, got[1]);
  }
  speed.mb_per_s = size_mb(path) / median(times);
  return speed;
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
  const Speed scan = read_often(nessus, runs, [&](intake::ByteSource& file) {
    return intake::read_nessus(file, "scan.nessus", {}, {}).usable();
  });
  figure("import.nessus_mb", size_mb(nessus), "MB");
  figure("import.nessus_mb_per_s", scan.mb_per_s, "MB/s");
  figure("import.nessus_peak_mb", scan.peak, "MB");
  const Speed directory = read_often(sharphound, runs, [&](intake::ByteSource& file) {
    return intake::read_sharphound(file, "collection.zip", {}, {}).usable();
  });
  figure("import.sharphound_mb", size_mb(sharphound), "MB packed");
  figure("import.sharphound_json_mb", unpacked, "MB of JSON");
  figure("import.sharphound_mb_per_s", directory.mb_per_s, "MB packed/s");
  figure("import.sharphound_json_mb_per_s", directory.mb_per_s * unpacked / size_mb(sharphound),
         "MB of JSON/s");
  figure("import.sharphound_peak_mb", directory.peak, "MB");
  figure("import.peak_mb", std::max(scan.peak, directory.peak), "MB");
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
