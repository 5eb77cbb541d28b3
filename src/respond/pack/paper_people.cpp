// SPDX-License-Identifier: EUPL-1.2
// Who decides, whom to call, who calls whom.
#include "foundation/base/person_name.hpp"
#include "foundation/base/text.hpp"
#include "respond/pack/sheet.hpp"

#include <algorithm>
#include <iterator>

namespace releve::pack {
namespace {

using plan::CrisisContact;

void source(Sheet& sheet, const std::string& text) {
  if (!text.empty()) {
    sheet.html.text("p", sheet.say("pack.source", {{"source", text}}), {{"class", "quiet"}});
  }
}

/// What else is known of a contact.
void about(Sheet& sheet, const CrisisContact& one) {
  if (!one.note.empty()) {
    sheet.html.text("p", one.note);
  }
  source(sheet, one.source);
}

/// Nobody may act on it before.
std::string begins(const Sheet& sheet, const plan::Delegation& one) {
  if (one.starts > sheet.settings.day) {
    return sheet.say("pack.not_yet", {{"day", sheet.day(one.starts)}});
  }
  return sheet.day(one.starts);
}

bool is_over(const Sheet& sheet, const plan::Delegation& one) {
  return !one.ends.empty() && one.ends < sheet.settings.day;
}

std::string ends(const Sheet& sheet, const plan::Delegation& one) {
  const std::string day = sheet.day(one.ends);
  return is_over(sheet, one) ? "▲ " + sheet.say("pack.over_since", {{"day", day}}) : day;
}

/// Whoever may, then whoever might once: nobody is to call these first.
std::vector<plan::Delegation> of_act(const Sheet& sheet, plan::Act act) {
  std::vector<plan::Delegation> list;
  for (const bool over : {false, true}) {
    std::copy_if(sheet.plan.delegations.begin(), sheet.plan.delegations.end(), std::back_inserter(list),
                 [&](const plan::Delegation& one) { return one.act == act && is_over(sheet, one) == over; });
  }
  return list;
}

void delegation_rows(Sheet& sheet) {
  report::Html& html = sheet.html;
  sheet.titles({{"ui.plan.field.act", "27mm"},
                {"ui.plan.field.contact"},
                {"pack.phone", "34mm"},
                {"pack.at_night", "21mm"},
                {"pack.from_until", "30mm"},
                {"ui.plan.field.reference", "24mm"}});
  html.in("tbody", [&] {
    for (const auto& act : describe(static_cast<plan::Act*>(nullptr)).entries) {
      for (const plan::Delegation& one : of_act(sheet, act.value)) {
        html.in("tr", [&] {
          html.text("th", sheet.named("act", one.act), {{"scope", "row"}});
          sheet.cell(sheet.who(one.contact));
          sheet.cell_of_numbers(one.contact);
          sheet.cell(sheet.say(one.at_night ? "pack.yes" : "pack.office_hours"));
          sheet.cell(begins(sheet, one) + "\n" + ends(sheet, one), "lines");
          sheet.cell(one.reference);
        });
      }
    }
  });
}

void criteria(Sheet& sheet, plan::CriterionKind kind, plan::Level level) {
  std::vector<const plan::Criterion*> met;
  for (const plan::Criterion& one : sheet.plan.criteria) {
    if (one.kind == kind && one.level == level) {
      met.push_back(&one);
    }
  }
  if (met.empty()) {
    return;
  }
  report::Html& html = sheet.html;
  html.in("div", {{"class", "keep"}}, [&] {
    html.text("h3", sheet.say(kind == plan::CriterionKind::activate ? "pack.activate" : "pack.lift",
                              {{"level", sheet.named("level", level)}}));
    html.in("table", [&] {
      html.in("tbody", [&] {
        for (const plan::Criterion* one : met) {
          html.in("tr", [&] {
            sheet.cell_to_tick();
            sheet.html.in("td", [&] {
              sheet.html.text("p", one->text);
              source(sheet, one->source);
            });
          });
        }
      });
    });
  });
}

/// A person behind a role, in the order in which they are called.
void person(Sheet& sheet, const std::string& title, const std::string& id) {
  const CrisisContact* one = sheet.contact(id);
  sheet.html.in("tr", [&] {
    sheet.cell(title);
    sheet.cell(one == nullptr ? sheet.say("pack.nobody") : one->name);
    sheet.cell(one == nullptr ? "" : one->post);
    sheet.cell_of_numbers(id);
    sheet.cell_to_tick();
  });
}

void role(Sheet& sheet, const plan::CrisisRole& one) {
  sheet.html.in("tbody", {{"class", "keep"}}, [&] {
    sheet.html.in("tr", {{"class", "group"}}, [&] { sheet.html.text("td", one.name, {{"colspan", "5"}}); });
    if (!one.mission.empty()) {
      sheet.html.in("tr", [&] { sheet.html.text("td", one.mission, {{"colspan", "5"}}); });
    }
    person(sheet, sheet.say("ui.plan.field.holder"), one.holder);
    int rank = 0;
    for (const std::string& deputy : one.deputies) {
      person(sheet, sheet.say("pack.deputy", {{"n", std::to_string(++rank)}}), deputy);
    }
  });
}

/// Those of some groups, as the plan lists them.
void outside(Sheet& sheet, plan::ContactGroup group) {
  report::Html& html = sheet.html;
  const auto of_group = [&](const CrisisContact& one) { return one.group == group; };
  if (std::none_of(sheet.plan.contacts.begin(), sheet.plan.contacts.end(), of_group)) {
    return;
  }
  html.in("tbody", [&] {
    html.in("tr", {{"class", "group"}},
            [&] { html.text("td", sheet.titled("group", group), {{"colspan", "4"}}); });
    for (const CrisisContact& one : sheet.plan.contacts) {
      if (of_group(one)) {
        html.in("tr", [&] {
          html.text("th", one.name, {{"scope", "row"}});
          sheet.cell(one.post);
          sheet.cell_of_numbers(one.id);
          html.in("td", [&] { about(sheet, one); });
        });
      }
    }
  });
}

/// Whoever is none of the staff stands as it is written.
std::string looked_for_under(const CrisisContact& one) {
  return one.group == plan::ContactGroup::staff ? family_name_key(one.name) : fold(one.name);
}

void by_name(Sheet& sheet) {
  report::Html& html = sheet.html;
  std::vector<const CrisisContact*> sorted;
  for (const CrisisContact& one : sheet.plan.contacts) {
    sorted.push_back(&one);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return looked_for_under(*a) < looked_for_under(*b); });
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "44mm"},
                  {"ui.plan.field.post"},
                  {"pack.phone", "34mm"},
                  {"ui.plan.field.checked", "27mm"}});
    html.in("tbody", [&] {
      for (const CrisisContact* one : sorted) {
        html.in("tr", [&] {
          html.text("th", one->name, {{"scope", "row"}});
          html.in("td", [&] {
            html.text("p", one->post + (one->post.empty() || one->mail.empty() ? "" : "\n") + one->mail,
                      {{"class", "lines"}});
            if (one->group == plan::ContactGroup::staff) {  // what is known of the others stands above
              about(sheet, *one);
            }
          });
          sheet.cell_of_numbers(one->id);
          sheet.cell(one->checked.empty() ? sheet.say("pack.never") : sheet.day(one->checked));
        });
      }
    });
  });
}

}  // namespace

void write_decisions(Sheet& sheet) {
  report::Html& html = sheet.html;
  html.text("h2", sheet.say("ui.plan.part.delegations"));
  if (sheet.plan.delegations.empty()) {
    sheet.nothing_written();
  } else {
    html.in("table", [&] { delegation_rows(sheet); });
  }
  html.text("h2", sheet.say("ui.plan.part.criteria"));
  for (const auto kind : {plan::CriterionKind::activate, plan::CriterionKind::lift}) {
    criteria(sheet, kind, plan::Level::internal_mobilisation);
    criteria(sheet, kind, plan::Level::plan_blanc);
  }
  html.text("h2", sheet.say("ui.plan.part.cells"));
  const bool placed = std::any_of(sheet.plan.cells.begin(), sheet.plan.cells.end(),
                                  [](const plan::CrisisCell& one) { return !one.place.empty(); });
  html.in("table", [&] {
    if (placed) {
      sheet.titles(
          {{"ui.plan.field.cell", "46mm"}, {"ui.plan.field.mission"}, {"ui.plan.field.place", "40mm"}});
    } else {
      sheet.titles({{"ui.plan.field.cell", "46mm"}, {"ui.plan.field.mission"}});
    }
    html.in("tbody", [&] {
      for (const plan::CrisisCell& one : sheet.plan.cells) {
        html.in("tr", [&] {
          html.text("th", one.name, {{"scope", "row"}});
          sheet.cell(one.mission);
          if (placed) {
            sheet.cell(one.place);
          }
        });
      }
    });
  });
}

void write_directory(Sheet& sheet) {
  report::Html& html = sheet.html;
  html.text("h2", sheet.say("pack.outside"));
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "44mm"},
                  {"ui.plan.field.post", "44mm"},
                  {"pack.phone", "34mm"},
                  {"ui.plan.field.note"}});
    for (const auto group :
         {plan::ContactGroup::authority, plan::ContactGroup::partner, plan::ContactGroup::supplier}) {
      outside(sheet, group);
    }
  });
  html.text("h2", sheet.say("pack.by_role"));
  html.in("table", [&] {
    sheet.titles({{"", "26mm"},
                  {"ui.plan.field.name", "44mm"},
                  {"ui.plan.field.post"},
                  {"pack.phone", "34mm"},
                  {"pack.reached", "20mm"}});
    for (const plan::CrisisRole& one : sheet.plan.roles) {
      role(sheet, one);
    }
  });
  html.text("h2", sheet.say("pack.by_name"));
  by_name(sheet);
}

void write_calls(Sheet& sheet) {
  report::Html& html = sheet.html;
  if (sheet.plan.calls.empty()) {
    sheet.nothing_written();
    return;
  }
  html.text("p", sheet.say("pack.calls_what"));
  for (const plan::CallBranch& branch : sheet.plan.calls) {
    html.in("div", {{"class", "call"}}, [&] {
      html.text("h3", sheet.say("pack.calls", {{"name", sheet.who(branch.caller)}}));
      html.in("table", [&] {
        sheet.titles({{"", "9mm"}, {"ui.plan.field.called"}, {"pack.phone", "34mm"}, {"pack.hour", "24mm"}});
        html.in("tbody", [&] {
          for (const std::string& id : branch.called) {
            html.in("tr", [&] {
              sheet.cell_to_tick();
              sheet.cell(sheet.who(id));
              sheet.cell_of_numbers(id);
              sheet.cell("");
            });
          }
        });
      });
    });
  }
}

}  // namespace releve::pack
