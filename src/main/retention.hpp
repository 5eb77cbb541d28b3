// SPDX-License-Identifier: EUPL-1.2
// How long each kind of the past is kept (data/retention.json), and the hand that lets go of it once a day.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace releve::main {

class House;

struct RetentionRule {
  std::string kind;                  // store::Past::kind
  std::optional<std::int64_t> days;  // after it was over; nothing: kept
  std::string why;
};

constexpr auto describe(RetentionRule*) {
  return Fields{field<&RetentionRule::kind>("kind of the past", {.min_length = 1, .max_length = 60}),
                field<&RetentionRule::days>("kept so long after it was over; null: kept for good",
                                            {.minimum = 1, .maximum = 36'500}),
                field<&RetentionRule::why>("reason", {.max_length = 1'000})};
}

/// Strict: one rule for each kind that the rooms keep. Errors: those of json.hpp, tables.unknown_name,
/// tables.row_twice, tables.missing_row.
Result<std::vector<RetentionRule>> read_retention(std::string_view json);

/// What was let go of.
struct Forgotten {
  std::string kind;
  std::int64_t rows = 0;
  bool operator==(const Forgotten&) const = default;
};

/// Applies the rules in force, each kind in a transaction that also tells the trail, and then removes the
/// files that they alone named. Only what there was to let go of is listed.
std::vector<Forgotten> forget_the_past(House& house, Instant now);

/// As every_day() does, telling the log.
std::jthread forget_daily(House& house);

}  // namespace releve::main
