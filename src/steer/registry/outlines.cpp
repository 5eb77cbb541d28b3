// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/outlines.hpp"

#include "foundation/base/text.hpp"
#include "steer/registry/territories.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>

namespace releve::registry {

namespace {

constexpr std::size_t most_bytes = 16'000'000;  // what the JSON reader takes
constexpr std::size_t most_points = 300'000;
constexpr double steps_of_a_degree = 1000;
constexpr std::size_t fewest_points = 4;  // of a ring that ends where it begins

Error wrong(std::string code, std::string where, std::vector<Param> params = {}) {
  return {ErrorKind::invalid, message(std::move(code), std::move(params)), std::move(where)};
}

bool is_text(const std::optional<JsonValue>& value, std::string_view text) {
  return value && value->kind() == JsonValue::Kind::text && value->text() == text;
}

bool is_array(const std::optional<JsonValue>& value) {
  return value && value->kind() == JsonValue::Kind::array;
}

bool is_department(std::string_view code) {
  return !territories().region_of(code).empty();
}

bool is_region(std::string_view code) {
  const auto& regions = territories().regions;
  return std::any_of(regions.begin(), regions.end(), [&](const Region& one) { return one.code == code; });
}

/// What a feature says it is; empty: not said under these names.
struct Codes {
  std::string department;
  std::string region;
  std::string either;
};

/// "01", also out of 1: some tools make numbers of codes.
std::string code_in(JsonValue value) {
  if (value.kind() == JsonValue::Kind::text) {
    return to_upper(trim(value.text()));
  }
  const auto whole = value.kind() == JsonValue::Kind::number ? value.integer() : std::nullopt;
  return whole ? (*whole >= 0 && *whole < 10 ? "0" : "") + std::to_string(*whole) : "";
}

std::string code_under(JsonValue properties, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < properties.size(); ++i) {
    if (std::find(names.begin(), names.end(), to_lower(properties.member_name(i))) != names.end()) {
      return code_in(properties.member(i));
    }
  }
  return {};
}

Codes codes_of(JsonValue feature) {
  const auto properties =
      feature.kind() == JsonValue::Kind::object ? feature.find("properties") : std::nullopt;
  if (!properties || properties->kind() != JsonValue::Kind::object) {
    return {};
  }
  return {code_under(*properties, {"insee_dep", "code_dep", "code_dept", "code_departement", "dep"}),
          code_under(*properties, {"insee_reg", "code_reg", "code_region", "reg"}),
          code_under(*properties, {"code", "code_insee", "insee"})};
}

/// Which of the two the codes are whose name does not tell. "11" alone may be Aude or Île-de-France.
Territory meant_by_either(const std::vector<Codes>& all) {
  bool one_region = false;
  for (const Codes& codes : all) {
    if (!is_region(codes.either) && is_department(codes.either)) {
      return Territory::department;
    }
    one_region = one_region || is_region(codes.either);
  }
  return one_region ? Territory::region : Territory::department;
}

/// The department's name goes first: departments are often given with their region beside them.
std::optional<std::pair<Territory, std::string>> territory_of(const Codes& codes, Territory either) {
  const auto told = !codes.department.empty() ? std::pair(Territory::department, codes.department)
                    : !codes.either.empty()   ? std::pair(either, codes.either)
                                              : std::pair(Territory::region, codes.region);
  const bool known =
      told.first == Territory::department ? is_department(told.second) : is_region(told.second);
  return known ? std::optional(told) : std::nullopt;
}

std::string written(double number) {
  JsonWriter writer;
  writer.number(number);
  return writer.take();
}

double rounded(double degrees) {
  return std::round(degrees * steps_of_a_degree) / steps_of_a_degree + 0.0;  // no -0
}

/// Points that are one once rounded count once. Shorter than a ring: too small to be drawn.
Result<Ring> read_ring(JsonValue list, const std::string& where) {
  const auto is_point = [](JsonValue one) {
    return one.kind() == JsonValue::Kind::array && one.size() >= 2 &&
           one.item(0).kind() == JsonValue::Kind::number && one.item(1).kind() == JsonValue::Kind::number;
  };
  if (list.kind() != JsonValue::Kind::array || list.size() < fewest_points) {
    return wrong("outlines.bad_ring", where);
  }
  Ring ring;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const JsonValue point = list.item(i);
    if (!is_point(point)) {
      return wrong("outlines.bad_ring", where);
    }
    const double longitude = point.item(0).number();
    const double latitude = point.item(1).number();
    if (!(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 90)) {
      return wrong("outlines.not_degrees", where,
                   {{"longitude", written(longitude)}, {"latitude", written(latitude)}});
    }
    const std::pair now(rounded(longitude), rounded(latitude));
    if (ring.empty() || std::pair(ring[ring.size() - 2], ring.back()) != now) {
      ring.insert(ring.end(), {now.first, now.second});
    }
  }
  if (std::pair(ring[0], ring[1]) != std::pair(ring[ring.size() - 2], ring.back())) {
    return wrong("outlines.bad_ring", where);
  }
  return ring;
}

Status read_polygon(JsonValue rings, const std::string& where, std::vector<Polygon>& into) {
  if (rings.kind() != JsonValue::Kind::array || rings.size() == 0) {
    return wrong("outlines.bad_ring", where);
  }
  Polygon polygon;
  bool drawn = true;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    Ring ring = TRY(read_ring(rings.item(i), where));
    const bool large_enough = ring.size() >= 2 * fewest_points;
    drawn = drawn && (i > 0 || large_enough);
    if (large_enough) {
      polygon.push_back(std::move(ring));
    }
  }
  if (drawn) {
    into.push_back(std::move(polygon));
  }
  return Done{};
}

Result<std::vector<Polygon>> read_polygons(JsonValue feature, const std::string& where) {
  const auto geometry = feature.find("geometry");
  if (!geometry || geometry->kind() != JsonValue::Kind::object) {
    return wrong("outlines.no_polygon", where);
  }
  const auto coordinates = geometry->find("coordinates");
  const bool several = is_text(geometry->find("type"), "MultiPolygon");
  if (!is_array(coordinates) || (!several && !is_text(geometry->find("type"), "Polygon"))) {
    return wrong("outlines.no_polygon", where);
  }
  std::vector<Polygon> polygons;
  if (!several) {
    TRY(read_polygon(*coordinates, where, polygons));
  }
  for (std::size_t i = 0; several && i < coordinates->size(); ++i) {
    TRY(read_polygon(coordinates->item(i), where, polygons));
  }
  if (polygons.empty()) {
    return wrong("outlines.no_polygon", where);
  }
  return polygons;
}

std::size_t points_of(const Outline& outline) {
  std::size_t numbers = 0;
  for (const Polygon& polygon : outline.polygons) {
    for (const Ring& ring : polygon) {
      numbers += ring.size();
    }
  }
  return numbers / 2;
}

Result<ReadOutlines> read_features(JsonValue features) {
  std::vector<Codes> codes;
  for (std::size_t i = 0; i < features.size(); ++i) {
    codes.push_back(codes_of(features.item(i)));
  }
  const Territory either = meant_by_either(codes);
  ReadOutlines read;
  std::set<std::pair<Territory, std::string>> seen;
  std::size_t points = 0;
  std::vector<std::string> left_out;
  for (std::size_t i = 0; i < features.size(); ++i) {
    std::string where = "features[" + std::to_string(i) + "]";
    const auto told = territory_of(codes[i], either);
    if (!told) {
      left_out.push_back(std::move(where));
      continue;
    }
    where += " (" + told->second + ")";
    if (!seen.insert(*told).second) {
      return wrong("outlines.twice", where, {{"code", told->second}});
    }
    Outline outline{told->first, told->second, TRY(read_polygons(features.item(i), where))};
    points += points_of(outline);
    if (points > most_points) {
      return wrong("outlines.too_detailed", where, {{"most", std::to_string(most_points)}});
    }
    read.outlines.items.push_back(std::move(outline));
  }
  if (seen.empty()) {
    return wrong("outlines.none_known", {});
  }
  const auto say = [&](Severity severity, Message what) {
    read.findings.push_back({.severity = severity, .message = std::move(what)});
  };
  const auto regions =
      std::count_if(seen.begin(), seen.end(), [](const auto& one) { return one.first == Territory::region; });
  say(Severity::note, message("outlines.read", {{"departments", std::to_string(std::ssize(seen) - regions)},
                                                {"regions", std::to_string(regions)}}));
  if (!left_out.empty()) {
    say(Severity::warning, message("outlines.ignored", {{"count", std::to_string(left_out.size())},
                                                        {"first", left_out.front()}}));
  }
  return read;
}

}  // namespace

Result<ReadOutlines> read_outlines(std::string_view geojson) {
  if (geojson.size() > most_bytes) {
    return Error{ErrorKind::limit, message("outlines.too_large"), {}};
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (geojson.starts_with(byte_order_mark)) {
    geojson.remove_prefix(byte_order_mark.size());
  }
  const JsonDocument document = TRY(JsonDocument::parse(geojson));
  const JsonValue root = document.root();
  const bool collection =
      root.kind() == JsonValue::Kind::object && is_text(root.find("type"), "FeatureCollection");
  const auto features = collection ? root.find("features") : std::nullopt;
  if (!is_array(features)) {
    return wrong("outlines.not_geojson", {});
  }
  ReadOutlines read = TRY(read_features(*features));
  if (const auto source = root.find("source"); source && source->kind() == JsonValue::Kind::text) {
    read.outlines.source = shorten(trim(source->text()), 200);
  }
  return read;
}

Result<ReadOutlines> read_outline_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code fault;
  std::ifstream in(path, std::ios::binary);
  if (!fs::is_regular_file(path, fault) || !in) {
    return wrong("outlines.no_file", path);
  }
  if (fs::file_size(path, fault) > most_bytes) {
    return Error{ErrorKind::limit, message("outlines.too_large"), path};
  }
  auto read = read_outlines(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!read) {
    Error error = std::move(read).error();
    error.where = path + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  for (Finding& finding : read->findings) {
    finding.file = path;
  }
  return read;
}

}  // namespace releve::registry
