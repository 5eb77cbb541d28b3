// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/match.hpp"

#include "foundation/base/text.hpp"
#include "prepare/cartography/network_address.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>

namespace releve::cartography {

namespace {

/// Names that any machine may give itself.
bool is_nobody(std::string_view name) {
  const std::string lower = to_lower(name.substr(0, name.find('.')));
  return lower == "localhost" || lower == "unknown" || lower == "workgroup";
}

/// Puts a name where it belongs: with a dot an FQDN (which gives the host name too), else a host name.
/// Scanners sometimes put the IP there: that is no name.
void take_name(Record& record, std::string_view name) {
  name = trim(name);
  if (name.ends_with('.')) {
    name.remove_suffix(1);
  }
  if (name.ends_with('$')) {
    name.remove_suffix(1);
  }
  if (name.empty() || parse_address(name) || name.find(' ') != std::string_view::npos || is_nobody(name)) {
    return;
  }
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos && record.fqdn.empty()) {
    record.fqdn = to_lower(name);
  }
  if (record.host.empty()) {
    record.host = to_upper(name.substr(0, dot));
  }
}

void take_addresses(Record& record, std::string_view text) {
  std::string plain(text);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c == ',' || c == ';' || c == '\n' || c == '\t'; }, ' ');
  for (const std::string_view part : split(plain, ' ')) {
    const auto address = parse_address(part);
    if (address && !is_local_only(*address)) {
      record.ips.push_back(to_text(*address));
    }
  }
}

Record record_of(const intake::DirectoryObject& object, const intake::Directory& directory) {
  Record record;
  record.sid = to_upper(object.id);
  const std::string_view name = std::string_view(object.name).substr(0, object.name.find('@'));
  take_name(record, name);
  if (record.fqdn.empty() && !record.host.empty() && object.domain < directory.domains.size() &&
      !directory.domains[object.domain].name.empty()) {
    record.fqdn = to_lower(record.host + "." + directory.domains[object.domain].name);
  }
  return record;
}

Record record_of(const Component& component) {
  Record record;
  record.from = Record::From::sheet;
  record.sid = to_upper(trim(component.sid.value_or("")));
  take_name(record, component.fqdn.value_or(""));
  take_name(record, component.host_name.value_or(""));
  take_addresses(record, component.ip.value_or(""));
  return record;
}

Record record_of(const intake::ScannedHost& host) {
  Record record;
  record.from = Record::From::scan;
  take_name(record, host.fqdn);
  take_name(record, host.netbios);
  take_addresses(record, host.ip);
  return record;
}

bool says_nothing(const Record& r) {
  return r.sid.empty() && r.fqdn.empty() && r.host.empty() && r.ips.empty();
}

/// Two decide that a value is shared; the bound keeps ten thousand machines behind one address from costing
/// their square.
constexpr std::size_t max_distinct = 16;

void add_distinct(std::vector<std::string_view>& list, std::string_view text) {
  if (!text.empty() && list.size() < max_distinct &&
      std::find(list.begin(), list.end(), text) == list.end()) {
    list.push_back(text);
  }
}

/// Union-find over the records, knowing what the joined records call their machine.
class Joiner {
 public:
  explicit Joiner(std::span<const Record> records)
      : records_(records), parent_(records.size()), sets_(records.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    for (std::size_t i = 0; i < records.size(); ++i) {
      const Record& record = records[i];
      add_distinct(sets_[i].sids, record.from == Record::From::directory ? record.sid : std::string_view());
      add_distinct(sets_[i].hosts, record.host);
      add_distinct(sets_[i].fqdns, record.from == Record::From::directory ? std::string_view() : record.fqdn);
    }
  }

  struct Names {
    std::vector<std::string_view> sids;   // of the directory
    std::vector<std::string_view> fqdns;  // of scans and sheets
    std::vector<std::string_view> hosts;

    void add(const Names& other) {
      for (const auto text : other.sids) {
        add_distinct(sids, text);
      }
      for (const auto text : other.fqdns) {
        add_distinct(fqdns, text);
      }
      for (const auto text : other.hosts) {
        add_distinct(hosts, text);
      }
    }
  };

  /// Joins the records that share a value of one key. `conflict` says whether the sets named together by
  /// one value cannot be one machine; `on_conflict` then gets the value and the sets.
  void join(const std::function<std::span<const std::string>(const Record&)>& values,
            const std::function<bool(const Names&)>& conflict,
            const std::function<void(std::string_view, std::span<const std::uint32_t>)>& on_conflict) {
    std::unordered_map<std::string_view, std::size_t> group_of;
    std::vector<std::pair<std::string_view, std::vector<std::uint32_t>>> groups;  // in order of appearance
    for (std::uint32_t i = 0; i < records_.size(); ++i) {
      for (const std::string& value : values(records_[i])) {
        if (!value.empty()) {
          const auto [at, fresh] = group_of.emplace(value, groups.size());
          if (fresh) {
            groups.push_back({value, {}});
          }
          groups[at->second].second.push_back(i);
        }
      }
    }
    for (const auto& [value, members] : groups) {
      const auto roots = roots_of(members);
      if (roots.size() < 2) {
        continue;
      }
      Names together;
      for (const std::uint32_t root : roots) {
        together.add(sets_[root]);
      }
      if (conflict(together)) {
        on_conflict(value, roots);
      } else {
        unite(roots);
      }
    }
  }

  void unite(std::span<const std::uint32_t> roots) {
    for (const std::uint32_t root : roots.subspan(1)) {
      parent_[root] = roots[0];
      sets_[roots[0]].add(sets_[root]);
    }
  }

  const Names& names(std::uint32_t root) const { return sets_[root]; }

  std::uint32_t root(std::uint32_t record) {
    while (parent_[record] != record) {
      parent_[record] = parent_[parent_[record]];
      record = parent_[record];
    }
    return record;
  }

 private:
  std::vector<std::uint32_t> roots_of(const std::vector<std::uint32_t>& members) {
    std::vector<std::uint32_t> roots;
    for (const std::uint32_t member : members) {
      roots.push_back(root(member));
    }
    std::sort(roots.begin(), roots.end());  // the earliest record leads
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    return roots;
  }

  std::span<const Record> records_;
  std::vector<std::uint32_t> parent_;
  std::vector<Names> sets_;
};

/// Records that know nothing but a shared address are one machine among themselves.
void join_nameless(Joiner& joiner, std::span<const std::uint32_t> roots) {
  std::vector<std::uint32_t> nameless;
  for (const std::uint32_t root : roots) {
    if (joiner.names(root).sids.empty() && joiner.names(root).hosts.empty()) {
      nameless.push_back(root);
    }
  }
  if (nameless.size() > 1) {
    joiner.unite(nameless);
  }
}

}  // namespace

bool is_pattern(const Component& component) {
  return component.host_name && component.host_name->find_first_of("*?") != std::string::npos;
}

std::vector<Record> collect_records(const Cartography& cartography, std::span<const Source> sources,
                                    std::span<const std::uint32_t> source_of_object) {
  std::vector<Record> records;
  const auto add = [&](Record record, std::uint32_t source, std::size_t index) {
    if (!says_nothing(record)) {
      record.source = source;
      record.index = static_cast<std::uint32_t>(index);
      records.push_back(std::move(record));
    }
  };
  const auto& objects = cartography.directory->objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind == intake::ObjectKind::computer) {
      add(record_of(objects[i], *cartography.directory), source_of_object[i], i);
    }
  }
  for (std::size_t i = 0; i < cartography.components.size(); ++i) {
    const Component& component = cartography.components[i];
    if (!is_pattern(component) && component.kind != ComponentKind::saas) {
      add(record_of(component), 0, i);
    }
  }
  for (std::uint32_t s = 0; s < sources.size(); ++s) {
    for (std::size_t i = 0; sources[s].scan && i < sources[s].scan->hosts.size(); ++i) {
      add(record_of(sources[s].scan->hosts[i]), s, i);
    }
  }
  return records;
}

std::vector<std::vector<std::uint32_t>> match_records(std::span<const Record> records, Findings& findings) {
  using Values = std::span<const std::string>;
  using Names = Joiner::Names;
  Joiner joiner(records);
  const auto report = [&](const char* code) {
    return [&findings, code](std::string_view value, std::span<const std::uint32_t> roots) {
      findings.add(Severity::note,
                   message(code, {{"value", std::string(value)}, {"machines", std::to_string(roots.size())}}),
                   std::string(value));
    };
  };
  const auto two_computers = [](const Names& names) { return names.sids.size() > 1; };
  joiner.join([](const Record& r) { return Values(&r.sid, 1); }, two_computers,
              report("cartography.ambiguous_name"));
  joiner.join([](const Record& r) { return Values(&r.fqdn, 1); }, two_computers,
              report("cartography.ambiguous_name"));
  joiner.join([](const Record& r) { return Values(&r.host, 1); },
              [](const Names& names) { return names.sids.size() > 1 || names.fqdns.size() > 1; },
              [&](std::string_view host, std::span<const std::uint32_t> roots) {
                // Two domains may each have a PC1: worth a word only when some other record stays alone.
                const auto stranger = [&](std::uint32_t root) { return joiner.names(root).sids.empty(); };
                if (std::any_of(roots.begin(), roots.end(), stranger)) {
                  report("cartography.ambiguous_name")(host, roots);
                }
              });
  joiner.join([](const Record& r) { return Values(r.ips); },
              [](const Names& names) { return names.sids.size() > 1 || names.hosts.size() > 1; },
              [&](std::string_view ip, std::span<const std::uint32_t> roots) {
                report("cartography.shared_ip")(ip, roots);
                join_nameless(joiner, roots);
              });
  std::unordered_map<std::uint32_t, std::size_t> group_of;
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    const auto [at, fresh] = group_of.emplace(joiner.root(i), groups.size());
    if (fresh) {
      groups.emplace_back();
    }
    groups[at->second].push_back(i);
  }
  return groups;
}

std::optional<MatchKey> shared_key(const Record& a, const Record& b) {
  if (!a.sid.empty() && a.sid == b.sid) {
    return MatchKey::sid;
  }
  if (!a.fqdn.empty() && a.fqdn == b.fqdn) {
    return MatchKey::fqdn;
  }
  if (!a.host.empty() && a.host == b.host) {
    return MatchKey::host_name;
  }
  const bool same_ip = std::any_of(a.ips.begin(), a.ips.end(), [&](const std::string& ip) {
    return std::find(b.ips.begin(), b.ips.end(), ip) != b.ips.end();
  });
  return same_ip ? std::optional(MatchKey::ip) : std::nullopt;
}

}  // namespace releve::cartography
