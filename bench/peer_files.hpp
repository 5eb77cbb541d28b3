// SPDX-License-Identifier: EUPL-1.2
// The same exports, read as a plain program would with the libraries everybody has: what Relève's own readers
// must not be slower than. They hold no limits, check no names and explain nothing.
#pragma once

#include <string>
#include <vector>

namespace releve::bench {

/// What was found, to be compared: numbers, as a child process gives them back.
using Totals = std::vector<double>;

/// Hosts and items. libxml2's xmlTextReader; title, severity and CVEs of each item are kept.
Totals plain_nessus(const std::string& path);
/// Objects and entries of access control lists. libarchive, one JSON file of the zip after the other, each as
/// a RapidJSON document.
Totals plain_sharphound(const std::string& path);

}  // namespace releve::bench
