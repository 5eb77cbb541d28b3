// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/views.hpp"

#include "foundation/base/text.hpp"
#include "prepare/cartography/element_names.hpp"
#include "prepare/cartography/with_defaults.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace releve::cartography {

namespace {

template <class T>
std::string state_of(const T& element) {
  // Only what has a default can be unconfirmed: the name is always given.
  bool all = true;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (releve::detail::IsOptional<typename F::Type>::value) {
      all = all && element.origins.contains(std::string(F::name));
    }
  });
  return element.origins.empty() ? "default" : all ? "confirmed" : "partly";
}

template <class V>
std::string text_value(const V& value) {
  if constexpr (releve::detail::IsOptional<V>::value) {
    return value ? text_value(*value) : std::string();
  } else if constexpr (std::is_convertible_v<const V&, std::string_view>) {
    return std::string(value);
  } else if constexpr (NamedEnum<V>) {
    return std::string(text_of(value));
  } else if constexpr (releve::detail::IsVector<V>::value) {
    std::string joined;
    for (const auto& one : value) {
      joined += (joined.empty() ? "" : ", ") + one;
    }
    return joined;
  } else {
    return to_json(value);
  }
}

const char* object_kind(intake::ObjectKind kind) {
  switch (kind) {
    case intake::ObjectKind::user:
      return "user";
    case intake::ObjectKind::computer:
      return "computer";
    case intake::ObjectKind::group:
      return "group";
    case intake::ObjectKind::domain:
      return "domain";
    case intake::ObjectKind::ou:
      return "ou";
    case intake::ObjectKind::gpo:
      return "gpo";
    case intake::ObjectKind::container:
      return "container";
    case intake::ObjectKind::cert_template:
      return "cert_template";
    case intake::ObjectKind::enterprise_ca:
      return "enterprise_ca";
    default:
      return "other";
  }
}

const char* machine_kind(MachineKind kind) {
  switch (kind) {
    case MachineKind::workstation:
      return "workstation";
    case MachineKind::server:
      return "server";
    case MachineKind::domain_controller:
      return "domain_controller";
    case MachineKind::hypervisor:
      return "hypervisor";
    case MachineKind::storage:
      return "storage";
    case MachineKind::backup:
      return "backup";
    case MachineKind::network:
      return "network";
    case MachineKind::medical_device:
      return "medical_device";
    case MachineKind::other:
      return "other";
  }
  return "other";
}

/// Every row of a layer, without paging.
class Rows {
 public:
  explicit Rows(const Cartography& map) : map_(map) {
    for (const Dependency& dependency : map.dependencies) {
      ++needs_[dependency.consumer];
      ++needed_by_[dependency.target];
    }
  }

  std::vector<ElementRow> of(Layer layer) const {
    std::vector<ElementRow> rows;
    switch (layer) {
      case Layer::care:
        for (const Service& one : map_.services) {
          rows.push_back(
              row(one, layer, std::string(text_of(one.sector)), one.beds ? text_value(one.beds) : "", ""));
        }
        break;
      case Layer::application:
        for (const Application& one : map_.applications) {
          rows.push_back(row(one, layer, std::string(text_of(one.role)), one.vendor.value_or(""), ""));
        }
        break;
      case Layer::infrastructure:
        infrastructure(rows);
        break;
      case Layer::account:
        accounts(rows);
        break;
      case Layer::dependency:
        dependencies(rows);
        break;
      case Layer::zone:
        for (const Zone& one : map_.zones) {
          rows.push_back({one.id, "zone", one.watch ? std::string(text_of(*one.watch)) : "", one.name,
                          text_value(one.addresses), state_of(one), one.id, 0, 0});
        }
        break;
    }
    return rows;
  }

 private:
  template <class T>
  ElementRow row(const T& one, Layer layer, std::string kind, std::string detail, std::string zone) const {
    return {one.id,          std::string(text_of(layer)), std::move(kind),
            one.name,        std::move(detail),           state_of(one),
            std::move(zone), count(needs_, one.id),       count(needed_by_, one.id)};
  }

  static std::int64_t count(const std::unordered_map<std::string, std::int64_t>& counts,
                            const std::string& id) {
    const auto found = counts.find(id);
    return found == counts.end() ? 0 : found->second;
  }

  void infrastructure(std::vector<ElementRow>& rows) const {
    for (const Component& one : map_.components) {
      rows.push_back(row(one, Layer::infrastructure, std::string(text_of(one.kind)),
                         one.operating_system.value_or(""), one.zone.value_or("")));
    }
    for (const Machine& machine : map_.machines) {
      if (machine.component.empty()) {
        rows.push_back({machine.id, "infrastructure", machine_kind(machine.kind), machine.name,
                        machine.operating_system, "confirmed", machine.zone, 0, 0});
      }
    }
  }

  void dependencies(std::vector<ElementRow>& rows) const {
    const ElementNames names(map_);
    for (const Dependency& one : map_.dependencies) {
      rows.push_back({one.id, "dependency", std::string(text_of(one.kind)), names.of(one),
                      text_value(one.autonomy_h), state_of(one), "", 0, 0});
    }
  }

  void accounts(std::vector<ElementRow>& rows) const {
    for (const auto& object : map_.directory->objects) {
      if (object.kind == intake::ObjectKind::user || object.kind == intake::ObjectKind::group) {
        rows.push_back({object.id, "account", object_kind(object.kind), object.name,
                        object.is(intake::Fact::enabled)          ? ""
                        : object.kind == intake::ObjectKind::user ? "disabled"
                                                                  : "",
                        "confirmed", "", 0, 0});
      }
    }
  }

  const Cartography& map_;
  std::unordered_map<std::string, std::int64_t> needs_;
  std::unordered_map<std::string, std::int64_t> needed_by_;
};

template <class T>
const T* by_id(const std::vector<T>& list, const std::string& id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

struct Named {
  std::string layer;
  std::string kind;
  std::string name;
};

std::optional<Named> named(const Cartography& map, const std::string& id) {
  if (const auto* one = by_id(map.services, id)) {
    return Named{"care", std::string(text_of(one->sector)), one->name};
  }
  if (const auto* one = by_id(map.applications, id)) {
    return Named{"application", std::string(text_of(one->role)), one->name};
  }
  if (const auto* one = by_id(map.components, id)) {
    return Named{"infrastructure", std::string(text_of(one->kind)), one->name};
  }
  if (const auto* one = by_id(map.zones, id)) {
    return Named{"zone", "", one->name};
  }
  if (const auto* one = by_id(map.dependencies, id)) {
    return Named{"dependency", std::string(text_of(one->kind)), ElementNames(map).of(*one)};
  }
  if (const auto* one = by_id(map.machines, id)) {
    return Named{"infrastructure", machine_kind(one->kind), one->name};
  }
  const auto& objects = map.directory->objects;
  const auto object =
      std::find_if(objects.begin(), objects.end(), [&](const auto& one) { return one.id == id; });
  if (object != objects.end()) {
    return Named{"account", object_kind(object->kind), object->name};
  }
  return std::nullopt;
}

template <class T>
void add_fields(const T& element, const Cartography& map, ElementView& view) {
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, Origins>) {
      if (F::name == "id" || F::name == "name") {
        return;
      }
      const auto origin = element.origins.find(std::string(F::name));
      const bool share = F::name.starts_with("capacity_") || F::name == "occupancy";
      const std::string value = text_value(element.*F::member);
      const bool refers = F::name == "consumer" || F::name == "target" || F::name == "zone";
      const auto other = refers ? named(map, value) : std::nullopt;
      view.fields.push_back({std::string(F::name), value, other ? other->name : "",
                             share                     ? "share"
                             : F::name.ends_with("_h") ? "h"
                                                       : "",
                             origin == element.origins.end() ? std::nullopt : std::optional(origin->second)});
    }
  });
}

std::string flaw_name(const Cartography& map, const intake::Weakness& weakness) {
  std::string flaw;
  for (const std::string& cve : weakness.cves) {
    const auto known = std::lower_bound(map.kev->entries.begin(), map.kev->entries.end(), cve,
                                        [](const auto& e, const auto& id) { return e.cve < id; });
    if (known != map.kev->entries.end() && known->cve == cve) {
      flaw = known->ransomware || flaw == "ransomware" ? "ransomware" : "known";
    }
  }
  return flaw;
}

void add_machine(const Cartography& map, const Machine& machine, ElementView& view) {
  constexpr std::size_t most = 200;
  for (const Sighting& seen : machine.sightings) {
    static constexpr const char* keys[] = {"sid", "fqdn", "host_name", "ip", "pattern"};
    if (view.sightings.size() < most) {
      view.sightings.push_back({seen.source, seen.format, seen.seen_as,
                                seen.matched_by ? keys[static_cast<std::size_t>(*seen.matched_by)] : ""});
    }
  }
  for (const auto& weakness : machine.weaknesses) {
    if (view.weaknesses.size() < most) {
      view.weaknesses.push_back({weakness.id, weakness.title, weakness.cves, weakness.port, weakness.severity,
                                 flaw_name(map, weakness)});
    }
  }
}

}  // namespace

ElementPage element_rows(const Cartography& cartography, const RowQuery& query) {
  std::vector<std::string> words;
  const std::string folded = fold(query.text);
  for (const std::string_view word : split(folded, ' ')) {
    if (!word.empty()) {
      words.emplace_back(word);
    }
  }
  ElementPage page;
  const std::int64_t size = std::clamp<std::int64_t>(query.size, 1, 2000);
  const std::int64_t first = std::max<std::int64_t>(0, query.page) * size;
  for (ElementRow& row : Rows(cartography).of(query.layer)) {
    if (!words.empty()) {
      const std::string text =
          fold(row.id + " " + row.name + " " + row.kind + " " + row.detail + " " + row.zone);
      if (!std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return text.find(word) != std::string::npos; })) {
        continue;
      }
    }
    if (page.total >= first && page.total < first + size) {
      page.items.push_back(std::move(row));
    }
    ++page.total;
  }
  return page;
}

std::optional<ElementView> element_view(const Cartography& cartography, const Defaults& defaults,
                                        const std::string& id) {
  const auto found = named(cartography, id);
  if (!found) {
    return std::nullopt;
  }
  ElementView view{id, found->layer, found->kind, found->name, {}, {}, {}, {}, {}};
  if (const auto* service = by_id(cartography.services, id)) {
    add_fields(with_defaults(*service, defaults), cartography, view);
  } else if (const auto* application = by_id(cartography.applications, id)) {
    add_fields(with_defaults(*application, defaults), cartography, view);
  } else if (const auto* component = by_id(cartography.components, id)) {
    add_fields(with_defaults(*component, defaults), cartography, view);
  } else if (const auto* zone = by_id(cartography.zones, id)) {
    add_fields(with_defaults(*zone, defaults), cartography, view);
  } else if (const auto* dependency = by_id(cartography.dependencies, id)) {
    add_fields(with_defaults(*dependency, cartography, defaults), cartography, view);
  }
  for (const Machine& machine : cartography.machines) {
    if (machine.id == id || (!machine.component.empty() && machine.component == id)) {
      add_machine(cartography, machine, view);
    }
  }
  for (const Dependency& dependency : cartography.dependencies) {
    if (dependency.consumer != id && dependency.target != id) {
      continue;
    }
    const bool needs = dependency.consumer == id;
    const auto other = named(cartography, needs ? dependency.target : dependency.consumer);
    if (!other) {
      continue;
    }
    const ResolvedDependency resolved = resolve(dependency, cartography, defaults);
    Link link{needs ? dependency.target : dependency.consumer,
              other->layer,
              other->kind,
              other->name,
              std::string(text_of(dependency.kind)),
              resolved.alternative,
              resolved.autonomy_h,
              std::string(text_of(resolved.least_state))};
    (needs ? view.needs : view.needed_by).push_back(std::move(link));
  }
  return view;
}

}  // namespace releve::cartography
