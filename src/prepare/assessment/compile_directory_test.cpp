// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/hospital_for_tests.hpp"

namespace releve::assessment {
namespace {

TEST(compile, nothing_compiles_to_a_hospital_without_anything) {
  const Compiled compiled = Hospital().compiled();
  EXPECT_TRUE(compiled.model.services.empty());
  EXPECT_EQ(count_code(compiled.findings, "compile.no_services"), 1U);
  EXPECT_EQ(count_code(compiled.findings, "compile.no_directory"), 1U);
}

TEST(compile, rights_over_machines_need_the_network_too) {
  const std::tuple<Relation, const char*, const char*> cases[] = {
      {Relation::admin_to, "remote_admin", "admin"},
      {Relation::can_psremote, "remote_admin", "admin"},
      {Relation::can_rdp, "remote_desktop", "remote_desktop"},
      {Relation::sql_admin, "sql_admin", "database"},
      {Relation::allowed_to_delegate, "delegation", "admin"}};
  for (const auto& [relation, technique, protocol] : cases) {
    Hospital hospital;
    const auto user = hospital.user(1001);
    hospital.relate(user, relation, hospital.machine(2001));
    EXPECT_EQ(steps(hospital.compiled(), technique),
              over_network("account:" + sid(1001), protocol, "host:" + sid(2001)))
        << technique;
  }
}

TEST(compile, a_session_gives_the_account_and_an_old_one_less_often) {
  Hospital hospital;
  const auto pc = hospital.machine(2001);
  const auto fresh = hospital.user(1001);
  const auto old = hospital.user(1002);
  hospital.directory.objects[fresh].last_logon = 1'793'000'000;
  hospital.directory.objects[old].last_logon = 1'793'000'000 - 30 * 86400;
  hospital.relate(pc, Relation::session, fresh);
  hospital.relate(pc, Relation::session, old);
  const Compiled compiled = hospital.compiled();
  EXPECT_EQ(steps(compiled, "session_fresh"), Steps{"host:" + sid(2001) + " -> account:" + sid(1001)});
  EXPECT_EQ(steps(compiled, "session_old"), Steps{"host:" + sid(2001) + " -> account:" + sid(1002)});
}

/// Is the domain held when this account is, over certain steps and replication?
bool takes_domain(const Hospital& hospital, int rid) {
  const Compiled compiled = hospital.compiled();
  const engine::Model& model = compiled.model;
  std::set<std::uint32_t> held;
  for (std::uint32_t n = 0; n < model.nodes.size(); ++n) {
    if (model.nodes[engine::NodeIndex{n}].name == "account:" + sid(rid)) {
      held.insert(n);
    }
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
      const auto inputs = model.inputs_of(engine::StepIndex{s});
      if (std::all_of(inputs.begin(), inputs.end(), [&](auto input) { return held.contains(input); })) {
        grew = held.insert(model.steps[engine::StepIndex{s}].head.value).second || grew;
      }
    }
  }
  return held.contains(model.domains.at(0).tier0.value);
}

TEST(compile, replication_needs_both_rights) {
  const auto with = [](std::vector<Relation> rights, bool through_group = false) {
    Hospital hospital;
    const auto domain = hospital.add(object(domain_sid, "CH.LOCAL", ObjectKind::domain));
    const auto user = hospital.user(1001);
    const auto group = hospital.group(1100);
    for (std::size_t i = 0; i < rights.size(); ++i) {
      hospital.relate(through_group && i == 0 ? group : user, rights[i], domain);
    }
    if (through_group) {
      hospital.relate(user, Relation::member_of, group);
    }
    return takes_domain(hospital, 1001);
  };
  EXPECT_FALSE(with({Relation::get_changes}));
  EXPECT_FALSE(with({Relation::get_changes_all}));
  EXPECT_FALSE(with({Relation::get_changes, Relation::get_changes_filtered}));
  EXPECT_TRUE(with({Relation::get_changes, Relation::get_changes_all}));
  EXPECT_TRUE(with({Relation::get_changes, Relation::get_changes_all}, true))
      << "one of them through a group";
  EXPECT_TRUE(with({Relation::write_dacl})) << "who may change the domain may give himself both";
}

TEST(compile, groups_of_administrators_own_the_domain) {
  for (const int rid : {512, 519, 518}) {
    Hospital hospital;
    hospital.relate(hospital.user(1001), Relation::member_of, hospital.group(rid));
    EXPECT_TRUE(takes_domain(hospital, 1001)) << rid;
  }
  Hospital ordinary;
  ordinary.relate(ordinary.user(1001), Relation::member_of, ordinary.group(513));
  EXPECT_FALSE(takes_domain(ordinary, 1001));
}

TEST(compile, roasting_needs_a_weak_account_that_is_enabled) {
  Hospital hospital;
  hospital.user(1001, {Fact::has_spn});
  hospital.user(1002, {Fact::no_preauth});
  hospital.user(502, {Fact::has_spn});
  const auto off = hospital.user(1003, {Fact::has_spn});
  hospital.directory.objects[off].facts &= ~static_cast<std::uint32_t>(Fact::enabled);
  const Compiled compiled = hospital.compiled();
  const std::string anybody = std::string("right:authenticated:") + domain_sid + " -> account:";
  EXPECT_EQ(steps(compiled, "kerberoast"), Steps{anybody + sid(1001)}) << "not krbtgt, not the disabled";
  EXPECT_EQ(steps(compiled, "asrep_roast"), Steps{anybody + sid(1002)});
}

TEST(compile, a_certificate_for_anybody_needs_every_condition) {
  struct Case {
    const char* name;
    bool esc1;
    std::vector<Fact> form{Fact::enrollee_supplies_subject, Fact::client_authentication};
    bool trusted = true;
    bool published = true;
    bool enrols_at_authority = true;
  };

  const Case cases[] = {
      {.name = "all", .esc1 = true},
      {.name = "manager approves",
       .esc1 = false,
       .form = {Fact::enrollee_supplies_subject, Fact::client_authentication,
                Fact::requires_manager_approval}},
      {.name = "signatures",
       .esc1 = false,
       .form = {Fact::enrollee_supplies_subject, Fact::client_authentication, Fact::signatures_required}},
      {.name = "own subject", .esc1 = false, .form = {Fact::client_authentication}},
      {.name = "no authentication", .esc1 = false, .form = {Fact::enrollee_supplies_subject}},
      {.name = "authority not trusted", .esc1 = false, .trusted = false},
      {.name = "not published", .esc1 = false, .published = false},
      {.name = "authority refuses", .esc1 = false, .enrols_at_authority = false}};
  for (const Case& one : cases) {
    Hospital hospital;
    const auto user = hospital.user(1001);
    const auto form = hospital.add(object("GUID-FORM", "WEB@CH.LOCAL", ObjectKind::cert_template));
    for (const Fact fact : one.form) {
      hospital.directory.objects[form].facts |= static_cast<std::uint32_t>(fact);
    }
    const auto authority = hospital.add(object("GUID-CA", "CA@CH.LOCAL", ObjectKind::enterprise_ca));
    if (one.trusted) {
      hospital.directory.objects[authority].facts |=
          static_cast<std::uint32_t>(Fact::trusted_for_authentication);
    }
    hospital.relate(user, Relation::enroll, form);
    if (one.enrols_at_authority) {
      hospital.relate(user, Relation::enroll, authority);
    }
    if (one.published) {
      hospital.relate(form, Relation::published_to, authority);
    }
    EXPECT_EQ(takes_domain(hospital, 1001), one.esc1) << one.name;
  }
}

TEST(compile, closing_a_fact_removes_every_step_made_of_it) {
  Hospital hospital;
  const auto admin = hospital.user(1001);
  hospital.relate(admin, Relation::admin_to, hospital.machine(2001));
  hospital.relate(admin, Relation::admin_to, hospital.machine(2002));
  hospital.relate(hospital.user(1002), Relation::admin_to, 1);
  const Compiled compiled = hospital.compiled();
  bool found = false;
  for (std::uint32_t f = 0; f < compiled.model.facts.size(); ++f) {
    const engine::FactIndex fact{f};
    if (compiled.model.facts[fact].name != "admin_to:" + sid(1001)) {
      continue;
    }
    found = true;
    EXPECT_EQ(compiled.model.steps_of(fact).size(), 4U) << "two machines, over two kinds of foothold";
    for (const std::uint32_t step : compiled.model.steps_of(fact)) {
      EXPECT_EQ(compiled.model.techniques[compiled.model.steps[engine::StepIndex{step}].technique].id,
                "remote_admin");
    }
  }
  EXPECT_TRUE(found);
}

TEST(compile, the_order_of_facts_leaves_no_trace) {
  Hospital one;
  Hospital two;
  one.machine(2001);
  one.user(1001);
  two.user(1001);
  two.machine(2001);
  one.relate(0, Relation::session, 1);
  two.relate(1, Relation::session, 0);
  EXPECT_EQ(steps(one.compiled(), "session_fresh"), steps(two.compiled(), "session_fresh"));
  EXPECT_EQ(one.compiled().model_version, two.compiled().model_version);
}

}  // namespace
}  // namespace releve::assessment
