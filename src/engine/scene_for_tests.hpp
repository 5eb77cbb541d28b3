// SPDX-License-Identifier: EUPL-1.2
// Hospitals small enough to work out by hand, as text: tests/scenes/*.scene. A scene is read from
// top to bottom, one thing a line, words apart by spaces, "#" to the end of a line is for people.
// tests/scenes/README.md says what may be written. An unknown word is an error that names its line.
#pragma once

#include "engine/run.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace releve::engine {

class SceneError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The words of one line, taken from the left.
class SceneLine {
 public:
  SceneLine(std::size_t number, const std::string& text);

  bool empty() const { return next_ == words_.size(); }

  bool accept(const std::string& word);
  void expect(const std::string& word);
  std::string word();
  std::vector<std::string> words();  // apart by commas: "A,B"
  double number();
  std::int32_t tick();  // a number, or "never": -1

  std::size_t line() const { return number_; }

  const std::string& text() const { return text_; }

  [[noreturn]] void fail(const std::string& why) const;

 private:
  std::size_t number_;
  std::string text_;
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

/// What a word of a scene stands for.
template <class T>
T named(SceneLine& line, const std::map<std::string, T>& names, const std::string& word) {
  const auto found = names.find(word);
  if (found == names.end()) {
    line.fail("unknown word \"" + word + "\"");
  }
  return found->second;
}

inline const std::map<std::string, State> state_names{{"down", State::down},
                                                      {"read_only", State::read_only},
                                                      {"not_linked", State::not_linked},
                                                      {"full", State::full}};
inline const std::map<std::string, std::size_t> cut_names{{"internet", 0}, {"zones", 1}, {"everything", 2}};

struct Scene {
  std::string title;
  std::uint32_t worlds = 1;
  Model model;
  std::map<std::string, ItemIndex> items;
  std::map<std::string, NodeIndex> nodes;
  std::map<std::string, HostIndex> hosts;
  Measure what_if;
  std::vector<SceneLine> expectations;
};

/// Throws SceneError.
Scene read_scene(const std::string& text);

/// What is not as the scene says, a line each; empty when all is. Throws SceneError.
std::string play_scene(const Scene& scene);

}  // namespace releve::engine
