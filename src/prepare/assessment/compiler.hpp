// SPDX-License-Identifier: EUPL-1.2
// The work in progress of compile(): one file per subject adds to it. Private to this room.
#pragma once

#include "prepare/assessment/compile.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace releve::assessment {

struct Compiler {
  const cartography::Cartography& map;
  const cartography::Defaults& defaults;
  const Tables& tables;
  const CompileOptions& options;
  engine::Draft draft;
  Findings findings;

  std::unordered_map<std::string, std::uint16_t> techniques;  // by id
  std::vector<double> chance;                                 // by technique, modifiers applied
  std::unordered_map<std::string, engine::ZoneIndex> zones;   // by id
  std::vector<engine::HostIndex> host_of_machine;             // by machine
  std::vector<engine::NodeIndex> account_of_object;           // by directory object: acting as it
  std::vector<engine::NodeIndex> control_of_object;           // by directory object: changing it
  std::vector<std::uint32_t> machine_of_object;               // none: 0xFFFFFFFF
  std::vector<std::uint32_t> domain_of;                       // by directory domain: index in Model::domains
  std::unordered_map<std::string, engine::ItemIndex> items;   // by element id
  std::unordered_map<std::string, std::vector<std::uint32_t>> machines_of_component;

  engine::NodeIndex host_node(std::uint32_t machine) const {
    return draft.model.hosts[host_of_machine[machine]].node;
  }

  engine::ZoneIndex zone_of(std::uint32_t machine) const {
    return draft.model.hosts[host_of_machine[machine]].zone;
  }

  std::uint16_t technique(const std::string& id) const { return techniques.at(id); }

  struct Move {
    const char* technique;
    engine::NodeIndex head;
    engine::ZoneIndex zone;  // of the head
    std::string finding = {};
    std::vector<engine::FactIndex> facts = {};
  };

  /// input -> head, seen in the zone.
  void local_move(engine::NodeIndex input, Move move);
  /// input AND foothold(zone, protocol) -> head.
  void network_move(std::vector<engine::NodeIndex> inputs, engine::Protocol protocol, Move move);
  engine::FactIndex fact(const std::string& kind, const std::string& subject, const std::string& label);
};

const char* watch_name(const std::optional<cartography::Watch>& watch);
engine::Delay delay_of(const DelayRow& row);
double share_row(const std::vector<ShareRow>& rows, const std::string& id);

// The passes of compile(), in their order.
void compile_techniques(Compiler& compiler);  // compile_network.cpp
void compile_zones(Compiler& compiler);
void compile_hosts(Compiler& compiler);
void compile_directory(Compiler& compiler);     // compile_directory.cpp
void compile_certificates(Compiler& compiler);  // compile_certificates.cpp
void compile_flaws(Compiler& compiler);         // compile_flaws.cpp
void compile_care(Compiler& compiler);          // compile_care.cpp
void compile_platforms(Compiler& compiler);     // compile_platforms.cpp
void compile_doors(Compiler& compiler);         // compile_doors.cpp
void compile_parameters(Compiler& compiler);    // compile_parameters.cpp

/// The technique by which this weakness lets somebody in, or none.
enum class Flaw { none, open_code, likely, known, ransomware };
Flaw flaw_of(const Compiler& compiler, const intake::Weakness& weakness);
const char* flaw_technique(Flaw flaw);
engine::Protocol protocol_of_port(std::uint16_t port);

}  // namespace releve::assessment
