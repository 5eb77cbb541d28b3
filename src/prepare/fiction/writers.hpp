// SPDX-License-Identifier: EUPL-1.2
// A fictional hospital in the real formats. Each writer streams to one file in bounded memory (a few MB
// beyond the hospital itself), writes the same bytes for the same hospital, and throws EnvironmentFailure
// when the disk refuses.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/result.hpp"
#include "prepare/fiction/hospital.hpp"

#include <cstdint>
#include <string>

namespace releve::fiction {

/// For benchmarks: the real content, then more of the same form and of high entropy, until the file has at
/// least this many bytes (and at most about 1 MB more). 0: the hospital alone.
struct Stretch {
  std::uint64_t bytes = 0;
};

/// SharpHound v6: a zip of one JSON file per type, `meta` last. The stretch counts packed bytes.
void write_sharphound(const FictionalHospital& hospital, const std::string& path, Stretch stretch = {});
/// Nmap XML with service detection.
void write_nmap(const FictionalHospital& hospital, const std::string& path);
/// Nessus v2.
void write_nessus(const FictionalHospital& hospital, const std::string& path, Stretch stretch = {});
/// Relève's own spreadsheet template, filled, with the French words of the catalogue.
Status write_sheet(const FictionalHospital& hospital, const std::string& path, const Catalogue& catalogue);
/// Extracts of the CISA and FIRST lists with only the CVE of this hospital; EPSS scores are plausible, not
/// real.
void write_kev(const FictionalHospital& hospital, const std::string& path);
void write_epss(const FictionalHospital& hospital, const std::string& path);
/// Says, in French and English, that all of it is fiction.
void write_readme(const FictionalHospital& hospital, const std::string& path);

}  // namespace releve::fiction
