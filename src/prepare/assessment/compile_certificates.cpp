// SPDX-License-Identifier: EUPL-1.2
// ADCS ESC1 from raw facts: somebody may enrol in a published template that lets him name another subject
// for authentication. One composite step per template and authority; closing the template removes it.
#include "prepare/assessment/compiler.hpp"

#include <map>
#include <set>

namespace releve::assessment {

using engine::NodeIndex;
using engine::NodeKind;
using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

static bool lets_anybody_be_anybody(const intake::DirectoryObject& object) {
  return object.kind == ObjectKind::cert_template && object.is(Fact::enrollee_supplies_subject) &&
         object.is(Fact::client_authentication) && !object.is(Fact::requires_manager_approval) &&
         !object.is(Fact::signatures_required);
}

static bool may_enrol(Relation relation) {
  return relation == Relation::enroll || relation == Relation::generic_all ||
         relation == Relation::all_extended_rights;
}

void compile_certificates(Compiler& compiler) {
  const auto& directory = *compiler.map.directory;
  std::map<std::uint32_t, std::set<std::uint32_t>> enrollers;  // by template or authority
  std::vector<std::pair<std::uint32_t, std::uint32_t>> published;
  for (const auto& relation : directory.relations) {
    const auto& target = directory.objects[relation.target];
    if (may_enrol(relation.relation) &&
        (lets_anybody_be_anybody(target) || target.kind == ObjectKind::enterprise_ca)) {
      enrollers[relation.target].insert(relation.source);
    }
    if (relation.relation == Relation::published_to &&
        lets_anybody_be_anybody(directory.objects[relation.source]) &&
        target.is(Fact::trusted_for_authentication)) {
      published.emplace_back(relation.source, relation.target);
    }
  }
  auto& draft = compiler.draft;
  const std::uint16_t technique = compiler.technique("adcs_esc1");
  for (const auto& [form, authority] : published) {
    const auto& object = directory.objects[form];
    if (object.domain >= draft.model.domains.size()) {
      continue;
    }
    const NodeIndex on_form = draft.node(NodeKind::right, "right:enroll:" + object.id, object.name);
    const auto& issuer = directory.objects[authority];
    const NodeIndex on_authority = draft.node(NodeKind::right, "right:enroll:" + issuer.id, issuer.name);
    for (const std::uint32_t who : enrollers[form]) {
      draft.implies(compiler.account_of_object[who], on_form);
    }
    for (const std::uint32_t who : enrollers[authority]) {
      draft.implies(compiler.account_of_object[who], on_authority);
    }
    draft.step({.inputs = {on_form, on_authority},
                .head = draft.model.domains[object.domain].tier0,
                .technique = technique,
                .chance = compiler.chance[technique],
                .zone = compiler.zones.at(""),
                .facts = {compiler.fact("template", object.id, object.name)}});
  }
}

}  // namespace releve::assessment
