// SPDX-License-Identifier: EUPL-1.2
// Accounts: people by service and profession, those who left, suppliers, administrators, services.
#include "foundation/base/text.hpp"
#include "prepare/fiction/directory_builder.hpp"

#include <algorithm>
#include <set>

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

/// "Élodie", "Péron" -> "e.peron".
std::string login_of(const std::string& first, const std::string& surname) {
  std::string login = fold(first).substr(0, 1) + ".";
  for (const char c : fold(surname)) {
    if (c != ' ') {
      login += c;
    }
  }
  return login.substr(0, 17);
}

struct Staffing {
  std::string code;
  std::string name;
  double share = 0;
};

/// The second domain of the university hospital holds its laboratories only.
std::vector<Staffing> staffing(const Draft& draft, std::uint32_t domain) {
  std::vector<Staffing> list;
  double care = 0;
  for (const ServiceModel* service : draft.services) {
    if (domain > 0 && service->sector != cartography::Sector::laboratory) {
      continue;
    }
    list.push_back({service->code, service->name, service->staff});
    care += service->staff;
  }
  for (Staffing& place : list) {
    place.share *= 0.86 / care;
  }
  double offices = 0;
  for (const Department& department : draft.lexicon.people.departments) {
    offices += department.staff;
  }
  for (const Department& department : draft.lexicon.people.departments) {
    list.push_back({department.code, department.name, department.staff * 0.14 / offices});
  }
  return list;
}

const Profession& profession_of(const Draft& draft, const std::string& who) {
  const double u = static_cast<double>(draft.chance.word("profession/" + who)) / 4294967296.0;
  double sum = 0;
  for (const Profession& profession : draft.lexicon.people.professions) {
    sum += profession.share;
    if (u < sum) {
      return profession;
    }
  }
  return draft.lexicon.people.professions.back();
}

/// Gives people their names and logins, no login twice in a domain.
class Register {
 public:
  Register(DirectoryBuilder& builder, DomainFrame& frame) : builder_(builder), frame_(frame) {}

  ObjectIndex add(ObjectIndex unit, const std::string& title) {
    const Draft& draft = builder_.draft();
    const std::string who = "person/" + frame_.dns + "/" + std::to_string(count_++);
    const std::string& first = draft.chance.one_of(draft.lexicon.people.first_names, who, 0);
    const std::string& surname = draft.chance.one_of(draft.lexicon.people.surnames, who, 1);
    const std::string wanted = login_of(first, surname);
    std::string login = wanted;
    for (int twin = 2; !taken_.insert(login).second; ++twin) {
      login = wanted + std::to_string(twin);
    }
    return add_account(builder_, frame_, login, unit, first + " " + surname, title);
  }

  std::string last_name() const { return "person/" + frame_.dns + "/" + std::to_string(count_); }

 private:
  DirectoryBuilder& builder_;
  DomainFrame& frame_;
  std::size_t count_ = 0;
  std::set<std::string> taken_;
};

void join(DirectoryBuilder& builder, const DomainFrame& frame, ObjectIndex user, const std::string& who) {
  const Chance& chance = builder.draft().chance;
  if (chance.happens(who + "/vpn", 0.06)) {
    builder.relate(user, frame.vpn_staff, Relation::member_of);
  }
  if (chance.happens(who + "/old password", 0.12)) {
    builder.details(user).password_set = files_made - 86'400LL * (400 + chance.below(who, 2'000));
  }
  if (chance.happens(who + "/no preauth", 0.0015)) {
    builder.set(user, Fact::no_preauth);
  }
}

void add_leavers(DirectoryBuilder& builder, DomainFrame& frame, Register& people, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string who = people.last_name();
    const ObjectIndex user = people.add(frame.leavers, "");
    // A third of those who left can still log in.
    if (!builder.draft().chance.happens(who + "/still enabled", 0.33)) {
      builder.object(user).facts &= ~static_cast<std::uint32_t>(Fact::enabled);
    }
    builder.object(user).last_logon = files_made - 86'400LL * (200 + builder.draft().chance.below(who, 900));
  }
}

void add_supplier_accounts(DirectoryBuilder& builder, DomainFrame& frame) {
  const auto& suppliers = builder.draft().lexicon.people.suppliers;
  for (const std::string& supplier : suppliers) {
    std::string login = "presta.";
    for (const char c : fold(supplier)) {
      login += c == ' ' ? '-' : c;
    }
    const ObjectIndex user =
        add_account(builder, frame, login.substr(0, 20), frame.suppliers, supplier, "Compte de fournisseur");
    builder.relate(user, frame.vpn_suppliers, Relation::member_of);
    builder.details(user).password_set = files_made - 86'400LL * 1'500;
  }
  for (int i = 1; i <= 3; ++i) {
    const ObjectIndex user = add_account(builder, frame, "infog.tech" + std::to_string(i), frame.suppliers,
                                         "Technicien d’infogérance " + std::to_string(i), "Infogérance");
    builder.relate(user, frame.managed_service, Relation::member_of);
  }
}

}  // namespace

void draw_people(DirectoryBuilder& builder, DomainFrame& frame, std::size_t accounts) {
  Draft& draft = builder.draft();
  add_supplier_accounts(builder, frame);
  const auto& objects = draft.hospital.directory.facts.objects;
  const auto here =
      static_cast<std::size_t>(std::count_if(objects.begin(), objects.end(), [&](const auto& object) {
        return object.kind == ObjectKind::user && object.domain == frame.domain;
      }));
  RELEVE_CHECK(here < accounts, "more technical accounts than accounts");
  const std::size_t people_count = accounts - here;
  const std::size_t leavers = people_count / 20;
  Register people(builder, frame);
  const auto list = staffing(draft, frame.domain);
  std::vector<ObjectIndex> units;
  for (const Staffing& place : list) {
    const std::string dn = "OU=" + place.code + "," + builder.object(frame.people).distinguished_name;
    const ObjectIndex unit = builder.add(ObjectKind::ou, draft.chance.guid("unit/" + dn),
                                         place.code + "@" + frame.upper, frame.domain, dn);
    builder.place(frame.people, unit);
    units.push_back(unit);
    frame.place_group[place.code] = add_group(builder, frame, "GG-" + place.code, place.name);
  }
  std::map<std::string, ObjectIndex> professions;
  for (const Profession& profession : draft.lexicon.people.professions) {
    professions[profession.group] = add_group(builder, frame, profession.group, profession.title);
  }
  std::size_t place = 0;
  double reach = list[0].share;
  for (std::size_t i = 0; i + leavers < people_count; ++i) {
    const double position = (static_cast<double>(i) + 0.5) / static_cast<double>(people_count - leavers);
    while (position > reach && place + 1 < list.size()) {
      reach += list[++place].share;
    }
    const std::string who = people.last_name();
    const Profession& profession = profession_of(draft, who);
    const ObjectIndex user = people.add(units[place], profession.title);
    builder.relate(user, frame.place_group[list[place].code], Relation::member_of);
    builder.relate(user, professions[profession.group], Relation::member_of);
    join(builder, frame, user, who);
    frame.people_of[list[place].code].push_back(user);
  }
  add_leavers(builder, frame, people, leavers);
}

void draw_administrators(DirectoryBuilder& builder, DomainFrame& frame) {
  Draft& draft = builder.draft();
  const ObjectIndex builtin =
      builder.add(ObjectKind::user, builder.sid(frame.domain, 500), "ADMINISTRATEUR@" + frame.upper,
                  frame.domain, "CN=ADMINISTRATEUR,CN=USERS," + frame.base_dn, "Administrateur");
  builder.set(builtin, Fact::enabled);
  builder.place(frame.users_container, builtin);
  builder.relate(builtin, frame.domain_users, Relation::member_of);
  const ObjectIndex krbtgt =
      builder.add(ObjectKind::user, builder.sid(frame.domain, 502), "KRBTGT@" + frame.upper, frame.domain,
                  "CN=KRBTGT,CN=USERS," + frame.base_dn, "krbtgt");
  builder.place(frame.users_container, krbtgt);
  builder.relate(krbtgt, frame.domain_users, Relation::member_of);
  builder.details(krbtgt).password_set = files_made - 86'400LL * 2'900;
  frame.admins.push_back(builtin);
  const std::uint32_t admins =
      draft.chance.between("domain admins/" + frame.dns, 4, draft.at_least(FacilitySize::large) ? 14 : 8);
  for (std::uint32_t i = 1; i <= admins; ++i) {
    const ObjectIndex user =
        add_account(builder, frame, "adm-" + std::string(1, static_cast<char>('a' + i - 1)) + ".dsi",
                    frame.tier0, "Compte d’administration " + std::to_string(i), "Administrateur");
    frame.admins.push_back(user);
  }
  for (const ObjectIndex admin : frame.admins) {
    builder.set(admin, Fact::admin_count);
    builder.relate(admin, frame.domain_admins, Relation::member_of);
  }
  builder.relate(builtin, frame.enterprise_admins, Relation::member_of);
  builder.relate(builtin, frame.administrators, Relation::member_of);
  const double scale = draft.proportions.scale;
  for (int i = 1; i <= static_cast<int>(4 + 5 * scale); ++i) {
    const ObjectIndex user =
        add_account(builder, frame, "sup-" + numbered(static_cast<std::size_t>(i), 2), frame.tier0,
                    "Compte d’assistance " + std::to_string(i), "Technicien");
    builder.relate(user, i % 3 == 0 ? frame.support_senior : frame.support, Relation::member_of);
    frame.support_agents.push_back(user);
  }
  for (int i = 1; i <= static_cast<int>(3 + 2 * scale); ++i) {
    const ObjectIndex user =
        add_account(builder, frame, "sys-" + numbered(static_cast<std::size_t>(i), 2), frame.tier0,
                    "Compte système " + std::to_string(i), "Ingénieur système");
    builder.relate(user, frame.systems_team, Relation::member_of);
    if (i % 2 == 0) {
      builder.relate(user, frame.network_team, Relation::member_of);
    }
  }
}

void draw_service_accounts(DirectoryBuilder& builder, DomainFrame& frame) {
  struct Row {
    const char* login;
    const char* use;
    ObjectIndex group;
    bool spn;
  };

  const ObjectIndex none = 0xFFFFFFFFU;
  const std::vector<Row> rows{{"svc-sauvegarde", "Sauvegarde", frame.domain_admins, true},
                              {"svc-sql", "Bases de données", frame.systems_team, true},
                              {"svc-eai", "Plateforme d’intégration", frame.systems_team, true},
                              {"svc-virtualisation", "Console de virtualisation", frame.systems_team, false},
                              {"svc-deploiement", "Télédistribution", frame.workstation_team, true},
                              {"svc-impression", "Impression", none, true},
                              {"svc-scan", "Recherche de vulnérabilités", frame.systems_team, false},
                              {"svc-synchro", "Synchronisation de l’annuaire", none, false},
                              {"svc-pacs", "Archivage des images", none, true},
                              {"svc-labo", "Interfaces du laboratoire", none, true}};
  for (const Row& row : rows) {
    const ObjectIndex user =
        add_account(builder, frame, row.login, frame.service_accounts, row.use, "Compte de service");
    builder.details(user).password_set = files_made - 86'400LL * 1'900;
    if (row.spn) {
      builder.set(user, Fact::has_spn);
    }
    if (row.group != none) {
      builder.relate(user, row.group, Relation::member_of);
    }
    if (row.group == frame.domain_admins) {
      builder.set(user, Fact::admin_count);
    }
  }
}

}  // namespace releve::fiction
