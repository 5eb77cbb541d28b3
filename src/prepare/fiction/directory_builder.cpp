// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/directory_builder.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

std::uint32_t DirectoryBuilder::add_domain(const std::string& dns) {
  const auto index = static_cast<std::uint32_t>(directory().facts.domains.size());
  std::string sid = "S-1-5-21";
  for (std::uint32_t part = 0; part < 3; ++part) {
    sid += "-" + std::to_string(1'000'000'000U + draft_.chance.below("domain/" + dns, 3'000'000'000U, part));
  }
  directory().facts.domains.push_back({sid, to_upper(dns)});
  next_rid_.push_back(1103);
  return index;
}

std::string DirectoryBuilder::sid(std::uint32_t domain, std::uint32_t rid) {
  const std::uint32_t number = rid != 0 ? rid : next_rid_[domain]++;
  return directory().facts.domains[domain].sid + "-" + std::to_string(number);
}

ObjectIndex DirectoryBuilder::add(ObjectKind kind, std::string id, const std::string& name,
                                  std::uint32_t domain, std::string distinguished_name, std::string account) {
  const auto index = static_cast<ObjectIndex>(directory().facts.objects.size());
  const bool added = by_id_.emplace(id, index).second;
  RELEVE_CHECK(added, id);
  intake::DirectoryObject object;
  object.id = std::move(id);
  object.name = name;
  object.kind = kind;
  object.domain = domain;
  object.facts = static_cast<std::uint32_t>(Fact::described);
  object.distinguished_name = std::move(distinguished_name);
  directory().facts.objects.push_back(std::move(object));
  ObjectDetails details;
  details.account = std::move(account);
  // Between 2014 and 2025.
  details.created = 1'400'000'000 + draft_.chance.below("created/" + name, 350'000'000);
  directory().details.push_back(std::move(details));
  return index;
}

void DirectoryBuilder::relate(ObjectIndex source, ObjectIndex target, Relation relation, bool inherited) {
  if (source != target) {
    directory().facts.relations.push_back({source, target, relation, inherited});
  }
}

void DirectoryBuilder::finish() {
  auto& relations = directory().facts.relations;
  std::sort(relations.begin(), relations.end());
  relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
  directory().facts.format_version = 6;
  directory().facts.collected = Instant(std::chrono::seconds(files_made));
}

ObjectIndex add_group(DirectoryBuilder& builder, const DomainFrame& frame, const std::string& name,
                      const std::string& description) {
  const ObjectIndex group =
      builder.add(ObjectKind::group, builder.sid(frame.domain), name + "@" + frame.upper, frame.domain,
                  "CN=" + name + ",OU=GROUPES," + frame.base_dn, name);
  builder.details(group).description = description;
  builder.place(frame.groups, group);
  return group;
}

ObjectIndex add_account(DirectoryBuilder& builder, DomainFrame& frame, const std::string& login,
                        ObjectIndex unit, const std::string& display_name, const std::string& title) {
  const std::string unit_dn = builder.object(unit).distinguished_name;
  const ObjectIndex user =
      builder.add(ObjectKind::user, builder.sid(frame.domain), to_upper(login) + "@" + frame.upper,
                  frame.domain, "CN=" + to_upper(login) + "," + unit_dn, login);
  builder.set(user, Fact::enabled);
  ObjectDetails& details = builder.details(user);
  details.display_name = display_name;
  details.title = title;
  details.email = login + "@" + frame.dns.substr(0, frame.dns.rfind('.')) + ".example";
  const Chance& chance = builder.draft().chance;
  details.password_set = files_made - chance.below("password/" + login, 86'400U * 300);
  builder.object(user).last_logon = files_made - chance.below("logon/" + login, 86'400U * 20);
  builder.place(unit, user);
  builder.relate(user, frame.domain_users, Relation::member_of);
  frame.accounts[login] = user;
  return user;
}

void draw_directory(Draft& draft) {
  DirectoryBuilder builder(draft);
  const auto users = static_cast<std::size_t>(draft.proportions.users);
  for (const std::string& dns : draft.hospital.domains) {
    builder.add_domain(dns);
  }
  std::vector<DomainFrame> frames;
  for (std::uint32_t domain = 0; domain < draft.hospital.domains.size(); ++domain) {
    DomainFrame frame = draw_frame(builder, domain);
    draw_it_groups(builder, frame);
    draw_administrators(builder, frame);
    draw_service_accounts(builder, frame);
    const std::size_t wanted = draft.hospital.domains.size() == 1 ? users
                               : domain == 0                      ? users * 95 / 100
                                                                  : users - users * 95 / 100;
    draw_people(builder, frame, wanted);
    draw_shares(builder, frame);
    draw_computers(builder, frame);
    draw_application_groups(builder, frame);
    draw_sessions(builder, frame);
    draw_policies(builder, frame);
    draw_mistakes(builder, frame);
    if (domain == 0) {
      draw_certificates(builder, frame);
    }
    draw_rights(builder, frame);
    frames.push_back(std::move(frame));
  }
  if (frames.size() > 1) {
    builder.relate(frames[0].root, frames[1].root, Relation::trust_same_forest);
    builder.relate(frames[1].root, frames[0].root, Relation::trust_same_forest);
  }
  builder.finish();
}

}  // namespace releve::fiction
