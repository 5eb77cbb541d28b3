// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/outlines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace releve::registry {
namespace {

using testing::ElementsAre;

const std::string square = "[[2,46],[3,46],[3,47],[2,47],[2,46]]";
const std::string other_way = "[[2,46],[2,47],[3,47],[3,46],[2,46]]";

std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

std::string polygon(const std::string& rings) {
  return R"({"type":"Polygon","coordinates":[)" + rings + "]}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string with(const std::string& properties) {
  return feature(properties, polygon(square));
}

/// "department 01", "region 84", ... in their order.
std::vector<std::string> told(const std::string& geojson) {
  std::vector<std::string> list;
  const auto read = read_outlines(geojson);
  EXPECT_TRUE(read.ok()) << read.error().message.code << " " << read.error().where;
  for (const Outline& one : read.ok() ? read->outlines.items : std::vector<Outline>()) {
    list.push_back(std::string(text_of(one.territory)) + " " + one.code);
  }
  return list;
}

std::string wrong(const std::string& geojson) {
  const auto read = read_outlines(geojson);
  return read.ok()
             ? "read"
             : read.error().message.code + (read.error().where.empty() ? "" : " in " + read.error().where);
}

TEST(outlines, a_department_with_an_island_and_a_hole) {
  const std::string lake = "[[2.2,46.2],[2.4,46.2],[2.4,46.4],[2.2,46.2]]";
  const std::string island = "[[-4.12345,48],[-4.1,48,12.5],[-4.1,48.1],[-4.12345,48]]";
  const auto read = read_outlines(collection(
      feature(R"("code":"2A","nom":"Corse-du-Sud")",
              R"({"type":"MultiPolygon","coordinates":[[)" + square + "," + lake + "],[" + island + "]]}")));
  ASSERT_TRUE(read.ok()) << read.error().message.code;
  ASSERT_EQ(read->outlines.items.size(), 1U);
  const Outline& one = read->outlines.items[0];
  EXPECT_EQ(one.territory, Territory::department);
  EXPECT_EQ(one.code, "2A");
  EXPECT_THAT(one.polygons,
              ElementsAre(ElementsAre(ElementsAre(2, 46, 3, 46, 3, 47, 2, 47, 2, 46),
                                      ElementsAre(2.2, 46.2, 2.4, 46.2, 2.4, 46.4, 2.2, 46.2)),
                          ElementsAre(ElementsAre(-4.123, 48, -4.1, 48, -4.1, 48.1, -4.123, 48))))
      << "rounded, and heights left out";
  ASSERT_EQ(read->findings.size(), 1U);
  EXPECT_EQ(read->findings[0].message, message("outlines.read", {{"departments", "1"}, {"regions", "0"}}));
}

TEST(outlines, a_ring_may_turn_either_way) {
  for (const std::string& ring : {square, other_way}) {
    EXPECT_THAT(told(collection(feature(R"("code":"13")", polygon(ring)))), ElementsAre("department 13"));
  }
}

TEST(outlines, each_name_of_a_code_tells_what_it_is_of) {
  EXPECT_THAT(
      told(collection(with(R"("INSEE_DEP":"01","INSEE_REG":"84")") + "," + with(R"("INSEE_REG":"01")"))),
      ElementsAre("department 01", "region 01"))
      << "Ain and Guadeloupe in one file";
  EXPECT_THAT(told(collection(with(R"("code":"11")") + "," + with(R"("code":"84")"))),
              ElementsAre("region 11", "region 84"))
      << "all of them regions' codes";
  EXPECT_THAT(told(collection(with(R"("code":"11")") + "," + with(R"("code":"13")"))),
              ElementsAre("department 11", "department 13"))
      << "there is no region 13";
  EXPECT_THAT(told(collection(with(R"("code_insee":1)") + "," + with(R"("code_insee":" 2b ")") + "," +
                              with(R"("code_insee":974)"))),
              ElementsAre("department 01", "department 2B", "department 974"));
}

TEST(outlines, the_source_is_kept) {
  const auto source_of = [](const std::string& member) {
    return read_outlines("{" + member + collection(with(R"("code":"13")")).substr(1))->outlines.source;
  };
  EXPECT_EQ(source_of(""), "");
  EXPECT_EQ(source_of(R"("source":2026,)"), "");
  EXPECT_EQ(source_of(R"("source":" IGN, 2026 ",)"), "IGN, 2026");
  EXPECT_LE(source_of(R"("source":")" + std::string(9000, 'x') + R"(",)").size(), 203U);
}

TEST(outlines, features_of_no_known_code_are_left_out_and_told) {
  const auto read = read_outlines(collection(with(R"("code":"01053")") + "," + with(R"("code":"01")") +
                                             R"(,{"type":"Feature","properties":null,"geometry":null},7)"));
  ASSERT_TRUE(read.ok()) << read.error().message.code;
  EXPECT_EQ(read->outlines.items.size(), 1U);
  ASSERT_EQ(read->findings.size(), 2U);
  EXPECT_EQ(read->findings[1].message,
            message("outlines.ignored", {{"count", "3"}, {"first", "features[0]"}}));
}

TEST(outlines, what_is_wrong_is_told_with_its_feature) {
  const auto ring = [](const std::string& points) {
    return collection(with(R"("code":"02")") + "," + feature(R"("code":"13")", polygon(points)));
  };
  const std::string there = " in features[1] (13)";
  EXPECT_EQ(wrong(""), "json.syntax");
  EXPECT_EQ(wrong("[]"), "outlines.not_geojson");
  EXPECT_EQ(wrong(R"({"type":"Topology","objects":{}})"), "outlines.not_geojson");
  EXPECT_EQ(wrong(R"({"type":"FeatureCollection"})"), "outlines.not_geojson");
  EXPECT_EQ(wrong(R"({"type":"FeatureCollection","features":{}})"), "outlines.not_geojson");
  EXPECT_EQ(wrong(collection("")), "outlines.none_known");
  EXPECT_EQ(wrong(collection(with(R"("nom":"Ain")"))), "outlines.none_known");
  EXPECT_EQ(wrong(collection(with(R"("code":"01")") + "," + with(R"("code":"01")"))),
            "outlines.twice in features[1] (01)");
  EXPECT_EQ(wrong(collection(feature(R"("code":"01")", "null"))), "outlines.no_polygon in features[0] (01)");
  EXPECT_EQ(wrong(collection(feature(R"("code":"01")", R"({"type":"Point","coordinates":[2,46]})"))),
            "outlines.no_polygon in features[0] (01)");
  EXPECT_EQ(wrong(collection(feature(R"("code":"01")", R"({"type":"MultiPolygon","coordinates":[]})"))),
            "outlines.no_polygon in features[0] (01)");
  EXPECT_EQ(wrong(ring("[[2,46],[2.0001,46],[2,46.0001],[2,46]]")), "outlines.no_polygon" + there)
      << "too small to be drawn";
  EXPECT_EQ(wrong(ring("[[2,46],[3,46],[2,46]]")), "outlines.bad_ring" + there) << "a line";
  EXPECT_EQ(wrong(ring("[[2,46],[3,46],[3,47],[2,47]]")), "outlines.bad_ring" + there) << "not closed";
  EXPECT_EQ(wrong(ring(R"([[2,46],["3",46],[3,47],[2,46]])")), "outlines.bad_ring" + there);
  EXPECT_EQ(wrong(ring("[[2,46],[3],[3,47],[2,46]]")), "outlines.bad_ring" + there);
  EXPECT_EQ(wrong(ring("[[2,46],null,[3,47],[2,46]]")), "outlines.bad_ring" + there);
  EXPECT_EQ(wrong(ring("7")), "outlines.bad_ring" + there);
  EXPECT_EQ(wrong(ring("[[652000,6862000],[652100,6862000],[652100,6862100],[652000,6862000]]")),
            "outlines.not_degrees" + there)
      << "Lambert-93";
  EXPECT_EQ(wrong(ring("[[2,46],[1e999,46],[3,47],[2,46]]")), "json.syntax");
}

TEST(outlines, a_file_cut_anywhere_is_refused) {
  const std::string whole = collection(with(R"("code":"01")"));
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_EQ(wrong(whole.substr(0, bytes)), "json.syntax") << bytes;
  }
}

TEST(outlines, a_file_too_large_or_too_detailed_is_refused) {
  EXPECT_EQ(wrong(collection(with(R"("code":"01")")) + std::string(16'000'000, ' ')), "outlines.too_large");
  std::string points;
  for (int i = 0; i < 300'001; ++i) {
    points += "[" + std::to_string(i % 2) + "," + std::to_string(i % 3) + "],";
  }
  EXPECT_EQ(wrong(collection(feature(R"("code":"01")", polygon("[" + points + "[0,0]]")))),
            "outlines.too_detailed in features[0] (01)");
}

TEST(outlines, a_file_is_named_in_what_is_said_of_it) {
  const std::string path = testing::TempDir() + "outlines.geojson";
  EXPECT_EQ(read_outline_file(path).error().message.code, "outlines.no_file");
  EXPECT_EQ(read_outline_file(testing::TempDir()).error().message.code, "outlines.no_file");
  std::ofstream(path) << "\xEF\xBB\xBF" << collection(with(R"("code":"01")") + "," + with(R"("code":"x")"));
  const auto read = read_outline_file(path);
  ASSERT_TRUE(read.ok()) << read.error().message.code;
  EXPECT_EQ(read->findings.at(0).file, path);
  std::ofstream(path) << collection(with(R"("code":"01")") + "," + with(R"("code":"01")"));
  EXPECT_EQ(read_outline_file(path).error().where, path + ": features[1] (01)");
  std::filesystem::remove(path);
}

TEST(outlines, the_published_regions_read) {
  const std::string path = RELEVE_SHARED_DATA "/geo/regions-metropole-simplifie.geojson";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "no real data";
  }
  const auto read = read_outline_file(path);
  ASSERT_TRUE(read.ok()) << read.error().message.code << " " << read.error().where;
  EXPECT_EQ(read->outlines.items.size(), 13U);
  EXPECT_EQ(read->findings.size(), 1U) << "none left out";
  EXPECT_EQ(read->outlines.items.front().territory, Territory::region);
}

}  // namespace
}  // namespace releve::registry
