// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/directory_merge.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace releve::cartography {

namespace {

using intake::Directory;
using intake::DirectoryObject;
using intake::DirectoryRelation;
using intake::Fact;
using intake::Relation;

constexpr std::uint32_t none = 0xFFFFFFFFU;

struct Collection {
  std::uint32_t source = 0;
  const Directory* directory = nullptr;
  Instant when{};
  std::vector<std::uint32_t> domain_of;  // local domain -> merged domain; one more for "no domain"
  std::vector<std::uint32_t> object_of;  // local object -> merged object
};

/// In whose record a relation is written; `either` where both may tell it.
enum class WrittenAt { source, target, either };

WrittenAt written_at(Relation relation) {
  switch (relation) {
    case Relation::session:
    case Relation::has_sid_history:
    case Relation::allowed_to_delegate:
    case Relation::dump_smsa_password:
    case Relation::sql_admin:
      return WrittenAt::source;
    case Relation::contains:
    case Relation::trust_same_forest:
    case Relation::trust_cross_forest:
    case Relation::spoof_sid_history:
    case Relation::abuse_tgt_delegation:
      return WrittenAt::either;
    default:
      return WrittenAt::target;
  }
}

class Merger {
 public:
  explicit Merger(std::span<const Source> sources) {
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
      if (const Directory* directory = sources[i].directory.get()) {
        collections_.push_back({i, directory, directory->collected.value_or(sources[i].when), {}, {}});
      }
    }
  }

  MergedDirectory merge() {
    number_domains();
    choose_owners();
    for (Collection& collection : collections_) {
      collection.object_of.assign(collection.directory->objects.size(), none);
      for (std::uint32_t i = 0; i < collection.object_of.size(); ++i) {
        if (owns(collection, i)) {
          place(collection, i);
        }
      }
    }
    for (Collection& collection : collections_) {
      take_relations(collection);
    }
    finish();
    return {std::make_shared<const Directory>(std::move(merged_)), std::move(source_of_)};
  }

 private:
  static std::string key_of(const intake::DirectoryDomain& domain) {
    return domain.sid.empty() ? "name:" + to_upper(domain.name) : to_upper(domain.sid);
  }

  /// Gives every domain of every collection its number in the merged directory; the last number is that
  /// of objects without a domain.
  void number_domains() {
    std::unordered_map<std::string, std::string> sid_of_name;
    for (const Collection& collection : collections_) {
      for (const auto& domain : collection.directory->domains) {
        if (!domain.sid.empty() && !domain.name.empty()) {
          sid_of_name.emplace("name:" + to_upper(domain.name), key_of(domain));
        }
      }
    }
    std::unordered_map<std::string, std::uint32_t> number;
    for (Collection& collection : collections_) {
      for (const auto& domain : collection.directory->domains) {
        std::string key = key_of(domain);
        if (const auto sid = sid_of_name.find(key); sid != sid_of_name.end()) {
          key = sid->second;
        }
        const auto [at, fresh] = number.emplace(key, static_cast<std::uint32_t>(merged_.domains.size()));
        if (fresh) {
          merged_.domains.push_back(domain);
        }
        auto& known = merged_.domains[at->second];
        known.sid = known.sid.empty() ? domain.sid : known.sid;
        known.name = known.name.empty() ? domain.name : known.name;
        collection.domain_of.push_back(at->second);
      }
    }
    for (Collection& collection : collections_) {
      collection.domain_of.push_back(static_cast<std::uint32_t>(merged_.domains.size()));
    }
  }

  std::uint32_t domain_of(const Collection& collection, std::uint32_t object) const {
    const std::size_t local = collection.directory->objects[object].domain;
    return collection.domain_of[std::min(local, collection.domain_of.size() - 1)];
  }

  void choose_owners() {
    owner_.assign(merged_.domains.size() + 1, nullptr);
    std::vector<bool> described(owner_.size(), false);
    for (const Collection& collection : collections_) {
      std::vector<bool> here(owner_.size(), false);
      for (std::uint32_t i = 0; i < collection.directory->objects.size(); ++i) {
        const std::uint32_t domain = domain_of(collection, i);
        here[domain] = here[domain] || collection.directory->objects[i].is(Fact::described);
      }
      for (const std::uint32_t domain : collection.domain_of) {
        const Collection* owner = owner_[domain];
        const bool better = owner == nullptr || (here[domain] && !described[domain]) ||
                            (here[domain] == described[domain] && owner->when <= collection.when);
        if (better) {
          owner_[domain] = &collection;
          described[domain] = here[domain];
        }
      }
    }
  }

  bool owns(const Collection& collection, std::uint32_t object) const {
    return owner_[domain_of(collection, object)] == &collection;
  }

  std::uint32_t place(Collection& collection, std::uint32_t object) {
    std::uint32_t& placed = collection.object_of[object];
    if (placed != none) {
      return placed;
    }
    DirectoryObject copy = collection.directory->objects[object];
    if (!owns(collection, object)) {
      copy.facts = 0;  // an outdated record: only the name is taken
    }
    copy.domain = domain_of(collection, object);
    const auto [at, fresh] = index_.emplace(copy.id, static_cast<std::uint32_t>(merged_.objects.size()));
    placed = at->second;
    if (fresh) {
      merged_.objects.push_back(std::move(copy));
      source_of_.push_back(collection.source);
    } else if (copy.is(Fact::described) && !merged_.objects[placed].is(Fact::described)) {
      merged_.objects[placed] = std::move(copy);
      source_of_[placed] = collection.source;
    }
    return placed;
  }

  void take_relations(Collection& collection) {
    for (const DirectoryRelation& relation : collection.directory->relations) {
      const bool source = owns(collection, relation.source);
      const bool target = owns(collection, relation.target);
      const WrittenAt written = written_at(relation.relation);
      const bool current = written == WrittenAt::source   ? source
                           : written == WrittenAt::target ? target
                                                          : source || target;
      if (current) {
        DirectoryRelation copy = relation;
        copy.source = place(collection, relation.source);
        copy.target = place(collection, relation.target);
        merged_.relations.push_back(copy);
      }
    }
  }

  void finish() {
    if (std::any_of(merged_.objects.begin(), merged_.objects.end(),
                    [&](const DirectoryObject& o) { return o.domain >= merged_.domains.size(); })) {
      merged_.domains.push_back({});
    }
    auto& relations = merged_.relations;
    std::sort(relations.begin(), relations.end());
    relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
    for (const Collection& collection : collections_) {
      const Directory& from = *collection.directory;
      merged_.format_version = std::max(merged_.format_version, from.format_version);
      merged_.collected = std::max(merged_.collected, from.collected);
      merged_.kinds_not_modelled.insert(merged_.kinds_not_modelled.end(), from.kinds_not_modelled.begin(),
                                        from.kinds_not_modelled.end());
    }
    auto& kinds = merged_.kinds_not_modelled;
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  }

  std::vector<Collection> collections_;
  std::vector<const Collection*> owner_;  // by merged domain
  std::unordered_map<std::string, std::uint32_t> index_;
  Directory merged_;
  std::vector<std::uint32_t> source_of_;
};

}  // namespace

MergedDirectory merge_directories(std::span<const Source> sources) {
  std::uint32_t only = none;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    if (sources[i].directory) {
      only = i;
      ++count;
    }
  }
  if (count == 0) {
    return {std::make_shared<const Directory>(), {}};
  }
  if (count == 1) {
    return {sources[only].directory,
            std::vector<std::uint32_t>(sources[only].directory->objects.size(), only)};
  }
  return Merger(sources).merge();
}

}  // namespace releve::cartography
