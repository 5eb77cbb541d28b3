// SPDX-License-Identifier: EUPL-1.2
// What is written on by hand: forms, journal, location board.
#include "respond/pack/sheet.hpp"

#include <algorithm>

namespace releve::pack {
namespace {

constexpr std::size_t lines_of_a_form = 22;  // that fit below its head
constexpr std::size_t rows_of_a_form = 18;   // of its table, when it has nothing else
constexpr std::size_t lines_beside_a_table = 2;
constexpr int journal_pages = 4;
constexpr std::size_t journal_rows = 11;
constexpr int location_pages = 3;
constexpr std::size_t location_rows = 11;

struct Column {
  std::string title;
  std::string width;  // "18mm"; "auto": what the others leave
};

/// Rows to write on below titles.
void empty_table(Sheet& sheet, const std::vector<Column>& columns, std::size_t rows) {
  report::Html& html = sheet.html;
  html.in("table", {{"class", "grid"}}, [&] {
    html.in("thead", [&] {
      html.in("tr", [&] {
        for (const Column& one : columns) {
          html.text("th", one.title, {{"scope", "col"}, {"style", "width:" + one.width}});
        }
      });
    });
    html.in("tbody", [&] {
      for (std::size_t row = 0; row < rows; ++row) {
        html.in("tr", [&] {
          for (std::size_t i = 0; i < columns.size(); ++i) {
            sheet.cell("");
          }
        });
      }
    });
  });
}

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
    const std::size_t fields = one.fields.size();
    const std::size_t lines =
        one.columns.empty() ? std::max<std::size_t>(2, lines_of_a_form / std::max<std::size_t>(1, fields))
                            : lines_beside_a_table;
    for (const std::string& field : one.fields) {
      html.in("div", {{"class", "keep"}}, [&] {
        html.text("p", field, {{"class", "filled"}});
        for (std::size_t i = 0; i < lines; ++i) {
          html.text("div", "", {{"class", "write"}});
        }
      });
    }
    if (!one.columns.empty()) {
      const std::size_t taken = fields * 5 / 2;  // a field takes as much as two rows and a half
      const std::size_t rows = std::max<std::size_t>(6, rows_of_a_form - std::min(taken, rows_of_a_form));
      std::vector<Column> columns;
      for (const std::string& title : one.columns) {
        columns.push_back({title, "auto"});
      }
      empty_table(sheet, columns, rows);
    }
  });
}

/// Pages of empty rows, which can be told apart once they lie on a heap.
void pages_of_rows(Sheet& sheet, std::string_view what, int pages, std::size_t rows,
                   const std::vector<Column>& columns) {
  for (int page = 0; page < pages; ++page) {
    sheet.html.in("div", {{"class", page == 0 ? "first" : "sheet"}}, [&] {
      sheet.html.text("p", sheet.say(what));
      sheet.html.text("p", sheet.say("pack.dated"));
      empty_table(sheet, columns, rows);
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
    sheet.titles({{"ui.plan.field.name", "48mm"},
                  {"ui.plan.field.purpose"},
                  {"ui.plan.field.copies", "26mm", "amount"},
                  {"ui.plan.field.place", "36mm"},
                  {"pack.page_title", "14mm", "page"}});
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
  pages_of_rows(sheet, "pack.journal_what", journal_pages, journal_rows,
                {{sheet.say("pack.hour"), "18mm"},
                 {sheet.say("pack.journal.typed_by"), "28mm"},
                 {sheet.say("pack.journal.from"), "30mm"},
                 {sheet.say("pack.journal.to"), "30mm"},
                 {sheet.say("ui.plan.field.kind"), "26mm"},
                 {sheet.say("pack.journal.text"), "auto"}});
}

void write_locations(Sheet& sheet) {
  pages_of_rows(sheet, "pack.locations_what", location_pages, location_rows,
                {{sheet.say("pack.location.number"), "40mm"},
                 {sheet.say("pack.location.bed"), "28mm"},
                 {sheet.say("pack.location.service"), "62mm"},
                 {sheet.say("pack.location.destination"), "auto"},
                 {sheet.say("pack.hour"), "24mm"}});
}

}  // namespace releve::pack
