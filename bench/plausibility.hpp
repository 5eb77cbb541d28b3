// SPDX-License-Identifier: EUPL-1.2
// What simulated attacks look like in the terms in which real ones are told: how they end, how long they last
// unseen, what they encrypt, when the patient record is back. docs/guide/plausibility.md sets these figures
// beside the published cases; plausibility_test.cpp holds the demonstration within broad bounds.
#pragma once

#include "engine/run.hpp"
#include "hospital.hpp"

#include <map>
#include <string>
#include <vector>

namespace releve::bench {

struct Figure {
  std::string name;  // "record_write.median"
  double value = 0;
  std::string unit;
};

/// Collects worlds of one compiled hospital.
class Tally {
 public:
  Tally(const engine::Model& model, const cartography::Cartography& cartography);
  /// The world that `runner` has just run.
  void add(const engine::WorldRunner& runner, const engine::World& world);
  /// By name. Shares are in percent of what their name says; durations have .p5, .median and .p95.
  std::vector<Figure> figures() const;

 private:
  void add_attack(const engine::WorldRunner& runner, const engine::Attack& attack);
  void add_strike(const engine::WorldRunner& runner, const engine::Attack& attack);
  void add_restoration(const engine::WorldRunner& runner);
  void add_care(const engine::WorldRunner& runner, const engine::CareOutcome& care);

  void chance(const std::string& name, bool happened) { chances_[name].push_back(happened ? 100 : 0); }

  void amount(const std::string& name, const std::string& unit, double value);

  struct Amounts {
    std::string unit;
    std::vector<double> values;
  };

  const engine::Model& model_;
  std::vector<bool> is_server_;                                    // by host
  std::map<std::string, std::vector<engine::ItemIndex>> by_role_;  // applications
  std::map<std::string, std::vector<double>> chances_;
  std::map<std::string, Amounts> amounts_;
};

/// Compiles the hospital for a scenario and runs `worlds` worlds.
std::vector<Figure> plausibility_of(const Hospital& hospital, const std::string& scenario,
                                    std::uint32_t worlds);

}  // namespace releve::bench
