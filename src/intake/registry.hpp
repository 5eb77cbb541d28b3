// SPDX-License-Identifier: EUPL-1.2
// What the public registries of health facilities say, whichever file says it: FINESS (three formats),
// DREES's SAE tables, and a plain list of GHT members. One value for all; what a file does not say stays
// empty.
//
// Numbers are texts: "010000024" has its leading zero. Departments are written as INSEE writes them ("974"
// for FINESS's "9D"). Days are "yyyy-mm-dd" or empty. A name is as its source wrote it, without blanks around
// it.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

enum class RegistrySource { none, finess_csv, finess_xml, finess_plus, sae, ght_list };

struct LegalEntity {
  std::string number;     // FINESS EJ
  std::string technical;  // FINESS+: pmSmsseId, which outlives a change of number
  std::string name;
  std::string long_name;
  std::string siren;
  std::string department;
  std::string insee;  // commune
  std::string postcode;
  std::string town;
  std::string opened;
  std::string closed;  // not empty: closed since
  bool operator==(const LegalEntity&) const = default;
};

struct Site {
  std::string number;     // FINESS ET
  std::string technical;  // FINESS+: egeId, which outlives a change of number
  std::string entity;     // FINESS EJ
  std::string name;
  std::string long_name;
  std::string category;       // "355"
  std::string category_name;  // "Centre Hospitalier (C.H.)"
  std::string sector;         // code of the way it is paid for (MFT)
  std::string department;
  std::string insee;
  std::string postcode;
  std::string town;
  std::string siret;
  std::string opened;
  std::string closed;
  bool operator==(const Site&) const = default;
};

struct GroupMember {
  std::string number;  // FINESS EJ, or ET in a list made by hand
  bool lead = false;
  bool operator==(const GroupMember&) const = default;
};

/// A GHT.
struct Group {
  std::string code;  // "27103"
  std::string name;
  std::vector<GroupMember> members;
  bool operator==(const Group&) const = default;
};

/// How much of something a place has, or did in a year.
struct Capacity {
  std::string place;  // FINESS ET, or the code of a GHT
  std::string measure;
  std::int64_t year = 0;
  std::int64_t amount = 0;
  bool operator==(const Capacity&) const = default;
};

/// The measures that readers give, from DREES's column names.
namespace measure {
inline constexpr std::string_view beds_medicine = "beds_medicine";
inline constexpr std::string_view beds_surgery = "beds_surgery";
inline constexpr std::string_view beds_obstetrics = "beds_obstetrics";
inline constexpr std::string_view beds = "beds";
inline constexpr std::string_view day_places = "day_places";
inline constexpr std::string_view stays = "stays";
inline constexpr std::string_view emergency = "emergency";  // 1: general emergency department
inline constexpr std::string_view emergency_children = "emergency_children";  // 1: paediatric
}  // namespace measure

struct RegistryExtract {
  RegistrySource source = RegistrySource::none;
  std::string day;        // of the data; empty: the file does not say
  bool complete = false;  // lists all that is open: what is absent has closed
  bool members = false;   // `groups` say their members, all of them
  std::vector<LegalEntity> entities;
  std::vector<Site> sites;
  std::vector<Group> groups;
  std::vector<Capacity> capacities;
};

/// Recognises one of these files by its first bytes.
RegistrySource recognise_registry(std::string_view head);

// FINESS (finess_csv.cpp, finess_xml.cpp, finess_plus.cpp), SAE (sae.cpp), GHT members (ght_list.cpp). The
// CSV readers go line by line and take Windows-1252, UTF-8 and a mixture of both.

/// The open-data extracts etalab-cs1100501, -02 and -07, which have no header, and the later ones with one.
Imported<RegistryExtract> read_finess_csv(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch);
/// The standard flux CS1400102: sites, closed ones included.
Imported<RegistryExtract> read_finess_xml(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch);
/// FINESS+ "structures" v1: entities with their sites, and the GHT.
Imported<RegistryExtract> read_finess_plus(ByteSource& source, const std::string& file, const Limits& limits,
                                           const Watch& watch);
/// DREES's tables ID, MCO, URGENCES and GHT; which one, its header tells.
Imported<RegistryExtract> read_sae(ByteSource& source, const std::string& file, const Limits& limits,
                                   const Watch& watch);
/// A table kept by hand: columns number, ght and, if wanted, name and role (lead or member).
Imported<RegistryExtract> read_ght_list(ByteSource& source, const std::string& file, const Limits& limits,
                                        const Watch& watch);

/// The one that recognise_registry() names. Bug: none.
Imported<RegistryExtract> read_registry(RegistrySource format, ByteSource& source, const std::string& file,
                                        const Limits& limits, const Watch& watch);

}  // namespace releve::intake
