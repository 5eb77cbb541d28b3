// SPDX-License-Identifier: EUPL-1.2
// What the parts of the paper set are written with. Private to this room.
#pragma once

#include "foundation/report/html.hpp"
#include "respond/pack/paper.hpp"

#include <functional>
#include <map>
#include <optional>

namespace releve::pack {

class Sheet {
 public:
  Sheet(const plan::OpenPlan& open, const PaperSettings& given, const Catalogue& words)
      : plan(open.document), version(open.version), settings(given), catalogue_(words) {
    for (const plan::CrisisContact& one : plan.contacts) {
      contacts_.emplace(one.id, &one);
    }
  }

  std::string say(std::string_view code, std::vector<Param> params = {}) const {
    return catalogue_.say(settings.language, message(std::string(code), std::move(params)));
  }

  /// The word of a closed list: named("phase", Phase::alert).
  template <class Enum>
  std::string named(std::string_view list, Enum value) const {
    return say("ui.plan." + std::string(list) + "." + std::string(text_of(value)));
  }

  /// The same as a heading.
  template <class Enum>
  std::string titled(std::string_view list, Enum value) const {
    return capitalised(named(list, value));
  }

  /// Begins with a capital: letters of French and English; anything else stays.
  static std::string capitalised(std::string text);

  /// "2026-11-26" as people write it; nothing stays nothing.
  std::string day(const std::string& text) const;

  const plan::CrisisContact* contact(const std::string& id) const {
    const auto place = contacts_.find(id);
    return place == contacts_.end() ? nullptr : place->second;
  }

  /// "Claire Fontanel, cheffe des urgences", or a dash.
  std::string who(const std::string& id) const;
  /// Both numbers of a contact, neither of which is parted at the end of a line.
  std::string numbers(const std::string& id, std::string_view between = " · ") const;

  void box() { html.text("span", "", {{"class", "box"}}); }

  struct Title {
    std::string_view code;   // of its words; empty: none
    std::string_view width;  // "32mm"; empty: what the others leave
    std::string_view kind;   // class: "amount" and "page" stand above their figures
  };

  /// The row of titles, which gives the columns their widths.
  void titles(std::initializer_list<Title> columns);

  void cell(std::string_view text) { html.text("td", text); }

  void cell(std::string_view text, std::string_view kind) {
    html.text("td", text, {{"class", std::string(kind)}});
  }

  void cell_of_numbers(const std::string& id) { cell(numbers(id, "\n"), "number"); }

  void cell_to_tick() {
    html.in("td", {{"class", "tick"}}, [&] { box(); });
  }

  /// A cell with the page on which the thing of this name stands.
  void page_of(const std::string& anchor) {
    html.in("td", {{"class", "page"}},
            [&] { html.text("a", "", {{"class", "page"}, {"href", "#" + anchor}}); });
  }

  void nothing_written() { html.text("p", say("pack.nothing_written"), {{"class", "none"}}); }

  /// The same thing on the screen of the running instance, if it has an address.
  void on_screen(const std::string& place);

  report::Html html;
  const plan::PlanDocument& plan;
  const plan::PlanVersion& version;
  const PaperSettings& settings;

 private:
  const Catalogue& catalogue_;
  std::map<std::string_view, const plan::CrisisContact*> contacts_;
};

// The parts, each below its title.
void write_decisions(Sheet& sheet);
void write_directory(Sheet& sheet);
void write_calls(Sheet& sheet);
void write_cards(Sheet& sheet);
void write_services(Sheet& sheet);
void write_forms(Sheet& sheet);
void write_messages(Sheet& sheet);
void write_stores(Sheet& sheet);
void write_trainings(Sheet& sheet);
void write_journal(Sheet& sheet);
void write_locations(Sheet& sheet);

}  // namespace releve::pack
