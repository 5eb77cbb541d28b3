// SPDX-License-Identifier: EUPL-1.2
// Small hospitals drawn at random, built through Draft like real ones, that put every rule of the
// engine next to every other: AND steps, shared coins, cuts, sensors, backups, virtualisation,
// cyclic needs, k of n, autonomy, few teams.
#pragma once

#include "engine/measure.hpp"

#include <string>
#include <vector>

namespace releve::engine {

/// A stream of draws of its own, far from those of the worlds.
class RandomDraws {
 public:
  RandomDraws(Seed seed, const std::string& what);
  std::uint32_t below(std::uint32_t n);  // 0 .. n - 1

  std::uint32_t from(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }

  bool maybe(double p);

  template <class T>
  T one_of(const std::vector<T>& values) {
    return values[below(static_cast<std::uint32_t>(values.size()))];
  }

 private:
  Seed seed_;
  NameKey name_;
  WorldIndex next_ = 0;
};

struct RandomModelOptions {
  bool sight = true;               // sensors, and cuts after them
  bool unrelated_element = false;  // accounts, a step, a zone, a sensor and an item that touch nothing else
};

Model random_model(Seed seed, const RandomModelOptions& options = {});

ModelChange random_change(const Model& model, RandomDraws& draws, ChangeKind kind);
/// A measure of one or two changes that the model can take.
Measure random_measure(const Model& model, RandomDraws& draws);
std::vector<Measure> random_measures(const Model& model, RandomDraws& draws, std::size_t count);

}  // namespace releve::engine
