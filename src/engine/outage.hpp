// SPDX-License-Identifier: EUPL-1.2
// The states of components, applications and services in time (model.md, section 4): the largest solution,
// so that cyclic needs hold each other up as long as nothing else fails.
#pragma once

#include "engine/restore.hpp"

#include <cstdint>
#include <vector>

namespace releve::engine {

/// A state from a tick on. A timeline is sorted, starts full before its first entry and is full after its
/// last; an empty one is always full.
struct Change {
  std::int32_t tick = 0;
  State state = State::full;
  bool operator==(const Change&) const = default;
};

using Timeline = std::vector<Change>;

State state_at(const Timeline& timeline, std::int32_t tick);

/// What each lost item can be on its own footing, by item index: down until its tasks are done, read-only
/// until the ward has checked it.
std::vector<Timeline> own_timelines(const Model& model, const Damage& damage, const Plan& plan);

/// What a group of needs offers its consumer: full while satisfied (autonomy included), else the state of
/// the k-th best of its alternatives.
Timeline group_timeline(const NeedGroup& group, const std::vector<Timeline>& states);

/// A solution known already, of the same hospital but for the needs of `changed` items.
struct SolvedBefore {
  const std::vector<Timeline>& own;
  const std::vector<Timeline>& states;
  const std::vector<std::uint32_t>& changed;
};

/// The states of all items. `own` bounds them from above. Items that nothing different reaches are taken over
/// from `before`: the result is the same, only sooner.
std::vector<Timeline> solve_states(const Model& model, const std::vector<Timeline>& own,
                                   const SolvedBefore* before = nullptr);

}  // namespace releve::engine
