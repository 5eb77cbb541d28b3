// SPDX-License-Identifier: EUPL-1.2
// The machines of the applications. Lesser ones share servers, some are bought as a service.
#include "prepare/fiction/draft.hpp"

#include <algorithm>
#include <cmath>

namespace releve::fiction {
namespace {

using cartography::Component;
using cartography::ComponentKind;
using cartography::Hosting;

/// "APP-012" -> "APP012", at most 8 characters: a NetBIOS name has 15.
std::string short_code(const std::string& code) {
  std::string text;
  for (const char c : code) {
    if (c != '-' && text.size() < 8) {
      text += c;
    }
  }
  return text;
}

void add_outside_service(Draft& draft, const ApplicationModel& model) {
  Component element;
  element.id = (model.hosting == Hosting::saas ? "SAAS-" : "HEB-") + model.code;
  element.name = (model.hosting == Hosting::saas ? "Service en ligne : " : "Hébergement : ") + model.name;
  element.kind = ComponentKind::saas;
  draft.hospital.inventory.components.push_back(std::move(element));
}

MachineOrder server_order(const Draft& draft, const ApplicationModel& model, const std::string& name) {
  MachineOrder order;
  order.name = name;
  order.role = model.zone == "Z-TEL" ? MachineRole::telephony : MachineRole::server;
  order.system_role = model.zone == "Z-TEL"           ? "telephony"
                      : model.system == "linux"       ? "server_linux"
                      : model.system == "windows_old" ? "server_old"
                                                      : "server";
  order.zone = model.zone;
  order.place = model.code;
  order.component = name;
  order.joined = model.system != "linux" && model.zone != "Z-DMZ" && model.zone != "Z-TEL" &&
                 (model.zone != "Z-BIO" || draft.chance.happens("joined/" + name, 0.6));
  if (model.code == "MAIL") {
    order.tags = {"exchange", "tls"};
  } else if (model.code == "PORTAIL") {
    order.tags = {"exposed", "web", "tls"};
  } else if (draft.chance.happens("web/" + name, 0.4)) {
    order.tags = {"web", "tls"};
  }
  if (model.database && model.servers > 1 && draft.chance.happens("database/" + name, 0.4)) {
    order.tags.emplace_back("database");
  }
  if (draft.chance.happens("java/" + name, 0.15)) {
    order.tags.emplace_back("java");
  }
  return order;
}

void add_own_servers(Draft& draft, const ApplicationModel& model) {
  const double wanted = std::round(model.servers * draft.proportions.scale);
  const auto count = static_cast<std::size_t>(std::max(1.0, wanted));
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string name = "SRV-" + short_code(model.code) + "-" + numbered(i, 2);
    const FictionalMachine& machine = add_machine(draft, server_order(draft, model, name));
    Component& element =
        add_component(draft, machine, model.name + " – serveur " + std::to_string(i),
                      model.zone == "Z-TEL" ? ComponentKind::telephony : ComponentKind::server);
    if (model.supplier_access && model.vendor) {
      element.supplier_access = model.vendor;
    }
    if (model.zone == "Z-TEL") {
      element.kept_on_shutdown = true;
    }
  }
}

bool is_shared(const ApplicationModel& model) {
  return model.hosting == Hosting::on_site && model.servers == 0 && model.code != "ANN";
}

void add_shared_servers(Draft& draft) {
  const auto shared = std::count_if(draft.applications.begin(), draft.applications.end(),
                                    [](const auto& entry) { return is_shared(entry.second); });
  const std::size_t count = (static_cast<std::size_t>(shared) + 3) / 4;
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string name = "SRV-MUT-" + numbered(i, 2);
    const FictionalMachine& machine = add_machine(draft, {.name = name,
                                                          .role = MachineRole::server,
                                                          .system_role = "server",
                                                          .zone = "Z-SRV",
                                                          .place = "DSI",
                                                          .component = name,
                                                          .joined = true,
                                                          .tags = {"web", "tls"}});
    add_component(draft, machine, "Serveur mutualisé " + std::to_string(i), ComponentKind::server);
  }
}

/// Machines that the spreadsheet still lists and that nobody has seen for years.
void add_forgotten_servers(Draft& draft) {
  const auto count = static_cast<std::size_t>(2 + 2 * draft.proportions.scale);
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string name = "SRV-ANC-" + numbered(i, 2);
    const FictionalMachine& machine = add_machine(draft, {.name = name,
                                                          .role = MachineRole::server,
                                                          .system_role = "server_old",
                                                          .zone = "Z-SRV",
                                                          .place = "DSI",
                                                          .component = name,
                                                          .joined = false,
                                                          .tags = {"forgotten"}});
    add_component(draft, machine, "Ancien serveur, à vérifier " + std::to_string(i), ComponentKind::server);
  }
}

}  // namespace

void draw_application_servers(Draft& draft) {
  for (const auto& [code, model] : draft.applications) {
    if (model.hosting != Hosting::on_site) {
      add_outside_service(draft, model);
    } else if (model.servers > 0) {
      add_own_servers(draft, model);
    }
  }
  add_shared_servers(draft);
  add_forgotten_servers(draft);
}

}  // namespace releve::fiction
