// SPDX-License-Identifier: EUPL-1.2
// Rows of a hospital's own sheet, read by a column mapping.
#include "prepare/cartography/guess_words.hpp"
#include "prepare/cartography/network_address.hpp"
#include "prepare/cartography/sheet_rows.hpp"
#include "prepare/cartography/template.hpp"

#include <algorithm>

namespace releve::cartography {

namespace {

constexpr std::size_t max_id_bytes = 64;

/// "Serveur de résultats" -> "serveur-de-resultats"
std::string slug(std::string_view name) {
  std::string out = fold(name);
  std::replace(out.begin(), out.end(), ' ', '-');
  return out.substr(0, max_id_bytes);
}

/// Ids already given to the elements of one kind.
struct Ids {
  std::set<std::string> used;
  std::map<std::string, int> copies;  // of a made id: keeps many rows of one name from being quadratic

  std::string unused(const std::string& id) {
    std::string tried = id;
    for (int& copy = copies[id]; used.contains(tried);) {
      const std::string suffix = "-" + std::to_string(++copy + 1);
      tried = id.substr(0, max_id_bytes - suffix.size()) + suffix;
    }
    return tried;
  }
};

/// The columns of the sheet that the mapping sends to `element`.
Columns columns_of(const ColumnMapping& mapping, const std::vector<std::string>& headers,
                   std::string_view element) {
  Columns columns;
  const std::string prefix = std::string(element) + ".";
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const bool aligned = i < mapping.columns.size() && mapping.columns[i].header == headers[i];
    const auto choice = aligned ? mapping.columns.begin() + static_cast<std::ptrdiff_t>(i)
                                : std::find_if(mapping.columns.begin(), mapping.columns.end(),
                                               [&](const ColumnChoice& c) { return c.header == headers[i]; });
    if (choice != mapping.columns.end() && choice->field.starts_with(prefix)) {
      columns.emplace(choice->field.substr(prefix.size()), i);
    }
  }
  return columns;
}

/// The first address of a cell that may hold several, with line breaks or GLPI's "$$##$$" between them.
std::string first_address(const std::string& cell) {
  std::string token;
  for (const char c : cell + " ") {
    const bool part =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
    if (part) {
      token += c;
      continue;
    }
    const auto address = parse_address(token);
    if (address && !is_local_only(*address)) {
      return token;
    }
    token.clear();
  }
  return {};
}

template <class E>
std::string raw_or(const std::optional<E>& guess, const std::string& cell) {
  return guess ? std::string(text_of(*guess)) : cell;
}

template <NamedEnum E>
bool is_known(const std::string& cell, const Vocabulary& words) {
  return words.values.find(snake_case(name_of_type<E>()))->second.contains(fold(cell));
}

/// A cell of a foreign sheet in the template's words, where a guess helps.
std::string to_template_words(std::string_view element, std::string_view field, const std::string& cell,
                              const Vocabulary& words) {
  if (element == "component" && field == "kind" && !is_known<ComponentKind>(cell, words)) {
    return raw_or(guess_component_kind(cell), cell);
  }
  if (element == "component" && field == "domain_joined" && !read_yes_no(cell).ok()) {
    const std::string folded = fold(cell);
    return folded == "workgroup" || folded == "groupe de travail" ? "no" : "yes";
  }
  if (element == "component" && field == "ip") {
    return first_address(cell);
  }
  if (element == "service" && field == "sector" && !is_known<Sector>(cell, words)) {
    return raw_or(guess_sector(cell), cell);
  }
  if (element == "application" && field == "role" && !is_known<ApplicationRole>(cell, words)) {
    return raw_or(guess_role(cell), cell);
  }
  return cell;
}

ComponentKind kind_of_system(const Component& component) {
  const std::string system = fold(component.operating_system.value_or(""));
  if (system.find("esx") != std::string::npos || system.find("vsphere") != std::string::npos) {
    return ComponentKind::hypervisor;
  }
  const bool desktop = system.starts_with("windows") || system.starts_with("microsoft windows") ||
                       system.find("macos") != std::string::npos;
  return desktop && system.find("server") == std::string::npos ? ComponentKind::workstations
                                                               : ComponentKind::server;
}

// Guessed values get no origin: they stay "default, not confirmed".
void complete_guesses(Service& service) {
  if (!service.origins.contains("sector")) {
    service.sector = guess_sector(service.name).value_or(Sector::other);
  }
}

void complete_guesses(Application& application) {
  if (!application.origins.contains("role")) {
    application.role = guess_role(application.name).value_or(ApplicationRole::other);
  }
}

void complete_guesses(Component& component) {
  if (!component.origins.contains("kind")) {
    component.kind = kind_of_system(component);
  }
  // A label with spaces is no host name: "Serveur du laboratoire".
  if (component.host_name && component.host_name->find(' ') != std::string::npos) {
    component.name = component.name.empty() ? *component.host_name : component.name;
    component.host_name.reset();
    component.origins.erase("host_name");
  }
  if (component.name.empty()) {
    component.name = component.host_name.value_or(component.fqdn.value_or(component.ip.value_or("")));
  }
}

void complete_guesses(Zone&) {}

// Applications take a prefix: a process "Urgences" is often listed beside the service "Urgences".
std::string id_from_name(const Application& application) {
  const std::string name = slug(application.name);
  return name.empty() ? name : ("app-" + name).substr(0, max_id_bytes);
}

template <class T>
std::string id_from_name(const T& element) {
  return slug(element.name);
}

struct Reading {
  RowReader reader;
  Inventory inventory;
  std::map<std::string, Ids, std::less<>> ids;             // by element
  std::map<std::string, std::string> service_by_name;      // folded name -> id
  std::map<std::string, std::size_t> application_by_name;  // folded name -> index
};

/// The services named in a row of an application need it.
void add_users(Reading& reading, const std::string& cell, const Application& application) {
  for (const std::string& name : read_list(cell)) {
    auto& id = reading.service_by_name[fold(name)];
    if (fold(name).empty()) {
      continue;
    }
    if (id.empty()) {
      Service service;
      service.id = id = reading.ids["service"].unused(slug(name));
      service.name = shorten(name, 190);
      service.origins["name"] = reading.reader.origin;
      complete_guesses(service);
      reading.ids["service"].used.insert(id);
      reading.inventory.services.push_back(std::move(service));
    }
    Dependency need;
    need.consumer = id;
    need.target = application.id;
    need.id = dependency_id(need);
    for (const char* field : {"consumer", "target", "kind"}) {
      need.origins[field] = reading.reader.origin;
    }
    if (reading.ids["dependency"].used.insert(need.id).second) {
      reading.inventory.dependencies.push_back(std::move(need));
    }
  }
}

template <class T>
bool identify(T& element, Ids& ids) {
  if constexpr (std::is_same_v<T, Dependency>) {
    element.id = element.id.empty() ? dependency_id(element) : element.id;
    return !element.consumer.empty() && !element.target.empty() && ids.used.insert(element.id).second;
  } else {
    complete_guesses(element);
    if (!element.id.empty()) {
      element.name = element.name.empty() ? element.id : element.name;
      return ids.used.insert(element.id).second;
    }
    element.id = id_from_name(element);
    if (element.id.empty()) {
      return false;
    }
    element.id = ids.unused(element.id);
    return ids.used.insert(element.id).second;
  }
}

/// An application listed once per service that uses it is one application.
const Application* same_application(const Reading& reading, const Application& application) {
  const auto found = reading.application_by_name.find(fold(application.name));
  const bool same = application.id.empty() && found != reading.application_by_name.end();
  return same ? &reading.inventory.applications[found->second] : nullptr;
}

template <class T>
void read_mapped_sheet(Reading& reading, const intake::Sheet& sheet, const ColumnMapping& mapping) {
  const auto header = header_row(sheet);
  if (!header) {
    return;
  }
  const auto& headers = sheet.rows[*header];
  const Columns columns = columns_of(mapping, headers, ElementOf<T>::word);
  const Columns others = columns_of(mapping, headers, "service");
  const auto users = others.find("name");
  RowReader& reader = reading.reader;
  reader.sheet = sheet.name;
  reader.translate = [&](std::string_view field, const std::string& cell) {
    return to_template_words(ElementOf<T>::word, field, cell, reader.words);
  };
  for (std::size_t i = *header + 1; i < sheet.rows.size(); ++i) {
    const auto& row = sheet.rows[i];
    if (is_blank(row)) {
      continue;
    }
    T element = read_row<T>(reader, row, i, columns);
    [[maybe_unused]] const std::string user_cell =
        users != others.end() && users->second < row.size() ? row[users->second] : std::string();
    if constexpr (std::is_same_v<T, Application>) {
      if (const Application* known = same_application(reading, element);
          known != nullptr && !user_cell.empty()) {
        add_users(reading, user_cell, *known);
        continue;
      }
    }
    if (!identify(element, reading.ids[std::string(ElementOf<T>::word)])) {
      reader.findings.add(Severity::warning, message("sheet.row_not_identified"), reader.place(i, 0));
      continue;
    }
    if constexpr (std::is_same_v<T, Application>) {
      add_users(reading, user_cell, element);
      reading.application_by_name.emplace(fold(element.name), reading.inventory.applications.size());
    }
    if constexpr (std::is_same_v<T, Service>) {
      reading.service_by_name.emplace(fold(element.name), element.id);
    }
    (reading.inventory.*ElementOf<T>::list).push_back(std::move(element));
  }
}

}  // namespace

intake::Imported<Inventory> read_mapped(const intake::Workbook& workbook,
                                        const std::vector<ColumnMapping>& mapping, const std::string& file,
                                        Instant when, const Catalogue& catalogue) {
  const Vocabulary words = vocabulary(catalogue);
  Findings findings;
  findings.in_file(file);
  Reading reading{RowReader{words, findings, {}, Origin{OriginKind::import, file, when}, {}}, {}, {}, {}, {}};
  for (const ColumnMapping& choice : mapping) {
    const auto sheet = std::find_if(workbook.sheets.begin(), workbook.sheets.end(),
                                    [&](const intake::Sheet& s) { return s.name == choice.sheet; });
    bool known = false;
    for_each_element([&]<class T>() {
      if (choice.element == ElementOf<T>::word && sheet != workbook.sheets.end()) {
        known = true;
        read_mapped_sheet<T>(reading, *sheet, choice);
      }
    });
    if (!known) {
      findings.add(Severity::warning, message("sheet.mapping_without_tab", {{"sheet", choice.sheet}}),
                   choice.sheet);
    }
  }
  intake::Imported<Inventory> imported{std::move(reading.inventory), findings.take()};
  return imported;
}

}  // namespace releve::cartography
