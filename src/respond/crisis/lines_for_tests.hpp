// SPDX-License-Identifier: EUPL-1.2
// For tests: lines as they arrive, and what stands of them; without a database.
#pragma once

#include "respond/crisis/standing.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace releve::crisis {

inline constexpr Instant t0 = Instant(std::chrono::milliseconds(1'790'000'000'000));

class LinesTest : public ::testing::Test {
 protected:
  /// A line of the own chain, unless `chain` says otherwise.
  LineRow& add(const std::string& id, Instant happened, Deed deed, const std::string& author = "a",
               const std::string& chain = "own") {
    LineRow row;
    row.arrived = static_cast<std::int64_t>(rows.size()) + 1;
    row.chain = chain;
    row.number = ++numbers[chain];
    row.line.id = id;
    row.line.happened = happened;
    row.line.typed = happened;
    row.line.author = author;
    row.line.deed = std::move(deed);
    rows.push_back(row);
    return rows.back();
  }

  Standings read() const {
    Standings standings;
    for (const LineRow& row : rows) {
      standings.add(row);
    }
    return standings;
  }

  Standing one(const std::string& subject) const {
    for (Standing& found : read().list()) {
      if (found.subject == subject) {
        return found;
      }
    }
    ADD_FAILURE() << "nothing stands about " << subject;
    return {};
  }

  std::vector<LineRow> rows;
  std::map<std::string, std::int64_t> numbers;
};

}  // namespace releve::crisis
