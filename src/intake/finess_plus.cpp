// SPDX-License-Identifier: EUPL-1.2
// FINESS+ "structures" v1 (ansforge/finess, flux/out/data.gouv/structure): one JSON text
//   {"schemaVersion", "generatedAt",
//    "gcc":  [{"nomGcc", "gccIdentifiantExterne", "pmejDuGcc": [{"pmSmsseId", "typeRoleEntiteGroupe"}]}],
//    "pmej": [{"informationsGeneralesPMEJ": {"pmSmsseId", "numFinessPm", ...}, "adresse": [...], "etatObjet",
//              "ege": [{"informationsGeneralesEGE": {"egeId", "numFinessEge", ...}, "adresse": [...],
//              ...}]}]}
// A coded member is a text in the published files and {"code", "system"} in their schema: both are read. GHT
// come first and name their members by technical ids, so they are resolved at the end. Inactive objects are
// in it with their day; coordinates (X and Y exchanged there) are not read.
#include "foundation/base/text.hpp"
#include "intake/json_stream.hpp"
#include "intake/registry_builder.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

namespace releve::intake {

namespace {

/// A member by its path, without the places in lists.
enum class Fact : std::uint8_t {
  none,
  generated,
  group_code,
  group_name,
  group_state,
  member,
  member_role,
  entity_id,
  entity_number,
  entity_name,
  entity_long_name,
  entity_siren,
  entity_opened,
  entity_closed,
  entity_state,
  entity_changed,
  entity_commune,
  entity_postcode,
  entity_town,
  site_id,
  site_number,
  site_name,
  site_long_name,
  site_siret,
  site_category,
  site_sector,
  site_opened,
  site_closed,
  site_state,
  site_changed,
  site_commune,
  site_postcode,
  site_town,
  count
};

struct Path {
  std::string_view path;  // lower case
  Fact fact;
};

constexpr std::array paths{
    Path{"/generatedat", Fact::generated},
    Path{"/gcc/gccidentifiantexterne", Fact::group_code},
    Path{"/gcc/nomgcc", Fact::group_name},
    Path{"/gcc/etatobjet", Fact::group_state},
    Path{"/gcc/etatactif", Fact::group_state},
    Path{"/gcc/pmejdugcc/pmsmsseid", Fact::member},
    Path{"/gcc/pmejdugcc/pm_smsseid", Fact::member},
    Path{"/gcc/pmejdugcc/typeroleentitegroupe", Fact::member_role},
    Path{"/pmej/informationsgeneralespmej/pmsmsseid", Fact::entity_id},
    Path{"/pmej/informationsgeneralespmej/pm_smsseid", Fact::entity_id},
    Path{"/pmej/informationsgeneralespmej/numfinesspm", Fact::entity_number},
    Path{"/pmej/informationsgeneralespmej/denominationpm", Fact::entity_name},
    Path{"/pmej/informationsgeneralespmej/denominationlonguepmsmsse", Fact::entity_long_name},
    Path{"/pmej/informationsgeneralespmej/siren", Fact::entity_siren},
    Path{"/pmej/informationsgeneralespmej/datecreation", Fact::entity_opened},
    Path{"/pmej/informationsgeneralespmej/datefermeture", Fact::entity_closed},
    Path{"/pmej/etatobjet", Fact::entity_state},
    Path{"/pmej/datedernieremaj", Fact::entity_changed},
    Path{"/pmej/adresse/cogcommune", Fact::entity_commune},
    Path{"/pmej/adresse/codepostal", Fact::entity_postcode},
    Path{"/pmej/adresse/ligneacheminement", Fact::entity_town},
    Path{"/pmej/ege/informationsgeneralesege/egeid", Fact::site_id},
    Path{"/pmej/ege/informationsgeneralesege/numfinessege", Fact::site_number},
    Path{"/pmej/ege/informationsgeneralesege/nomegecourt", Fact::site_name},
    Path{"/pmej/ege/informationsgeneralesege/nomegelong", Fact::site_long_name},
    Path{"/pmej/ege/informationsgeneralesege/siret", Fact::site_siret},
    Path{"/pmej/ege/siret", Fact::site_siret},
    Path{"/pmej/ege/categorieentitegeographiqueexercice", Fact::site_category},
    Path{"/pmej/ege/modefixationtarifaire", Fact::site_sector},
    Path{"/pmej/ege/informationsgeneralesege/dateouverture", Fact::site_opened},
    Path{"/pmej/ege/informationsgeneralesege/datefermeture", Fact::site_closed},
    Path{"/pmej/ege/etatobjet", Fact::site_state},
    Path{"/pmej/ege/datedernieremaj", Fact::site_changed},
    Path{"/pmej/ege/adresse/cogcommune", Fact::site_commune},
    Path{"/pmej/ege/adresse/codepostal", Fact::site_postcode},
    Path{"/pmej/ege/adresse/ligneacheminement", Fact::site_town},
};

Fact fact_of(std::string_view path) {
  static const auto by_path = [] {
    std::unordered_map<std::string_view, Fact> map;
    for (const Path& one : paths) {
      map.emplace(one.path, one.fact);
    }
    return map;
  }();
  const auto found = by_path.find(path);
  return found == by_path.end() ? Fact::none : found->second;
}

class FinessPlus {
 public:
  FinessPlus(RegistryExtract& extract, Findings& findings, const Limits& limits)
      : extract_(extract), findings_(findings), limits_(limits), builder_(extract, findings, limits) {}

  bool key(std::string_view key) {
    key_ = to_lower(key.substr(0, most_key_bytes));
    return true;
  }

  bool scalar(const JsonScalar& value) {
    if (value.kind == JsonKind::text || value.kind == JsonKind::whole) {
      const bool coded = key_ == "code";
      const Fact fact = coded ? fact_of(path_) : fact_of(path_ + "/" + key_);
      // The first of a list counts: later addresses are branches of the first.
      if (fact != Fact::none && text(fact).empty()) {
        text(fact) = value.kind == JsonKind::text ? builder_.text(value.text) : std::to_string(value.whole);
      }
    }
    key_.clear();
    return true;
  }

  bool start(bool array) {
    marks_.push_back(path_.size());
    if (!key_.empty()) {
      path_ += "/" + key_;
      key_.clear();
    }
    found_ = found_ || (array && path_ == "/pmej" && marks_.size() == 2);
    return marks_.size() > 1 || !array;
  }

  bool end(bool array) {
    bool going_on = true;
    if (!array) {
      going_on = close();
    }
    path_.resize(marks_.back());
    marks_.pop_back();
    return going_on;
  }

  void finish() {
    if (!found_) {
      findings_.add(Severity::error, message("registry.not_finess_plus"));
      return;
    }
    extract_.day = registry_day(text(Fact::generated));
    extract_.members = !groups_.empty();
    for (auto& [group, members] : groups_) {
      Group& made = builder_.group(group.code);
      made.name = group.name;
      for (const auto& [technical, lead] : members) {
        const auto known = numbers_.find(technical);
        if (known == numbers_.end()) {
          findings_.add(Severity::warning,
                        message("registry.unknown_member", {{"member", technical}, {"ght", group.code}}),
                        "gcc");
        } else {
          made.members.push_back({known->second, lead});
        }
      }
    }
    builder_.finish();
  }

  std::string place() const { return path_.empty() ? std::string() : path_.substr(1); }

 private:
  static constexpr std::size_t most_key_bytes = 60;

  std::string& text(Fact fact) { return texts_[static_cast<std::size_t>(fact)]; }

  std::string taken(Fact fact) { return std::exchange(text(fact), {}); }

  void forget(Fact first, Fact last) {
    for (auto i = static_cast<std::size_t>(first); i <= static_cast<std::size_t>(last); ++i) {
      texts_[i].clear();
    }
  }

  /// An object of these lists ends.
  bool close() {
    const std::size_t outside = marks_.back();
    if (outside != path_.size()) {
      return true;  // a member that is an object
    }
    if (path_ == "/gcc/pmejdugcc") {
      members_.emplace_back(taken(Fact::member), taken(Fact::member_role) == "S");
      return bounded(++all_members_);
    }
    if (path_ == "/gcc") {
      return close_group();
    }
    if (path_ == "/pmej/ege") {
      return close_site();
    }
    return path_ != "/pmej" || close_entity();
  }

  bool bounded(std::size_t count) {
    if (count <= limits_.max_objects) {
      return true;
    }
    findings_.add(Severity::error,
                  message("import.too_many_objects", {{"limit", std::to_string(limits_.max_objects)}}),
                  place());
    return false;
  }

  bool close_group() {
    const bool active = text(Fact::group_state) != "I";
    Group group{taken(Fact::group_code), taken(Fact::group_name), {}};
    forget(Fact::group_code, Fact::member_role);
    if (active && !group.code.empty()) {
      groups_.emplace_back(std::move(group), std::move(members_));
    }
    members_.clear();
    return bounded(groups_.size());
  }

  /// The day of an inactive object's closure: its own, else that of its last change.
  std::string closed_on(Fact closed, Fact state, Fact changed) {
    if (text(state) != "I") {
      return {};
    }
    const std::string day = registry_day(text(closed));
    const std::string last = registry_day(text(changed));
    return !day.empty() ? day : !last.empty() ? last : "1900-01-01";
  }

  bool close_site() {
    Site site;
    builder_.at(0, "pmej/ege " + text(Fact::site_id));
    site.number = builder_.finess(text(Fact::site_number));
    site.technical = text(Fact::site_id);
    site.name = text(Fact::site_name);
    site.long_name = text(Fact::site_long_name);
    site.category = text(Fact::site_category);
    site.sector = text(Fact::site_sector);
    site.insee = text(Fact::site_commune);
    site.department = department_of_commune(site.insee);
    site.postcode = text(Fact::site_postcode);
    site.town = text(Fact::site_town);
    site.siret = builder_.company_number(text(Fact::site_siret), 14);
    site.opened = builder_.day(text(Fact::site_opened));
    site.closed = closed_on(Fact::site_closed, Fact::site_state, Fact::site_changed);
    forget(Fact::site_id, Fact::site_town);
    sites_.push_back(std::move(site));
    return bounded(sites_.size());
  }

  bool close_entity() {
    LegalEntity entity;
    builder_.at(0, "pmej " + text(Fact::entity_id));
    entity.number = builder_.finess(text(Fact::entity_number));
    entity.technical = text(Fact::entity_id);
    entity.name = text(Fact::entity_name);
    entity.long_name = text(Fact::entity_long_name);
    entity.siren = builder_.company_number(text(Fact::entity_siren), 9);
    entity.insee = text(Fact::entity_commune);
    entity.department = department_of_commune(entity.insee);
    entity.postcode = text(Fact::entity_postcode);
    entity.town = text(Fact::entity_town);
    entity.opened = builder_.day(text(Fact::entity_opened));
    entity.closed = closed_on(Fact::entity_closed, Fact::entity_state, Fact::entity_changed);
    forget(Fact::entity_id, Fact::entity_town);
    bool going_on = true;
    for (Site& site : sites_) {
      site.entity = entity.number;
      builder_.at(0, "pmej/ege " + site.technical);
      going_on = going_on && (site.number.empty() || builder_.add(std::move(site)));
    }
    sites_.clear();
    if (!entity.number.empty()) {
      numbers_.emplace(entity.technical, entity.number);
      builder_.at(0, "pmej " + entity.technical);
      going_on = going_on && builder_.add(std::move(entity));
    }
    return going_on;
  }

  RegistryExtract& extract_;
  Findings& findings_;
  Limits limits_;
  RegistryBuilder builder_;
  std::string path_;
  std::vector<std::size_t> marks_;  // the length of the path outside each open object or list
  std::string key_;
  std::array<std::string, static_cast<std::size_t>(Fact::count)> texts_;
  std::vector<Site> sites_;  // of the entity being read
  std::vector<std::pair<std::string, bool>> members_;
  std::vector<std::pair<Group, std::vector<std::pair<std::string, bool>>>> groups_;
  std::unordered_map<std::string, std::string> numbers_;  // by technical id
  std::size_t all_members_ = 0;
  bool found_ = false;
};

}  // namespace

Imported<RegistryExtract> read_finess_plus(ByteSource& source, const std::string& file, const Limits& limits,
                                           const Watch& watch) {
  Imported<RegistryExtract> read;
  Findings findings;
  findings.in_file(file);
  read.value.source = RegistrySource::finess_plus;
  FinessPlus reader(read.value, findings, limits);
  read_json_file(source, file, limits, watch, reader, findings);
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
