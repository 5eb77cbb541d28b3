// SPDX-License-Identifier: EUPL-1.2
// The compiled hospital: everything a world needs, by dense index. docs/guide/model.md says in words what
// each part means; the names here are the names there. Plain values, immutable while worlds run, and
// therefore safe to share between threads.
#pragma once

#include "engine/arithmetic.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/random.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace releve::engine {

using NodeIndex = Index<struct NodeTag>;
using StepIndex = Index<struct StepTag>;
using HostIndex = Index<struct HostTag>;
using ZoneIndex = Index<struct ZoneTag>;
using ItemIndex = Index<struct ItemTag>;
using FactIndex = Index<struct FactTag>;

// -- what the attacker can hold, and how ----------------------------------------------------------------

enum class NodeKind : std::uint8_t { account, host, presence, foothold, power, right };
enum class Protocol : std::uint8_t { admin, remote_desktop, file, web, database };
inline constexpr std::size_t protocol_count = 5;

struct Node {
  std::string name;   // canonical external name: "host:S-1-5-…", "foothold:SRV:admin:cross"
  std::string label;  // for people
  NodeKind kind = NodeKind::account;
  HostIndex host;  // of a host node
  bool operator==(const Node&) const = default;
};

/// A way of attacking: a row of data/techniques.json.
struct Technique {
  std::string id;
  double seen = 0;             // chance that a sensor of factor 1 sees the first completed step of a zone
  bool needs_outside = false;  // crossed by a cut of the internet
  Delay delay;
  bool operator==(const Technique&) const = default;
};

/// Which cuts cross a step.
enum class Crossing : std::uint8_t { none = 0, internet = 1, zones = 2, everything = 4 };

struct Step {
  NameKey key = 0;  // shared by the local and the cross-zone variant
  std::uint64_t threshold = certain;
  NodeIndex head;
  std::uint16_t technique = 0;
  std::uint16_t watchpoint = 0xFFFF;  // (zone, technique) where sensors look; none: silent
  std::uint8_t crossings = 0;         // bits of Crossing
  std::uint8_t inputs = 1;            // 1..255
  bool operator==(const Step&) const = default;
};

/// A raw fact that steps were made of; closing it removes them.
struct Fact {
  std::string name;   // "relation:S-1…:admin_to:S-1…", "finding:host:CVE-…"
  std::string group;  // what people close together: "admin_to", "patch:CVE-2017-0144"
  std::string label;
  bool operator==(const Fact&) const = default;
};

/// Sensors that look at one (zone, technique).
struct Sensor {
  NameKey key = 0;
  std::uint64_t threshold = 0;
  Delay latency;
  bool operator==(const Sensor&) const = default;
};

struct Watchpoint {
  std::string name;
  std::vector<Sensor> sensors;
  bool operator==(const Watchpoint&) const = default;
};

/// A place of a scenario where an attack may begin.
struct Door {
  std::string name;  // "door:phishing:S-1-5-…"
  std::string label;
  std::string scenario;
  NameKey key = 0;
  double weight = 0;  // > 0; scenario share times the place's share within the scenario
  std::uint64_t threshold = certain;
  bool open = true;  // false: it takes an attempt and gives nothing (closed, or no such place here)
  std::vector<NodeIndex> grants;
  bool operator==(const Door&) const = default;
};

// -- the estate -------------------------------------------------------------------------------------------

struct Host {
  std::string name;
  NameKey key = 0;
  NodeIndex node;
  ZoneIndex zone;
  std::uint32_t domain = 0xFFFFFFFFU;  // index into domains; none: not joined
  std::uint64_t blocked = 0;           // threshold: encryption is stopped on this host
  bool kept_on_shutdown = false;
  bool operator==(const Host&) const = default;
};

struct Domain {
  std::string name;
  NodeIndex tier0;
  NodeIndex deployment;  // strikes every reachable host of the domain
  bool operator==(const Domain&) const = default;
};

struct Zone {
  std::string name;
  NodeIndex local_admin;  // foothold L(z, admin)
  NodeIndex cross_admin;  // foothold X(z, admin)
  bool operator==(const Zone&) const = default;
};

/// Virtualisation control takes its machines and storage.
struct Virtualisation {
  NodeIndex control;
  std::vector<HostIndex> hosts;
  std::vector<ItemIndex> items;  // storage and other items without a host of their own
  bool operator==(const Virtualisation&) const = default;
};

// -- from components to care ----------------------------------------------------------------------------

enum class State : std::uint8_t { down = 0, read_only = 1, not_linked = 2, full = 3 };

enum class ItemKind : std::uint8_t { component, application, interface, service };
/// What kind of restoration a component asks for.
enum class Recovery : std::uint8_t { core, platform, backup, server, workstations, external, none };

struct Need {
  ItemIndex target;
  State least = State::full;
  std::int32_t autonomy = 0;  // ticks
  bool operator==(const Need&) const = default;
};

/// k of these; what the consumer becomes when it is not met.
struct NeedGroup {
  std::string name;  // of the group, for stories
  std::vector<Need> needs;
  std::uint32_t needed = 1;
  enum class Otherwise : std::uint8_t { down, not_linked, as_target } otherwise = Otherwise::down;
  std::array<std::uint32_t, 3>
      curves{};  // services only: index into Model::curves for down, read_only, not_linked
  bool operator==(const NeedGroup&) const = default;
};

struct Item {
  std::string name;  // "component:SRV-1"
  std::string label;
  NameKey key = 0;
  ItemKind kind = ItemKind::component;
  std::vector<NeedGroup> groups;
  // components
  Recovery recovery = Recovery::none;
  std::vector<HostIndex> hosts;
  double lost_share = 1;  // lost when this share of its hosts is unusable (at least one)
  bool kept_on_shutdown = false;
  bool external = false;           // lost while the internet is cut
  std::vector<ItemIndex> backups;  // items that keep its copies
  // backups
  bool is_backup = false;
  bool copy_survives = false;     // offline or immutable
  NodeIndex backup_control;       // power; may be none
  std::uint64_t backup_lost = 0;  // threshold
  // services
  double weight = 0;
  double beds = 0;
  double occupancy = 0;
  double daily_activity = 0;
  double not_dischargeable = 0;      // share of patients who must be transferred
  std::int32_t transfer_after = 0;   // ticks below occupancy
  std::uint32_t transfer_rank = 0;   // 1 first
  std::uint32_t hospital_order = 0;  // 0: none; else its place in the hospital's own restart order
  // applications
  bool patient_record = false;
  bool operator==(const Item&) const = default;
};

inline constexpr std::int32_t horizon = 8 * 7 * 24 * ticks_per_hour;  // 13,440 ticks: eight weeks
inline constexpr std::int32_t full_capacity = 1'000'000;              // capacity is counted in millionths

/// Capacity kept, by age of the gap in ticks: constant to 2 h, linear between the points, constant after
/// 4 weeks. Never rising.
struct Curve {
  std::vector<std::int32_t> by_age;  // horizon + 1 values
  bool operator==(const Curve&) const = default;
};

/// Points at 2 h, 8 h, 24 h, 72 h, 1 week, 4 weeks, as shares 0..1; rising points are lowered to the one
/// before.
Curve curve_through(const std::array<double, 6>& shares);

// -- getting up again -------------------------------------------------------------------------------------

enum class TaskKind : std::uint8_t {
  investigate,
  trusted_core,
  core,
  platform,
  backup,
  restore,
  rebuild,
  check,
  workstations,
  restart_application,
  functional_check,
  interface,
  gate
};
inline constexpr std::size_t task_kinds = 13;
enum class Skill : std::uint8_t { security, infrastructure, applications, workplace, ward };
inline constexpr std::size_t skill_count = 5;

struct TaskTable {
  Delay duration;
  Skill skill = Skill::infrastructure;
  bool operator==(const TaskTable&) const = default;
};

// -- parameters of a world --------------------------------------------------------------------------------

struct Ambition {
  double share = 1;  // of the estate's hosts
  double weight = 1;
  bool operator==(const Ambition&) const = default;
};

struct CutLevel {
  std::uint64_t threshold = 0;  // chance that this level is cut at all
  Delay extra;                  // after the reaction
  bool operator==(const CutLevel&) const = default;
};

struct Parameters {
  Delay attempts;  // K; its "ticks" are a count
  std::vector<Ambition> ambitions;
  std::uint64_t steal_only = 0;
  std::uint64_t long_dwell = 0;  // chance of the second component
  Delay dwell_short;
  Delay dwell_long;
  std::uint64_t night = 0;
  bool strike_needs_outside = true;
  Delay reaction_office;  // from the first sighting
  Delay reaction_off;
  std::array<CutLevel, 3> cuts;  // internet, zones, everything
  std::uint64_t shutdown = 0;
  Delay shutdown_office;  // from the first visible damage
  Delay shutdown_off;
  Delay encryption;  // per host, from the strike
  std::uint64_t backups_sought = 0;
  std::array<TaskTable, task_kinds> tasks;
  std::array<std::uint32_t, skill_count> teams{1, 1, 1, 1, 1};
  std::array<std::uint32_t, skill_count> help_teams{};  // added by regional help
  std::int32_t help_after = horizon;                    // ticks after the first damage
  std::uint32_t batch = 50;                             // workstations in one task
  double catch_up_share = 0;                            // of the length of the gap
  std::int32_t catch_up_most = 0;                       // ticks
  std::int32_t stop_below = full_capacity / 2;
  bool operator==(const Parameters&) const = default;
};

struct Model {
  Parameters parameters;
  // attack
  IndexedVector<NodeIndex, Node> nodes;
  IndexedVector<StepIndex, Step> steps;
  std::vector<Technique> techniques;
  std::vector<Watchpoint> watchpoints;
  std::vector<Door> doors;
  IndexedVector<FactIndex, Fact> facts;
  // rows: inputs of a step, steps out of a node, facts of a step, steps of a fact
  std::vector<std::uint32_t> input_start, input_list;
  std::vector<std::uint32_t> out_start, out_list;
  std::vector<std::uint32_t> fact_start, fact_list;
  std::vector<std::uint32_t> fact_step_start, fact_step_list;
  // estate
  IndexedVector<HostIndex, Host> hosts;
  std::vector<Domain> domains;
  IndexedVector<ZoneIndex, Zone> zones;
  std::vector<Virtualisation> virtualisations;
  // care; services are items too, listed here by name
  IndexedVector<ItemIndex, Item> items;
  std::vector<ItemIndex> services;
  std::vector<Curve> curves;
  std::vector<std::uint32_t> consumer_start, consumer_list;  // items that need this item

  std::span<const std::uint32_t> inputs_of(StepIndex step) const;
  std::span<const std::uint32_t> steps_from(NodeIndex node) const;
  std::span<const std::uint32_t> facts_of(StepIndex step) const;
  std::span<const std::uint32_t> steps_of(FactIndex fact) const;
  std::span<const std::uint32_t> consumers_of(ItemIndex item) const;
  bool operator==(const Model&) const = default;
};

/// A model in the making. Steps are added with their inputs and facts; seal() sorts the steps by the names of
/// first input and step, so that the order of adding leaves no trace, and computes keys and rows.
class Draft {
 public:
  Model model;  // parameters, techniques, items … are filled directly

  NodeIndex node(NodeKind kind, const std::string& name, const std::string& label);
  FactIndex fact(const std::string& name, const std::string& group, const std::string& label);

  struct NewStep {
    std::vector<NodeIndex> inputs;  // at least one
    NodeIndex head;
    std::uint16_t technique = 0;
    double chance = 1;
    ZoneIndex zone;           // where sensors may see it; none: silent
    std::string finding;      // part of its name
    std::string shared_name;  // name used for its chance; empty: made from inputs, head and finding
    std::uint8_t crossings = 0;
    std::vector<FactIndex> facts;
  };

  void step(NewStep step);
  /// account AND foothold(zone, protocol) -> head, once per foothold kind with one shared chance and delay.
  void network_step(const NewStep& step, ZoneIndex zone, Protocol protocol);
  /// A step that is certain, silent and takes no time: memberships, presence, what control implies.
  void implies(NodeIndex from, NodeIndex to, std::vector<FactIndex> facts = {});
  /// A zone with its presence and footholds, whose nodes bear its label. Flows are added after all zones.
  ZoneIndex zone(const std::string& name, const std::string& label);

  ZoneIndex zone(const std::string& name) { return zone(name, name); }

  void flow(ZoneIndex from, ZoneIndex to, Protocol protocol);
  NodeIndex presence(ZoneIndex zone) const;
  /// Sensors of factor `factor` in `zone` for every technique that can be seen.
  void watch(ZoneIndex zone, const std::string& sensor, double factor, const Delay& latency);

  /// Ends the draft. Techniques, zones and sensors must be complete before steps are added.
  Model seal() &&;

 private:
  struct Pending {
    NewStep step;
    std::string name;
    std::uint32_t first_input;  // its place in the order of names
  };

  std::vector<Pending> pending_;
  std::unordered_map<std::string, NodeIndex> node_names_;
  std::unordered_map<std::string, FactIndex> fact_names_;

  struct ZoneNodes {
    NodeIndex presence;
    std::array<NodeIndex, protocol_count> local;
    std::array<NodeIndex, protocol_count> cross;
    std::vector<std::uint16_t> watchpoint;  // by technique
  };

  std::vector<ZoneNodes> zones_;
  /// Certain, silent, without delay: memberships, presence, footholds.
  std::uint16_t instantaneous();
  std::uint16_t instantaneous_ = 0xFFFF;
};

}  // namespace releve::engine
