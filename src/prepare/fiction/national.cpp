// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/national.hpp"

#include "foundation/base/text.hpp"
#include "prepare/fiction/chance.hpp"
#include "prepare/fiction/place_words.hpp"

#include <map>
#include <utility>

namespace releve::fiction {

namespace {

std::string padded(std::uint32_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

/// FINESS writes the overseas departments with letters.
std::string finess_department(const std::string& insee) {
  static const std::map<std::string, std::string> overseas{{"971", "9A"}, {"972", "9B"}, {"973", "9C"},
                                                           {"974", "9D"}, {"975", "9E"}, {"976", "9F"}};
  const auto found = overseas.find(insee);
  return found == overseas.end() ? insee.substr(0, 2) : found->second;
}

struct FictionalSite {
  std::string number;
  std::uint32_t entity = 0;
  std::string name;
  std::string town;
  const PlaceKind* kind = nullptr;
  std::size_t department = 0;
};

class Country {
 public:
  Country(const FictionalCountry& wanted, Seed seed)
      : wanted_(wanted), chance_(seed), words_(read_place_words()) {
    for (const PlaceKind& kind : words_.kinds) {
      weight_ += static_cast<std::uint32_t>(kind.weight);
    }
  }

  NationalFiles write() {
    NationalFiles files;
    files.finess = "finess;etalab;1;" + std::string(wanted_.later ? "2026-10-01" : "2026-05-12") + "\n";
    files.beds = "BOR;AN;FI;RS;FI_EJ;LIT_MCO\n";
    for (std::uint32_t i = 0; i < wanted_.entities; ++i) {
      write_entity(i, files.finess);
    }
    for (std::uint32_t i = 0; i < wanted_.sites; ++i) {
      if (!wanted_.later || !chance_.happens("closed" + std::to_string(i), 0.004)) {
        write_site(site(i), files);
      }
    }
    for (std::uint32_t i = 0; wanted_.later && i < wanted_.sites / 250; ++i) {
      write_site(site(wanted_.sites + i), files);
    }
    write_ghts(files.ghts);
    return files;
  }

 private:
  static std::string entity_number(std::uint32_t i) { return "995" + padded(i, 6); }

  std::size_t department_of(std::uint32_t entity) const { return entity % wanted_.departments.size(); }

  std::string town(std::string_view name) const {
    return chance_.one_of(words_.town_starts, name, 1) + chance_.one_of(words_.town_ends, name, 2);
  }

  const PlaceKind& kind(std::string_view name) const {
    auto left = static_cast<std::int64_t>(chance_.below(name, weight_, 3));
    for (const PlaceKind& one : words_.kinds) {
      left -= one.weight;
      if (left < 0) {
        return one;
      }
    }
    return words_.kinds.back();
  }

  FictionalSite site(std::uint32_t i) const {
    const std::string key = "site" + std::to_string(i);
    const bool own = i == 0 && !wanted_.own_number.empty();
    FictionalSite one;
    one.number = own ? wanted_.own_number : "99" + padded(i, 7);
    one.entity = i < wanted_.entities ? i : chance_.below(key, wanted_.entities, 0);
    one.department = department_of(one.entity);
    one.kind = own ? &words_.kinds.front() : &kind(key);
    one.town = town(key);
    one.name = own ? wanted_.own_name : one.kind->name + " " + one.town;
    if (wanted_.later && !own) {
      if (chance_.happens("renamed" + key, 0.01)) {
        one.name += " NOUVEAU";
      }
      if (chance_.happens("moved" + key, 0.005)) {
        one.town += "-LE-NEUF";
      }
      if (chance_.happens("renumbered" + key, 0.001)) {
        one.number = "998" + padded(i, 6);
      }
    }
    return one;
  }

  void write_entity(std::uint32_t i, std::string& out) const {
    const std::string key = "entity" + std::to_string(i);
    const auto& department = wanted_.departments[department_of(i)];
    const std::string place = town(key);
    out += "structureej;" + entity_number(i) + ";GESTION " + place + ";;;1;R;PRINCIPALE;;;;001;" +
           department.code.substr(0, 2) + "000 " + place + ";" + finess_department(department.code) +
           ";;;;;;;;8610Z;2000-01-01\n";
  }

  void write_site(const FictionalSite& one, NationalFiles& files) const {
    const auto& department = wanted_.departments[one.department];
    // The SIRET follows the place and not its number, as it does in life.
    const std::string siret =
        "99" + padded(one.entity, 7) + padded(chance_.below(one.town + one.name, 99'999, 5), 5);
    files.finess += "structureet;" + one.number + ";" + entity_number(one.entity) + ";" + one.name +
                    ";;;;1;R;PRINCIPALE;;;001;" + finess_department(department.code) + ";;" +
                    department.code.substr(0, 2) + "000 " + one.town + ";;;" + one.kind->category + ";" +
                    one.kind->words + ";;;" + siret + ";8610Z;;;;;2000-01-01;2000-01-01;2026-01-01\n";
    if (one.kind->beds > 0) {
      const std::uint32_t beds = static_cast<std::uint32_t>(one.kind->beds) / 2 +
                                 chance_.below(one.number, static_cast<std::uint32_t>(one.kind->beds), 6);
      files.beds += "MCO;2023;" + one.number + ";;;" + std::to_string(beds) + "\n";
    }
  }

  /// The public entities of a region, dealt out to its GHT; the first of each leads it.
  void write_ghts(std::string& out) const {
    out = "number;ght;name;role\n";
    std::map<std::string, std::vector<std::uint32_t>> members;
    for (std::uint32_t i = 0; i < wanted_.entities; ++i) {
      const FictionalSite seat = site(i);
      if (seat.kind->is_public) {
        members[wanted_.departments[seat.department].region].push_back(i);
      }
    }
    std::uint32_t made = 0;
    for (const auto& [region, entities] : members) {
      const auto share = static_cast<std::uint32_t>(wanted_.ghts / members.size()) +
                         (made % members.size() < wanted_.ghts % members.size() ? 1 : 0);
      ++made;
      for (std::size_t i = 0; i < entities.size() && share > 0; ++i) {
        const auto rank = static_cast<std::uint32_t>(i) % share;
        out += entity_number(entities[i]) + ";" + region + padded(101 + rank, 3) + ";" +
               town("ght" + region + std::to_string(rank)) + ";" + (i < share ? "lead" : "") + "\n";
      }
    }
  }

  const FictionalCountry& wanted_;
  Chance chance_;
  PlaceWords words_;
  std::uint32_t weight_ = 0;
};

}  // namespace

NationalFiles national_files(const FictionalCountry& country, Seed seed) {
  RELEVE_CHECK(!country.departments.empty() && country.entities > 0 && country.entities <= country.sites,
               "a country with departments, and no entity without a site");
  return Country(country, seed).write();
}

}  // namespace releve::fiction
