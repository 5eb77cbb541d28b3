// SPDX-License-Identifier: EUPL-1.2
// Which place has a number, while a file is compared: the numbers known, and those that the file gives. Not
// thread-safe; the references must outlive it.
#pragma once

#include "steer/registry/changes.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace releve::registry {

class KnownNumbers {
 public:
  KnownNumbers(const Known& known, Changes& changes, std::string day);

  /// Empty: nobody has it.
  std::string place_of(const std::string& scheme, const std::string& number) const;
  /// From the day on the place has this number, and whoever had it has it no more.
  void give(const std::string& scheme, const std::string& number, const std::string& place);
  /// Ends the numbers of a scheme that the place has beside this one; gives them back.
  std::vector<std::string> replace_by(const std::string& scheme, const std::string& place,
                                      const std::string& number);

 private:
  using Key = std::pair<std::string, std::string>;

  const Known& known_;
  Changes& changes_;
  std::string day_;
  std::map<Key, std::string> fresh_;
  std::unordered_map<std::string, std::vector<Key>> by_place_;
};

}  // namespace releve::registry
