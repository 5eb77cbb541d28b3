// SPDX-License-Identifier: EUPL-1.2
// The attack of one world: door, spread in time, sighting and reaction, strike, encryption, backups,
// shutdown by decision (model.md, section 3; every draw is named in docs/guide/model.md).
#pragma once

#include "engine/model.hpp"

#include <cstdint>
#include <vector>

namespace releve::engine {

/// The names of a world's own draws, all of name_key("world").
enum class WorldDraw : std::uint32_t {
  hour_of_week,
  attempts,
  ambition,
  steal_only,
  long_dwell,
  dwell,
  night,
  reaction,
  shutdown,
  shutdown_delay,
  backups_sought,
  cut_internet,
  cut_zones,
  cut_everything,
  extra_internet,
  extra_zones,
  extra_everything
};
/// Purposes of the draws of other names: steps, watchpoints, hosts and doors are live by `live`; steps,
/// sensors, hosts and tasks take `time`; doors are ordered by `order`.
inline constexpr std::uint32_t purpose_live = 0;
inline constexpr std::uint32_t purpose_time = 1;
inline constexpr std::uint32_t purpose_order = 2;

enum class Ending : std::uint8_t {
  no_entry,    // none of the first K doors opened
  no_goal,     // neither Tier-0 nor the share of the estate was reached
  cut_before,  // the internet or everything was cut before the strike
  stole_only,
  nothing_hit,  // struck, and every host was protected
  struck,
};

inline constexpr std::uint32_t no_door = 0xFFFFFFFFU;
inline constexpr std::uint32_t by_door = 0xFFFFFFFEU;  // held since the first access
inline constexpr std::uint32_t not_held = 0xFFFFFFFFU;

struct LostHost {
  HostIndex host;
  std::int32_t tick = 0;  // from first access
  bool operator==(const LostHost&) const = default;
};

/// What one world's attack did. Ticks count from first access; `never` or -1 where it did not happen.
struct Attack {
  Ending ending = Ending::no_entry;
  std::uint32_t door = no_door;
  std::uint32_t hour_of_week = 0;  // of first access, 0 = Monday 0 h
  std::int32_t goal = -1;
  std::int32_t sighting = -1;
  std::uint16_t sighted_at = 0xFFFF;  // watchpoint; of two at once, the first by name
  std::array<std::int32_t, 3> cuts{-1, -1, -1};
  std::int32_t strike = -1;   // when it was due, also where a cut came before it
  std::int32_t visible = -1;  // first encryption completed
  std::int32_t shutdown = -1;
  std::int32_t first_damage = -1;      // cut, strike or stop
  std::vector<LostHost> encrypted;     // by host index
  std::vector<ItemIndex> items_taken;  // by virtualisation control, at the strike
  std::vector<ItemIndex> backups_lost;
  std::uint32_t hosts_held = 0;  // when the spread ended
  bool operator==(const Attack&) const = default;
};

/// Everything one thread needs to run worlds, kept between them. Not thread-safe; one per thread.
class AttackRunner {
 public:
  /// Checks what the spread reads without asking: powers of domains and platforms, nodes and zones of hosts.
  explicit AttackRunner(const Model& model);
  /// Pure in (model, seed, world).
  Attack run(Seed seed, WorldIndex world);

  // Of the last world run: when each node was held, and by which step (by_door, not_held).
  Tick held_at(NodeIndex node) const { return held_[node.value]; }

  std::uint32_t held_by(NodeIndex node) const {
    return held_[node.value] == never ? not_held : via_[node.value];
  }

  /// The steps that something came of in the last world: by which a node was held, or which were the first of
  /// their class to be noticeable in their zone. Without any other step it would have gone the same way, tick
  /// by tick (law iii of model.md, section 7).
  const std::vector<std::uint32_t>& telling() const { return telling_; }

 private:
  struct Entry {
    std::uint32_t step;
    std::uint32_t next;
  };

  void choose_door(Attack& attack);
  void hold(NodeIndex node, Tick tick, std::uint32_t via);
  void fire(StepIndex step, Tick now);
  void push(Tick tick, std::uint32_t step);
  void sight(StepIndex step, Tick completed);
  bool crossed(const Step& step, Tick completed) const;
  void spread(Attack& attack);
  Tick strike_tick(Tick goal) const;
  void strike(Attack& attack) const;
  Ending ending_at_strike(const Attack& attack) const;
  void encrypt(Attack& attack) const;
  void shut_down(Attack& attack) const;
  void lose_backups(Attack& attack) const;
  bool reachable(const Host& host, std::int32_t strike) const;
  void save_hosts(Attack& attack, std::int32_t from) const;
  std::uint32_t world_draw(WorldDraw what) const;
  bool off_hours(std::int32_t tick) const;

  const Model& model_;
  NameKey world_key_;
  Seed seed_ = 0;
  WorldIndex world_ = 0;
  std::uint32_t hour_of_week_ = 0;
  std::vector<Tick> held_;
  std::vector<std::uint32_t> via_;     // meaningless where held_ says never
  std::vector<std::uint8_t> pending_;  // inputs of a step not yet held
  std::vector<std::uint8_t> pending_start_;
  std::vector<std::uint32_t> bucket_;    // by tick: first entry + 1
  std::vector<std::uint64_t> occupied_;  // one bit per tick
  std::vector<Entry> entries_;
  std::vector<Tick> first_completed_;  // by watchpoint
  std::vector<std::uint32_t> telling_;
  std::vector<std::uint8_t> counts_;  // by node: as_host, as_tier0 or nothing
  std::int32_t sighting_ = -1;
  std::uint16_t sighted_at_ = 0xFFFF;
  std::array<std::int32_t, 3> cuts_{-1, -1, -1};
  std::uint32_t hosts_held_ = 0;
  std::uint32_t hosts_wanted_ = 0;
  std::int32_t goal_ = -1;
};

}  // namespace releve::engine
