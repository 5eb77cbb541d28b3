// SPDX-License-Identifier: EUPL-1.2
// Every scene of tests/scenes happens as it says.
#include "engine/scene_for_tests.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace releve::engine {
namespace {

TEST(scene, all_happen_as_they_say) {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(RELEVE_SOURCE_DIR "/tests/scenes")) {
    if (entry.path().extension() == ".scene") {
      files.insert(entry.path());
    }
  }
  EXPECT_GE(files.size(), 12U);
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    try {
      const Scene scene = read_scene(text.str());
      EXPECT_FALSE(scene.title.empty()) << file;
      EXPECT_FALSE(scene.expectations.empty()) << file;
      EXPECT_EQ(play_scene(scene), "") << file.filename().string() << ": " << scene.title;
    } catch (const SceneError& error) {
      ADD_FAILURE() << file.filename().string() << ", " << error.what();
    }
  }
}

std::string failure_of(const std::string& text) {
  try {
    return play_scene(read_scene(text));
  } catch (const SceneError& error) {
    return error.what();
  }
}

TEST(scene, says_which_line_it_does_not_understand) {
  EXPECT_EQ(failure_of("scene x\nhots A"), "line 2: unknown word \"hots\"");
  EXPECT_EQ(failure_of("host A\n\n# words\nhost B bloked 1"), "line 4: unknown word \"bloked\"");
  EXPECT_EQ(failure_of("set dwel 3"), "line 1: unknown word \"dwel\"");
  EXPECT_EQ(failure_of("set dwell soon"), "line 1: \"soon\" is not a number");
  EXPECT_EQ(failure_of("set dwell 3 4"), "line 1: unknown word \"4\"");
  EXPECT_EQ(failure_of("component A hosts B"), "line 1: unknown word \"B\"");
  EXPECT_EQ(failure_of("host A\nstep intruder"), "line 2: \"->\" is missing");
  EXPECT_EQ(failure_of("host A\nexpect hld A 3"), "line 2: unknown word \"hld\"");
}

TEST(scene, says_what_is_otherwise) {
  EXPECT_EQ(failure_of("host A\nstep intruder -> A takes 3\nexpect held A 4"),
            "line 3: expect held A 4: it is 3\n");
}

}  // namespace
}  // namespace releve::engine
