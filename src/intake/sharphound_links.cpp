// SPDX-License-Identifier: EUPL-1.2
// The end of each object of a file: what it adds to its record, and the record to the collection.
#include "intake/sharphound_file.hpp"

#include <algorithm>

namespace releve::intake::sharphound {

namespace {
bool is_local_power(Relation relation) {
  return relation == Relation::admin_to || relation == Relation::can_rdp ||
         relation == Relation::execute_dcom || relation == Relation::can_psremote;
}
}  // namespace

void File::close(const Frame& frame) {
  if (frame.refused && frame.place != Place::record) {
    // Collected: false. What stands there is no observation.
    record_.links.resize(frame.mark);
    return;
  }
  switch (frame.place) {
    case Place::record:
      return close_record();
    case Place::ace:
      return close_ace(frame);
    case Place::local_group:
      return close_local_group(frame);
    case Place::trust:
      return close_trust();
    case Place::principal:
      return use(*frame.via, frame.id);
    case Place::session:
      return link({frame.user}, Relation::session, Direction::outward, frame.computer);
    case Place::spn_target:
      if (frame.relation) {
        link(frame.id, *frame.relation, Direction::outward);
      } else if (frame.unknown) {
        collection_.unknown_right(unknown_name_);
      }
      return;
    default:
      return;
  }
}

void File::close_ace(const Frame& ace) {
  const bool of_authority = ace.via->slot == Slot::ca_ace;
  if (ace.unknown || !ace.relation) {
    if (ace.unknown || ace.by_type) {
      collection_.unknown_right(unknown_name_);
    }
    return;
  }
  // Owning an authority is in its ordinary entries; groups of its machine are not principals of the domain.
  if (of_authority && (ace.of_machine || *ace.relation == Relation::owns)) {
    return;
  }
  if (ace.id.known()) {
    record_.links.push_back(
        Link{ace.id, nothing, *ace.relation, Direction::inward, ace.inherited, of_authority});
    collection_.check_room(record_.links.size());
  }
}

/// The relation of the members is that of their group, which may be named after them.
void File::close_local_group(const Frame& group) {
  const std::size_t members = record_.links.size() - std::min<std::size_t>(group.mark, record_.links.size());
  if (!group.relation) {
    record_.links.resize(group.mark);
    if (members > 0 && group.unknown) {
      collection_.unknown_right(unknown_name_);
    }
    return;
  }
  for (std::size_t i = group.mark; i < record_.links.size(); ++i) {
    record_.links[i].relation = *group.relation;
  }
}

void File::close_trust() {
  const std::uint32_t other = collection_.trusted_domain(trust_.sid, trust_.name);
  if (other == nothing) {
    return;
  }
  const std::optional<TrustWay> way = find_trust_way(trust_.way);
  const std::optional<TrustKind> kind = find_trust_kind(trust_.kind);
  if (!way || !kind) {
    collection_.unknown_right(!way ? "TrustDirection " + trust_.way : "TrustType " + trust_.kind);
  }
  if (!way) {
    return;
  }
  if (kind == TrustKind::same_forest) {
    // The forest is the boundary of security: whoever holds one of its domains can take the others.
    if (way->inbound || way->outbound) {
      link({other}, Relation::trust_same_forest, Direction::inward);
      link({other}, Relation::trust_same_forest, Direction::outward);
    }
    return;
  }
  if (way->inbound) {
    link({other}, Relation::trust_cross_forest, Direction::inward);
    if (trust_.tgt_delegation) {
      link({other}, Relation::abuse_tgt_delegation, Direction::inward);
    }
  }
  if (way->outbound) {
    link({other}, Relation::trust_cross_forest, Direction::outward);
    if (!trust_.filtered) {
      link({other}, Relation::spoof_sid_history, Direction::inward);
    }
  }
}

/// Where the security of the authority itself was read, its directory entries say nothing of these rights,
/// save those of the machine that hosts it.
void File::apply_ca_security() {
  if (!record_.ca_security_collected) {
    return;
  }
  std::uint32_t host = nothing;
  for (const Link& link : record_.links) {
    host = link.relation == Relation::hosts_ca ? link.other.index : host;
  }
  std::erase_if(record_.links, [&](const Link& link) {
    const bool of_authority = link.relation == Relation::enroll || link.relation == Relation::manage_ca ||
                              link.relation == Relation::manage_certificates;
    return of_authority && !link.from_ca_security && link.other.index != host;
  });
}

/// Version 3 put the local groups that a policy fills into the record of the domain or organisational unit.
void File::move_policy_members() {
  const bool holder =
      type_ != nullptr && (type_->kind == ObjectKind::ou || type_->kind == ObjectKind::domain);
  if (!holder) {
    return;
  }
  for (const Link& link : record_.links) {
    if (is_local_power(link.relation)) {
      record_.policy_members.push_back(PolicyMember{link.other, link.relation});
    }
  }
  std::erase_if(record_.links, [](const Link& link) { return is_local_power(link.relation); });
}

void File::close_record() {
  ++records_;
  move_policy_members();
  apply_ca_security();
  if (record_.id == nothing && record_.user != nothing && record_.computer != nothing) {
    return collection_.relate(record_.computer, record_.user, Relation::session, false);
  }
  if (!collection_.describe(record_, type_ == nullptr ? ObjectKind::unknown : type_->kind)) {
    first_without_id_ = without_id_ == 0 ? path() : first_without_id_;
    ++without_id_;
  } else if (type_ == nullptr && !record_.deleted) {
    kind_unsettled_.push_back(record_.id);
  }
}

}  // namespace releve::intake::sharphound
