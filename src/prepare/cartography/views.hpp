// SPDX-License-Identifier: EUPL-1.2
// The cartography as screens read it: rows of a layer, one element with what it needs and what needs it.
// Pure.
#pragma once

#include "foundation/describe/describe.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/defaults.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

enum class Layer { care, application, infrastructure, account, dependency, zone };

constexpr auto describe(Layer*) {
  return Names{name(Layer::care, "care"),
               name(Layer::application, "application"),
               name(Layer::infrastructure, "infrastructure"),
               name(Layer::account, "account"),
               name(Layer::dependency, "dependency"),
               name(Layer::zone, "zone")};
}

struct ElementRow {
  std::string id;
  std::string layer;
  std::string kind;
  std::string name;
  std::string detail;
  std::string state;  // confirmed, partly, default
  std::string zone;
  std::int64_t needs = 0;
  std::int64_t needed_by = 0;
};

struct ElementPage {
  std::int64_t total = 0;
  std::vector<ElementRow> items;
};

struct FieldView {
  std::string name;
  std::string value;             // empty: nobody said, and there is no default
  std::string refers_to;         // name of the element whose id it is, or empty
  std::string unit;              // "h", "share", or empty
  std::optional<Origin> origin;  // none: default, not confirmed
};

struct SightingView {
  std::string source;
  std::string format;
  std::string seen_as;
  std::string matched_by;  // empty: the first record of this machine
};

struct WeaknessView {
  std::string id;
  std::string title;
  std::vector<std::string> cves;
  std::int64_t port = 0;
  std::int64_t severity = 0;
  std::string flaw;  // ransomware, known or empty
};

struct Link {
  std::string id;
  std::string layer;
  std::string kind;
  std::string name;
  std::string dependency_kind;
  std::string alternative;
  double autonomy_h = 0;
  std::string least_state;
};

struct ElementView {
  std::string id;
  std::string layer;
  std::string kind;
  std::string name;
  std::vector<FieldView> fields;
  std::vector<SightingView> sightings;
  std::vector<WeaknessView> weaknesses;
  std::vector<Link> needs;
  std::vector<Link> needed_by;
};

struct RowQuery {
  Layer layer = Layer::care;
  std::string text;  // every word must occur in id, name, kind or detail
  std::int64_t page = 0;
  std::int64_t size = 500;
};

ElementPage element_rows(const Cartography& cartography, const RowQuery& query);
std::optional<ElementView> element_view(const Cartography& cartography, const Defaults& defaults,
                                        const std::string& id);

constexpr auto describe(ElementRow*) {
  return Fields{field<&ElementRow::id>("identity"),
                field<&ElementRow::layer>("care, application, infrastructure, account, dependency or zone"),
                field<&ElementRow::kind>("sector, role or kind"),
                field<&ElementRow::name>("name"),
                field<&ElementRow::detail>("what else to know at a glance"),
                field<&ElementRow::state>("confirmed, partly or default"),
                field<&ElementRow::zone>("network zone"),
                field<&ElementRow::needs>("what it needs"),
                field<&ElementRow::needed_by>("what needs it")};
}

constexpr auto describe(ElementPage*) {
  return Fields{field<&ElementPage::total>("rows that match"),
                field<&ElementPage::items>("this page of them")};
}

constexpr auto describe(FieldView*) {
  return Fields{field<&FieldView::name>("field"), field<&FieldView::value>("its value as text"),
                field<&FieldView::refers_to>("name of the element whose identity it is, or empty"),
                field<&FieldView::unit>("h, share or empty"),
                field<&FieldView::origin>("where it came from; null: default, not confirmed")};
}

constexpr auto describe(SightingView*) {
  return Fields{field<&SightingView::source>("file"), field<&SightingView::format>("format"),
                field<&SightingView::seen_as>("name there"),
                field<&SightingView::matched_by>("key that agreed")};
}

constexpr auto describe(WeaknessView*) {
  return Fields{
      field<&WeaknessView::id>("identity"),     field<&WeaknessView::title>("title"),
      field<&WeaknessView::cves>("CVE"),        field<&WeaknessView::port>("port, 0: the machine itself"),
      field<&WeaknessView::severity>("0 to 4"), field<&WeaknessView::flaw>("ransomware, known or empty")};
}

constexpr auto describe(Link*) {
  return Fields{field<&Link::id>("identity"),
                field<&Link::layer>("layer"),
                field<&Link::kind>("kind"),
                field<&Link::name>("name"),
                field<&Link::dependency_kind>("needs, interface or backed_up_by"),
                field<&Link::alternative>("label of alternatives"),
                field<&Link::autonomy_h>("hours it lasts without"),
                field<&Link::least_state>("least state that is enough")};
}

constexpr auto describe(ElementView*) {
  return Fields{field<&ElementView::id>("identity"),
                field<&ElementView::layer>("layer"),
                field<&ElementView::kind>("kind"),
                field<&ElementView::name>("name"),
                field<&ElementView::fields>("its facts"),
                field<&ElementView::sightings>("files that mention it"),
                field<&ElementView::weaknesses>("weaknesses found by scans"),
                field<&ElementView::needs>("what it needs"),
                field<&ElementView::needed_by>("what needs it")};
}

}  // namespace releve::cartography
