// SPDX-License-Identifier: EUPL-1.2
// The historic open-data extracts of FINESS, frozen since May 2026 but kept everywhere.
//   finess;etalab;93;2026-05-12            first line: no header, one section name per record
//   structureet;010000024;010780054;...    cs1100502, cs1100507
//   geolocalisation;010000024;...          cs1100507, passed over
//   structureej;010780054;...              cs1100501
// Later extracts have a header instead, with other columns in another order: columns go by their names.
// Column orders: the official notices of cs1100501, cs1100502 and cs1100507.
#include "foundation/base/text.hpp"
#include "intake/registry_builder.hpp"
#include "intake/text_table.hpp"
#include "intake/watched_source.hpp"

#include <algorithm>
#include <map>

namespace releve::intake {

namespace {

/// Where the facts stand in a record.
struct Places {
  std::size_t number, entity, name, long_name, siren, department, commune, insee, postcode, town, routing,
      category, category_name, sector, siret, opened, closed;
};

Places places_of(const TextTable& table) {
  return {.number = table.column({"nofinesset", "nofiness", "finess"}),
          .entity = table.column({"nofinessej"}),
          .name = table.column({"rs"}),
          .long_name = table.column({"rslongue"}),
          .siren = table.column({"siren"}),
          .department = table.column({"departement"}),
          .commune = table.column({"commune"}),
          .insee = table.column({"cog", "codecommune", "com_code"}),
          .postcode = table.column({"codepostal"}),
          .town = table.column({"libelle_routage", "libcommune"}),
          .routing = table.column({"ligneacheminement"}),
          .category = table.column({"categetab"}),
          .category_name = table.column({"liblongcategetab", "libcategetab"}),
          .sector = table.column({"codemft", "mft"}),
          .siret = table.column({"siret"}),
          .opened = table.column({"dateouv", "dateouvert", "datecrea"}),
          .closed = table.column({"datefermeture"})};
}

void name_site_columns(TextTable& table) {
  table.name_columns({"section",        "nofinesset",
                      "nofinessej",     "rs",
                      "rslongue",       "complrs",
                      "compldistrib",   "numvoie",
                      "typvoie",        "voie",
                      "compvoie",       "lieuditbp",
                      "commune",        "departement",
                      "libdepartement", "ligneacheminement",
                      "telephone",      "telecopie",
                      "categetab",      "libcategetab",
                      "categagretab",   "libcategagretab",
                      "siret",          "codeape",
                      "codemft",        "libmft",
                      "codesph",        "libsph",
                      "dateouv",        "dateautor",
                      "datemaj"});
}

void name_entity_columns(TextTable& table) {
  table.name_columns({"section",
                      "nofiness",
                      "rs",
                      "rslongue",
                      "complrs",
                      "numvoie",
                      "typvoie",
                      "voie",
                      "compvoie",
                      "compldistrib",
                      "lieuditbp",
                      "commune",
                      "ligneacheminement",
                      "departement",
                      "libdepartement",
                      "telephone",
                      "statutjuridique",
                      "libstatutjuridique",
                      "categetab",
                      "libcategetab",
                      "siren",
                      "codeape",
                      "datecrea"});
}

class FinessCsv {
 public:
  FinessCsv(ByteSource& source, RegistryExtract& extract, Findings& findings, const Limits& limits)
      : table_(source, findings),
        extract_(extract),
        findings_(findings),
        builder_(extract, findings, limits) {
    name_site_columns(table_);
    sites_ = places_of(table_);
    site_width_ = table_.columns();
    name_entity_columns(table_);
    entities_ = places_of(table_);
    entity_width_ = table_.columns();
  }

  void read() {
    extract_.source = RegistrySource::finess_csv;
    if (table_.next() && !begin()) {
      findings_.add(Severity::error, message("registry.not_finess"), {}, 1);
      return;
    }
    bool going_on = !waiting_ || record();
    while (going_on && table_.next()) {
      going_on = record();
    }
    if (cut_ && table_.maybe_cut()) {
      findings_.add(Severity::error, message("registry.truncated", {{"line", std::to_string(table_.line())}}),
                    {}, table_.line());
    }
    table_.finish();
    builder_.finish();
    extract_.complete = going_on && !extract_.sites.empty();
  }

 private:
  /// The first record: a title, a header, or already a record of a section.
  bool begin() {
    const std::string first = to_lower(table_.cell(0));
    if (first == "structureet" || first == "structureej") {
      waiting_ = true;
      return true;
    }
    if (first == "finess" && to_lower(table_.cell(1)) != "nofinesset") {
      extract_.day = registry_day(table_.cell(3));
      return true;
    }
    table_.name_columns();
    const Places places = places_of(table_);
    if (places.number == TextTable::absent || places.name == TextTable::absent) {
      return false;
    }
    with_header_ = first != "finess";
    (places.entity == TextTable::absent ? entities_ : sites_) = places;
    header_of_sites_ = places.entity != TextTable::absent;
    (header_of_sites_ ? site_width_ : entity_width_) = table_.columns();
    return true;
  }

  bool record() {
    waiting_ = false;
    builder_.at(table_.line());
    const std::string section =
        with_header_ ? (header_of_sites_ ? "structureet" : "structureej") : to_lower(table_.cell(0));
    cut_ = table_.width() < usual_width_[section];
    usual_width_[section] = std::max(usual_width_[section], table_.width());
    if (section == "geolocalisation") {
      return true;
    }
    if (section != "structureet" && section != "structureej") {
      findings_.add(Severity::warning,
                    message("registry.unknown_section", {{"text", builder_.text(section)}}), {},
                    table_.line());
      return true;
    }
    const bool is_site = section == "structureet";
    // Some programs end each record with one more ";", others leave the last, empty column out.
    if (table_.width() + 1 < (is_site ? site_width_ : entity_width_)) {
      cut_ = true;
      findings_.add(Severity::warning,
                    message("registry.short_record", {{"cells", std::to_string(table_.width())}}), {},
                    table_.line());
      return true;
    }
    return is_site ? site() : entity();
  }

  std::string text(std::size_t place) const { return builder_.text(table_.cell(place)); }

  /// Commune, postcode and town, which the older dialect writes in two columns of its own.
  template <class Record>
  void locate(Record& record, const Places& places) {
    record.department = builder_.department(table_.cell(places.department));
    record.insee = text(places.insee);
    const std::string commune = text(places.commune);
    if (record.insee.empty() && commune.size() == 3 && !record.department.empty()) {
      record.insee = record.department.substr(0, 2) + commune;
    }
    record.postcode = text(places.postcode);
    record.town = text(places.town);
    const std::string routing = text(places.routing);
    const std::size_t blank = routing.find(' ');
    if (record.town.empty() && blank == 5) {
      record.postcode = routing.substr(0, blank);
      record.town = std::string(trim(routing.substr(blank)));
    }
  }

  bool site() {
    Site site;
    site.number = builder_.finess(table_.cell(sites_.number));
    if (site.number.empty()) {
      return true;
    }
    if (!table_.cell(sites_.entity).empty()) {
      site.entity = builder_.finess(table_.cell(sites_.entity));
    }
    site.name = text(sites_.name);
    site.long_name = text(sites_.long_name);
    site.category = text(sites_.category);
    site.category_name = text(sites_.category_name);
    site.sector = text(sites_.sector);
    site.siret = builder_.company_number(table_.cell(sites_.siret), 14);
    site.opened = builder_.day(table_.cell(sites_.opened));
    site.closed = builder_.day(table_.cell(sites_.closed));
    locate(site, sites_);
    return builder_.add(std::move(site));
  }

  bool entity() {
    LegalEntity entity;
    entity.number = builder_.finess(table_.cell(entities_.number));
    if (entity.number.empty()) {
      return true;
    }
    entity.name = text(entities_.name);
    entity.long_name = text(entities_.long_name);
    entity.siren = builder_.company_number(table_.cell(entities_.siren), 9);
    entity.opened = builder_.day(table_.cell(entities_.opened));
    entity.closed = builder_.day(table_.cell(entities_.closed));
    locate(entity, entities_);
    return builder_.add(std::move(entity));
  }

  TextTable table_;
  RegistryExtract& extract_;
  Findings& findings_;
  RegistryBuilder builder_;
  Places sites_{};
  Places entities_{};
  std::size_t site_width_ = 0;
  std::size_t entity_width_ = 0;
  bool with_header_ = false;
  bool header_of_sites_ = false;
  bool waiting_ = false;                            // the record at hand is already one of a section
  bool cut_ = false;                                // the last record has fewer cells than those before it
  std::map<std::string, std::size_t> usual_width_;  // by section
};

}  // namespace

Imported<RegistryExtract> read_finess_csv(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch) {
  Imported<RegistryExtract> read;
  Findings findings;
  findings.in_file(file);
  WatchedSource watched(source, watch);
  FinessCsv(watched, read.value, findings, limits).read();
  if (const Error* failure = watched.failure()) {
    findings.add(fatal(*failure, file));
  }
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
