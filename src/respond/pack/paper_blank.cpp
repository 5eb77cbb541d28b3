// SPDX-License-Identifier: EUPL-1.2
// What is written on by hand: forms, journal, location board.
#include "respond/pack/sheet.hpp"

#include <algorithm>

namespace releve::pack {
namespace {

constexpr std::size_t lines_of_a_form = 22;  // that fit below its head
constexpr int journal_pages = 4;
constexpr int journal_rows = 12;
constexpr int location_pages = 3;
constexpr int location_rows = 12;

void form(Sheet& sheet, const plan::PaperForm& one, const std::string& name) {
  report::Html& html = sheet.html;
  html.in("section", {{"class", "sheet form"}, {"id", name}}, [&] {
    html.text("h2", one.name);
    html.text("p", one.purpose, {{"class", "quiet"}});
    html.in("table", {{"class", "head"}}, [&] {
      html.in("tbody", [&] {
        html.in("tr", [&] {
          for (const char* code :
               {"pack.form.service", "pack.form.bed", "pack.form.day", "pack.form.sheet"}) {
            sheet.cell(sheet.say(code));
          }
        });
      });
    });
    // The room that the page has is shared out; a form of many fields goes on to a second page.
    const std::size_t fields = std::max<std::size_t>(1, one.fields.size());
    const std::size_t lines = std::max<std::size_t>(2, lines_of_a_form / fields);
    for (const std::string& field : one.fields) {
      html.in("div", {{"class", "keep"}}, [&] {
        html.text("p", field, {{"class", "filled"}});
        for (std::size_t i = 0; i < lines; ++i) {
          html.text("div", "", {{"class", "write"}});
        }
      });
    }
  });
}

/// Pages of empty rows below titles.
void grid(Sheet& sheet, std::string_view what, int pages, int rows,
          const std::vector<std::pair<std::string_view, std::string_view>>& columns) {
  report::Html& html = sheet.html;
  for (int page = 0; page < pages; ++page) {
    html.in("div", {{"class", page == 0 ? "first" : "sheet"}}, [&] {
      html.text("p", sheet.say(what));
      html.in("table", {{"class", "grid"}}, [&] {
        html.in("thead", [&] {
          html.in("tr", [&] {
            for (const auto& [code, width] : columns) {
              html.text("th", sheet.say(code), {{"scope", "col"}, {"style", "width:" + std::string(width)}});
            }
          });
        });
        html.in("tbody", [&] {
          for (int row = 0; row < rows; ++row) {
            html.in("tr", [&] {
              for (std::size_t i = 0; i < columns.size(); ++i) {
                sheet.cell("");
              }
            });
          }
        });
      });
    });
  }
}

}  // namespace

void write_forms(Sheet& sheet) {
  report::Html& html = sheet.html;
  const auto& forms = sheet.plan.forms;
  if (forms.empty()) {
    sheet.nothing_written();
    return;
  }
  const auto anchor = [](std::size_t i) { return "form-" + std::to_string(i); };
  html.text("p", sheet.say("pack.forms_what"));
  html.in("table", [&] {
    sheet.titles({{"ui.plan.field.name", "52mm"},
                  {"ui.plan.field.purpose"},
                  {"ui.plan.field.copies", "26mm"},
                  {"ui.plan.field.place", "44mm"},
                  {"pack.page", "15mm"}});
    html.in("tbody", [&] {
      for (std::size_t i = 0; i < forms.size(); ++i) {
        html.in("tr", [&] {
          html.text("th", forms[i].name, {{"scope", "row"}});
          sheet.cell(forms[i].purpose);
          sheet.cell(forms[i].copies == 0 ? "—" : std::to_string(forms[i].copies), "amount");
          sheet.cell(forms[i].place);
          sheet.page_of(anchor(i));
        });
      }
    });
  });
  for (std::size_t i = 0; i < forms.size(); ++i) {
    form(sheet, forms[i], anchor(i));
  }
}

void write_journal(Sheet& sheet) {
  grid(sheet, "pack.journal_what", journal_pages, journal_rows,
       {{"pack.hour", "18mm"},
        {"pack.journal.typed_by", "28mm"},
        {"pack.journal.from", "30mm"},
        {"pack.journal.to", "30mm"},
        {"ui.plan.field.kind", "26mm"},
        {"pack.journal.text", "auto"}});
}

void write_locations(Sheet& sheet) {
  grid(sheet, "pack.locations_what", location_pages, location_rows,
       {{"pack.location.number", "40mm"},
        {"pack.location.bed", "28mm"},
        {"pack.location.service", "62mm"},
        {"pack.location.destination", "auto"},
        {"pack.hour", "24mm"}});
}

}  // namespace releve::pack
