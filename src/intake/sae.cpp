// SPDX-License-Identifier: EUPL-1.2
// DREES's yearly survey of health facilities (SAE), one file per table, told apart by its columns:
//   ID         who was asked: site, entity, category, place
//   MCO        beds, places and stays in medicine, surgery and obstetrics
//   URGENCES   emergency departments
//   GHT        each GHT with its totals; not who its members are
#include "foundation/base/text.hpp"
#include "intake/registry_builder.hpp"
#include "intake/text_table.hpp"
#include "intake/watched_source.hpp"

#include <utility>

namespace releve::intake {

namespace {

class SaeReader {
 public:
  SaeReader(ByteSource& source, RegistryExtract& extract, Findings& findings, const Limits& limits)
      : table_(source, findings),
        extract_(extract),
        findings_(findings),
        builder_(extract, findings, limits) {}

  void read() {
    extract_.source = RegistrySource::sae;
    if (table_.next()) {
      table_.name_columns();
    }
    site_ = table_.column({"fi"});
    group_ = table_.column({"code_ght"});
    year_ = table_.column({"an"});
    if ((site_ == TextTable::absent || year_ == TextTable::absent) && group_ == TextTable::absent) {
      findings_.add(Severity::error, message("registry.not_sae"), {}, 1);
      return;
    }
    is_identity_ = table_.column({"cat"}) != TextTable::absent && table_.column({"dep"}) != TextTable::absent;
    find_measures();
    bool going_on = true;
    bool is_short = false;
    while (going_on && table_.next()) {
      builder_.at(table_.line());
      is_short = table_.width() < table_.columns();
      if (is_short) {
        findings_.add(Severity::warning,
                      message("registry.short_record", {{"cells", std::to_string(table_.width())}}), {},
                      table_.line());
      } else {
        going_on = group_ != TextTable::absent ? group() : is_identity_ ? identity() : figures();
      }
    }
    if (is_short && table_.maybe_cut()) {
      findings_.add(Severity::error, message("registry.truncated", {{"line", std::to_string(table_.line())}}),
                    {}, table_.line());
    }
    table_.finish();
    builder_.finish();
  }

 private:
  void find_measures() {
    static constexpr std::pair<std::string_view, std::string_view> columns[] = {
        {"lit_med", measure::beds_medicine},   {"lit_chi", measure::beds_surgery},
        {"lit_obs", measure::beds_obstetrics}, {"lit_mco", measure::beds},
        {"pla_mco", measure::day_places},      {"sejhc_mco", measure::stays},
        {"autgen", measure::emergency},        {"autped", measure::emergency_children}};
    for (const auto& [column, name] : columns) {
      const std::size_t place = table_.column({column});
      if (place != TextTable::absent) {
        measures_.emplace_back(place, name);
      }
    }
  }

  std::int64_t year() {
    const auto year = parse_int(table_.cell(year_));
    if (!year || *year < 1900 || *year > 2200) {
      return 0;
    }
    if (extract_.day.empty()) {
      extract_.day = std::to_string(*year) + "-12-31";  // the survey describes the last day of its year
    }
    return *year;
  }

  std::string text(std::initializer_list<std::string_view> column) const {
    return builder_.text(table_.cell(table_.column(column)));
  }

  bool identity() {
    Site site;
    site.number = builder_.finess(table_.cell(site_));
    year();
    if (site.number.empty()) {
      return true;
    }
    const std::string entity = text({"fi_ej"});
    site.entity = entity.empty() ? "" : builder_.finess(entity);
    site.name = text({"rs"});
    site.long_name = text({"rscom"});
    site.category = text({"cat"});
    site.sector = text({"mft"});
    site.department = builder_.department(text({"dep"}));
    site.insee = text({"cominsee"});
    site.postcode = text({"cpo"});
    site.town = text({"nomcom"});
    const std::string siret = text({"sir"});
    // Where DREES has no SIRET it gives the SIREN, which is the entity's and not the site's.
    site.siret = siret.size() == 9 ? "" : builder_.company_number(siret, 14);
    return builder_.add(std::move(site));
  }

  bool figures() {
    const std::string number = builder_.finess(table_.cell(site_));
    const std::int64_t in_year = year();
    return number.empty() || in_year == 0 || add_measures(number, in_year);
  }

  bool add_measures(const std::string& place, std::int64_t in_year) {
    for (const auto& [column, name] : measures_) {
      const std::string_view cell = table_.cell(column);
      if (cell.empty()) {
        continue;
      }
      const auto amount = parse_int(cell);
      if (!amount || *amount < 0) {
        findings_.add(Severity::warning, message("registry.bad_amount", {{"text", builder_.text(cell)}}),
                      std::string(name), table_.line());
      } else if (!builder_.add(Capacity{place, std::string(name), in_year, *amount})) {
        return false;
      }
    }
    return true;
  }

  bool group() {
    std::string code(table_.cell(group_));
    if (code.size() == 4 && parse_int(code)) {
      code.insert(0, "0");  // the published table has lost the zero of the overseas regions
    }
    if (code.size() != 5 || !parse_int(code)) {
      findings_.add(Severity::warning, message("registry.bad_group", {{"text", builder_.text(code)}}), {},
                    table_.line());
      return true;
    }
    builder_.group(code).name = text({"nom_complet_ght", "nom_court_ght"});
    return true;
  }

  TextTable table_;
  RegistryExtract& extract_;
  Findings& findings_;
  RegistryBuilder builder_;
  std::vector<std::pair<std::size_t, std::string_view>> measures_;
  std::size_t site_ = TextTable::absent;
  std::size_t group_ = TextTable::absent;
  std::size_t year_ = TextTable::absent;
  bool is_identity_ = false;
};

}  // namespace

Imported<RegistryExtract> read_sae(ByteSource& source, const std::string& file, const Limits& limits,
                                   const Watch& watch) {
  Imported<RegistryExtract> read;
  Findings findings;
  findings.in_file(file);
  WatchedSource watched(source, watch);
  SaeReader(watched, read.value, findings, limits).read();
  if (const Error* failure = watched.failure()) {
    findings.add(fatal(*failure, file));
  }
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
