// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/check.hpp"
#include "prepare/cartography/directory_merge.hpp"
#include "prepare/cartography/inventory_fold.hpp"
#include "prepare/cartography/machines.hpp"

#include <algorithm>

namespace releve::cartography {

namespace {

/// Raised when this room draws something else from the same files.
constexpr std::string_view reader_version = "cartography-1";

/// The newest by its own date, else by the date of its import; the later of equals.
template <class Value, class When>
std::shared_ptr<const Value> newest(std::span<const Source> sources,
                                    std::shared_ptr<const Value> Source::* member, When when) {
  std::shared_ptr<const Value> best = std::make_shared<const Value>();
  std::optional<Instant> best_when;
  for (const Source& source : sources) {
    if (const auto& value = source.*member) {
      const Instant dated = when(*value).value_or(source.when);
      if (!best_when || *best_when <= dated) {
        best = value;
        best_when = dated;
      }
    }
  }
  return best;
}

std::vector<intake::DirectoryHealth> newest_health(std::span<const Source> sources) {
  std::map<std::string, std::pair<Instant, const intake::DirectoryHealth*>> by_domain;
  for (const Source& source : sources) {
    if (source.health) {
      const Instant dated = source.health->generated.value_or(source.when);
      auto& best = by_domain.try_emplace(to_upper(source.health->domain), dated, nullptr).first->second;
      if (best.second == nullptr || best.first <= dated) {
        best = {dated, source.health.get()};
      }
    }
  }
  std::vector<intake::DirectoryHealth> list;
  for (const auto& [domain, best] : by_domain) {
    list.push_back(*best.second);
  }
  return list;
}

// Each part is preceded by its length, so that no two inputs write the same bytes.
void put(Hasher& hasher, std::string_view part) {
  hasher.update(std::to_string(part.size()) + ":");
  hasher.update(part);
}

std::string hash_inputs(const std::string& facility, std::span<const Source> sources,
                        std::span<const Answer> answers) {
  Hasher hasher;
  put(hasher, reader_version);
  put(hasher, facility);
  // In the order of the fold: a later file replaces what an earlier one said.
  for (const Source& source : sources) {
    put(hasher, source.file_hash);
  }
  put(hasher, "answers");
  for (const Answer& answer : answers) {
    put(hasher, answer.element);
    put(hasher, answer.field);
    put(hasher, answer.value);
    put(hasher, to_rfc3339(answer.when));
  }
  return hasher.hex();
}

}  // namespace

Cartography draw_cartography(std::string facility, std::span<const Source> sources,
                             std::span<const Answer> answers) {
  Findings findings;
  Cartography c;
  c.facility = std::move(facility);
  c.input_hash = hash_inputs(c.facility, sources, answers);

  Inventory inventory = fold_inventories(sources);
  apply_answers(inventory, answers, c.answers, findings);
  c.services = std::move(inventory.services);
  c.applications = std::move(inventory.applications);
  c.components = std::move(inventory.components);
  c.dependencies = std::move(inventory.dependencies);
  c.zones = std::move(inventory.zones);

  const MergedDirectory merged = merge_directories(sources);
  c.directory = merged.directory;
  c.health = newest_health(sources);
  c.kev = newest<intake::KevCatalogue>(sources, &Source::kev, [](const auto& kev) { return kev.released; });
  c.epss = newest<intake::EpssTable>(sources, &Source::epss, [](const auto& epss) { return epss.scored; });

  check_elements(c, findings);
  c.machines = draw_machines(c, sources, merged.source_of, findings);
  c.findings = findings.take();
  return c;
}

}  // namespace releve::cartography
