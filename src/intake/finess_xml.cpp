// SPDX-License-Identifier: EUPL-1.2
// FINESS standard flux CS1400102: <fluxfiness> of <structureet>, one element per fact, empty ones with
// xsi:nil. Closed sites are in it, with the day; nothing follows from a site's absence.
#include "intake/registry_builder.hpp"
#include "intake/xml.hpp"

#include <array>

namespace releve::intake {

namespace {

enum Tag : XmlTag {
  flux,
  structure,
  number,
  entity,
  name,
  long_name,
  commune,
  town,
  department,
  postcode,
  category,
  category_name,
  siret,
  sector,
  opened,
  closed,
  tag_count
};

constexpr std::array<std::string_view, tag_count> tag_names{
    "fluxfiness", "structureet", "nofinesset",  "nofinessej",   "rs",        "rslongue",
    "commune",    "libcommune",  "departement", "codepostal",   "categetab", "libcategetab",
    "siret",      "codemft",     "dateouv",     "datefermeture"};
constexpr std::array<std::string_view, 1> roots{"fluxfiness"};

class FinessVisitor final : public XmlVisitor {
 public:
  explicit FinessVisitor(RegistryBuilder& builder) : builder_(builder) {}

  void open(XmlStream& xml, XmlTag tag, const XmlAttributes&) override {
    if (tag == structure && xml.depth() == 2) {
      texts_.fill({});
    } else if (xml.depth() == 3 && xml.ancestor(1) == structure && tag > structure && tag < tag_count &&
               !full_) {
      xml.collect(2'000);
    } else if (xml.depth() > 1) {
      xml.skip();
    }
  }

  void close(XmlStream& xml, XmlTag tag) override {
    if (tag == structure) {
      builder_.at(xml.line());
      full_ = full_ || !site();
    } else if (tag > structure && tag < tag_count) {
      texts_[tag] = builder_.text(xml.text());
    }
  }

 private:
  bool site() {
    Site site;
    site.number = builder_.finess(texts_[number]);
    if (site.number.empty()) {
      return true;
    }
    site.entity = texts_[entity].empty() ? "" : builder_.finess(texts_[entity]);
    site.name = texts_[name];
    site.long_name = texts_[long_name];
    // The flux writes the closure into the name too, where it would outlive a reopening.
    constexpr std::string_view mark = "[Fermé] ";
    if (site.name.starts_with(mark)) {
      site.name.erase(0, mark.size());
    }
    site.department = builder_.department(texts_[department]);
    if (texts_[commune].size() == 3 && !site.department.empty()) {
      site.insee = site.department.substr(0, 2) + texts_[commune];
    }
    site.town = texts_[town];
    site.postcode = texts_[postcode];
    site.category = texts_[category];
    site.category_name = texts_[category_name];
    site.sector = texts_[sector];
    site.siret = builder_.company_number(texts_[siret], 14);
    site.opened = builder_.day(texts_[opened]);
    site.closed = builder_.day(texts_[closed]);
    return builder_.add(std::move(site));
  }

  RegistryBuilder& builder_;
  std::array<std::string, tag_count> texts_;
  bool full_ = false;
};

}  // namespace

Imported<RegistryExtract> read_finess_xml(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch) {
  Imported<RegistryExtract> read;
  Findings findings;
  findings.in_file(file);
  read.value.source = RegistrySource::finess_xml;
  RegistryBuilder builder(read.value, findings, limits);
  FinessVisitor visitor(builder);
  const XmlOutcome outcome = read_xml(source, {"FINESS", roots, tag_names}, limits, watch, visitor);
  if (outcome.fault) {
    findings.add(*outcome.fault);
  }
  builder.finish();
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
