// SPDX-License-Identifier: EUPL-1.2
// What to do: the cards, the services without information system, the messages, what is kept ready.
#include "foundation/base/text.hpp"
#include "respond/pack/sheet.hpp"

#include <algorithm>
#include <cmath>

namespace releve::pack {
namespace {

constexpr int free_lines_of_a_card = 3;

std::string anchor(std::string_view part, std::size_t place) {
  return std::string(part) + "-" + std::to_string(place);
}

std::string role_of(const Sheet& sheet, const plan::ActionCard& card) {
  for (const plan::CrisisRole& one : sheet.plan.roles) {
    if (one.id == card.role) {
      return one.name;
    }
  }
  return sheet.say("ui.plan.item.everybody");
}

/// A line to tick, with room for when and by whom.
void gesture(Sheet& sheet, const std::string& text) {
  sheet.html.in("tr", [&] {
    sheet.cell_to_tick();
    sheet.cell(text);
    sheet.cell("", "hour");
    sheet.cell("", "initials");
  });
}

void card(Sheet& sheet, const plan::ActionCard& one, const std::string& name) {
  report::Html& html = sheet.html;
  html.in("section", {{"class", "sheet card"}, {"id", name}}, [&] {
    html.in("p", {{"class", "whose"}}, [&] {
      html.text("span", sheet.named("phase", one.phase), {{"class", "phase"}});
      html.words(role_of(sheet, one));
    });
    html.text("h2", one.title);
    html.in("table", [&] {
      sheet.titles({{"", "11mm"}, {"pack.gesture"}, {"pack.hour", "22mm"}, {"pack.initials", "20mm"}});
      html.in("tbody", [&] {
        for (const std::string& line : one.lines) {
          gesture(sheet, line);
        }
        for (int i = 0; i < free_lines_of_a_card; ++i) {
          gesture(sheet, "");
        }
      });
    });
    if (!one.source.empty()) {
      html.text("p", sheet.say("pack.source", {{"source", one.source}}), {{"class", "quiet"}});
    }
    sheet.on_screen("cards/" + one.id);
  });
}

/// By name; one that has gone from the plan by its id.
template <class Item>
std::string names_of(const std::vector<std::string>& ids, const std::vector<Item>& items) {
  std::string names;
  for (const std::string& id : ids) {
    const auto place =
        std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.id == id; });
    names.append(names.empty() ? "" : ", ").append(place == items.end() ? id : place->name);
  }
  return names;
}

std::string percent(const Sheet& sheet, const std::optional<double>& share) {
  constexpr double whole = 100;
  return share ? sheet.say("pack.percent", {{"n", std::to_string(std::lround(*share * whole))}}) : "—";
}

/// The service has confirmed nothing of it: said once on its page.
bool is_proposal(const plan::ServiceSheet& one) {
  return std::all_of(one.modes.begin(), one.modes.end(),
                     [](const plan::DegradedMode& mode) { return mode.assumed; });
}

void not_confirmed(Sheet& sheet) {
  sheet.html.text("p", sheet.say("pack.not_confirmed"), {{"class", "quiet none"}});
}

void mode(Sheet& sheet, plan::Horizon horizon, const plan::DegradedMode* one, bool proposal) {
  sheet.html.in("tr", [&] {
    sheet.html.text("th", sheet.named("horizon", horizon), {{"scope", "row"}});
    if (one == nullptr || one->procedure.empty()) {
      sheet.cell(percent(sheet, one == nullptr ? std::nullopt : one->capacity), "amount");
      sheet.cell(sheet.say("pack.no_mode"), "none");
      sheet.cell("");
      return;
    }
    sheet.cell(percent(sheet, one->capacity), "amount");
    sheet.html.in("td", [&] {
      sheet.html.text("p", one->procedure);
      if (one->assumed && !proposal) {
        not_confirmed(sheet);
      }
    });
    sheet.html.in("td", {{"class", "needs"}}, [&] {
      sheet.html.text("p", names_of(one->forms, sheet.plan.forms));
      sheet.html.text("p", names_of(one->stocks, sheet.plan.stocks));
    });
  });
}

void service(Sheet& sheet, const plan::ServiceSheet& one, const std::string& name) {
  report::Html& html = sheet.html;
  html.in("section", {{"class", "sheet service"}, {"id", name}}, [&] {
    html.text("h2", one.name);
    html.in("p", [&] {
      html.text("span", sheet.say("ui.plan.field.lead") + " ", {{"class", "strong"}});
      if (sheet.contact(one.lead) == nullptr) {
        html.words(sheet.say("pack.lead_to_write"));
      } else {
        html.words(sheet.who(one.lead) + " ").text("span", sheet.numbers(one.lead), {{"class", "strong"}});
      }
    });
    if (!one.applications.empty()) {
      std::string list;
      for (const std::string& application : one.applications) {
        list.append(list.empty() ? "" : ", ").append(application);
      }
      html.text("p", sheet.say("pack.without", {{"applications", list}}));
    }
    if (is_proposal(one)) {
      not_confirmed(sheet);
    }
    html.in("table", [&] {
      sheet.titles({{"pack.horizon", "24mm"},
                    {"ui.plan.field.capacity", "20mm", "amount"},
                    {"ui.plan.field.procedure"},
                    {"pack.needs", "62mm"}});
      html.in("tbody", [&] {
        for (const auto& horizon : describe(static_cast<plan::Horizon*>(nullptr)).entries) {
          const auto place =
              std::find_if(one.modes.begin(), one.modes.end(),
                           [&](const plan::DegradedMode& known) { return known.horizon == horizon.value; });
          mode(sheet, horizon.value, place == one.modes.end() ? nullptr : &*place, is_proposal(one));
        }
      });
    });
    html.text("p", sheet.say("pack.own_notes"), {{"class", "filled"}});  // on what the page leaves
  });
}

void checked(Sheet& sheet, const std::string& day) {
  sheet.cell(day.empty() ? sheet.say("pack.never") : sheet.day(day));
}

std::string amount(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  return static_cast<double>(whole) == value ? std::to_string(whole) : std::to_string(value);
}

void kit(Sheet& sheet, const plan::PaperKit& one) {
  report::Html& html = sheet.html;
  html.in("div", {{"class", "keep"}}, [&] {
    html.text("h3", one.name);
    html.text("p", sheet.say("pack.kit", {{"place", one.place.empty() ? "—" : one.place},
                                          {"keeper", sheet.who(one.keeper)},
                                          {"numbers", sheet.numbers(one.keeper)},
                                          {"day", one.checked.empty() ? sheet.say("pack.never")
                                                                      : sheet.day(one.checked)}}));
    html.in("table", [&] {
      html.in("tbody", [&] {
        for (const std::string& thing : one.contents) {
          html.in("tr", [&] {
            sheet.cell_to_tick();
            sheet.cell(thing);
          });
        }
      });
    });
  });
}

bool is_low(const plan::StockItem& one) {
  return one.quantity < one.least;
}

}  // namespace

void write_cards(Sheet& sheet) {
  report::Html& html = sheet.html;
  const auto& cards = sheet.plan.cards;
  if (cards.empty()) {
    sheet.nothing_written();
    return;
  }
  html.text("p", sheet.say("pack.cards_what"));
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.role", "58mm"},
                  {"ui.plan.field.title"},
                  {"ui.plan.field.phase", "30mm"},
                  {"pack.page_title", "14mm", "page"}});
    html.in("tbody", [&] {
      for (std::size_t i = 0; i < cards.size(); ++i) {
        html.in("tr", [&] {
          html.text("th", role_of(sheet, cards[i]), {{"scope", "row"}});
          sheet.cell(cards[i].title);
          sheet.cell(sheet.named("phase", cards[i].phase));
          sheet.page_of(anchor("card", i));
        });
      }
    });
  });
  for (std::size_t i = 0; i < cards.size(); ++i) {
    card(sheet, cards[i], anchor("card", i));
  }
}

void write_services(Sheet& sheet) {
  report::Html& html = sheet.html;
  std::vector<const plan::ServiceSheet*> services;
  for (const plan::ServiceSheet& one : sheet.plan.services) {
    services.push_back(&one);
  }
  if (services.empty()) {
    sheet.nothing_written();
    return;
  }
  // The cartography has no order of its own: on paper people look for a name.
  std::stable_sort(services.begin(), services.end(),
                   [](const auto* a, const auto* b) { return fold(a->name) < fold(b->name); });
  html.text("p", sheet.say("pack.services_what"));
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "62mm"},
                  {"ui.plan.field.lead"},
                  {"pack.phone", "34mm"},
                  {"pack.page_title", "14mm", "page"}});
    html.in("tbody", [&] {
      for (std::size_t i = 0; i < services.size(); ++i) {
        html.in("tr", [&] {
          html.text("th", services[i]->name, {{"scope", "row"}});
          sheet.cell(sheet.who(services[i]->lead));
          sheet.cell_of_numbers(services[i]->lead);
          sheet.page_of(anchor("service", i));
        });
      }
    });
  });
  for (std::size_t i = 0; i < services.size(); ++i) {
    service(sheet, *services[i], anchor("service", i));
  }
}

void write_messages(Sheet& sheet) {
  report::Html& html = sheet.html;
  if (sheet.plan.messages.empty()) {
    sheet.nothing_written();
    return;
  }
  html.text("p", sheet.say("pack.messages_what"));
  for (const auto& audience : describe(static_cast<plan::Audience*>(nullptr)).entries) {
    bool first = true;
    for (const plan::ReadyMessage& one : sheet.plan.messages) {
      if (one.audience != audience.value) {
        continue;
      }
      if (first) {
        html.text("h2", sheet.titled("audience", one.audience));
        first = false;
      }
      html.in("div", {{"class", "message"}}, [&] {
        html.text("h3", sheet.say("pack.message",
                                  {{"title", one.title}, {"phase", sheet.named("phase", one.phase)}}));
        html.text("p", one.text);
      });
    }
  }
}

void write_stores(Sheet& sheet) {
  report::Html& html = sheet.html;
  html.text("h2", sheet.say("ui.plan.part.kits"));
  for (const plan::PaperKit& one : sheet.plan.kits) {
    kit(sheet, one);
  }
  html.text("h2", sheet.say("ui.plan.part.stocks"));
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "36mm"},
                  {"ui.plan.field.place"},
                  {"ui.plan.field.quantity", "22mm", "amount"},
                  {"ui.plan.field.least", "21mm", "amount"},
                  {"ui.plan.field.unit", "25mm"},
                  {"ui.plan.field.checked", "27mm"},
                  {"pack.counted_now", "20mm"}});
    html.in("tbody", [&] {
      for (const plan::StockItem& one : sheet.plan.stocks) {
        html.in("tr", [&] {
          html.text("th", one.name, {{"scope", "row"}});
          sheet.cell(one.place);
          sheet.cell((is_low(one) ? "▲ " : "") + amount(one.quantity), "amount");
          sheet.cell(amount(one.least), "amount");
          sheet.cell(one.unit);
          checked(sheet, one.checked);
          sheet.cell("");
        });
      }
    });
  });
  if (std::any_of(sheet.plan.stocks.begin(), sheet.plan.stocks.end(), is_low)) {
    html.text("p", sheet.say("pack.low"), {{"class", "quiet"}});
  }
}

void write_trainings(Sheet& sheet) {
  if (sheet.plan.trainings.empty()) {
    sheet.nothing_written();
    return;
  }
  sheet.html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "40mm"},
                  {"ui.plan.field.audience", "38mm"},
                  {"ui.plan.field.content"},
                  {"ui.plan.field.last_held", "27mm"},
                  {"ui.plan.field.next", "27mm"}});
    sheet.html.in("tbody", [&] {
      for (const plan::TrainingItem& one : sheet.plan.trainings) {
        sheet.html.in("tr", [&] {
          sheet.html.text("th", one.name, {{"scope", "row"}});
          sheet.cell(one.audience);
          sheet.cell(one.content);
          checked(sheet, one.last_held);
          const bool past = !one.next.empty() && one.next < sheet.settings.day;
          sheet.cell(one.next.empty() ? sheet.say("pack.to_settle")
                                      : sheet.day(one.next) + (past ? "\n▲ " + sheet.say("pack.past") : ""),
                     "lines");
        });
      }
    });
  });
}

}  // namespace releve::pack
