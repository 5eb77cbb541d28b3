// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/template.hpp"

#include "prepare/cartography/sheet_rows.hpp"

#include <algorithm>

namespace releve::cartography {

namespace {

template <class V>
std::vector<std::string> allowed_values(const Catalogue& catalogue, std::string_view language) {
  std::vector<std::string> words;
  if constexpr (NamedEnum<V>) {
    for (const auto& entry : describe(static_cast<V*>(nullptr)).entries) {
      words.push_back(catalogue.say(language, value_code(entry.value)));
    }
  } else if constexpr (std::is_same_v<V, bool>) {
    words = {catalogue.say(language, "value.yes"), catalogue.say(language, "value.no")};
  }
  return words;
}

/// Room for the title and for what people type: names are long, figures short.
double column_width(std::string_view field, const std::string& title, bool text) {
  const double content = field == "name" ? 34 : text ? 20 : 12;
  return std::clamp(static_cast<double>(title.size()) + 2, content, 40.0);
}

template <class T>
report::Table blank_table(const std::string& language, const Catalogue& catalogue) {
  report::Table table;
  table.name = catalogue.say(language, "sheet." + std::string(ElementOf<T>::tab));
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    using V = typename Plain<typename F::Type>::type;
    const std::string code = "field." + std::string(ElementOf<T>::word) + "." + std::string(F::name);
    report::Column column;
    column.title = catalogue.say(language, code);
    column.note = catalogue.say(language, code + ".note");
    column.width = column_width(F::name, column.title, !std::is_arithmetic_v<V>);
    column.allowed = allowed_values<V>(catalogue, language);
    table.columns.push_back(std::move(column));
  });
  return table;
}

template <class T>
std::vector<report::Cell> write_row(const T& element, const std::string& language,
                                    const Catalogue& catalogue) {
  std::vector<report::Cell> row;
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    using V = typename Plain<typename F::Type>::type;
    const std::string text = write_cell(element.*F::member, catalogue, language);
    const auto number = std::is_arithmetic_v<V> ? parse_number(text) : std::nullopt;
    row.push_back(number ? report::Cell(*number) : report::Cell(text));
  });
  return row;
}

const std::string* element_of_tab(const intake::Sheet& sheet, const Vocabulary& words) {
  const auto tab = words.tabs.find(fold(sheet.name));
  return tab == words.tabs.end() ? nullptr : &tab->second.raw;
}

/// The columns that a title names. `findings` may be null.
Columns recognise_columns(const intake::Sheet& sheet, std::size_t header, const Vocabulary::Words& fields,
                          Findings* findings) {
  Columns columns;
  for (std::size_t i = 0; i < sheet.rows[header].size(); ++i) {
    const std::string& title = sheet.rows[header][i];
    if (title.empty()) {
      continue;
    }
    const auto field = fields.find(fold(title));
    const bool taken = field != fields.end() && !columns.emplace(field->second.raw, i).second;
    if (findings != nullptr && (field == fields.end() || taken)) {
      findings->add(
          Severity::warning,
          message(taken ? "sheet.column_twice" : "sheet.unknown_column", {{"title", shorten(title, 80)}}),
          sheet.name + "!" + cell_address(header, i));
    }
  }
  return columns;
}

bool has_identity(std::string_view element, const Columns& columns) {
  return element == "dependency" ? columns.contains("consumer") && columns.contains("target")
                                 : columns.contains("id");
}

/// Completes a row, or says why it is refused.
template <class T>
std::optional<std::string> complete(T& element) {
  if constexpr (std::is_same_v<T, Dependency>) {
    if (element.consumer.empty() || element.target.empty()) {
      return "sheet.row_without_ends";
    }
    element.id = element.id.empty() ? dependency_id(element) : element.id;
  } else {
    if (element.id.empty()) {
      return "sheet.row_without_id";
    }
    element.name = element.name.empty() ? element.id : element.name;
  }
  return std::nullopt;
}

template <class T>
void read_sheet(const intake::Sheet& sheet, RowReader& reader, std::set<std::string>& used,
                Inventory& inventory) {
  const auto header = header_row(sheet);
  const auto& fields = reader.words.fields.find(ElementOf<T>::word)->second;
  const Columns columns = header ? recognise_columns(sheet, *header, fields, &reader.findings) : Columns();
  if (!has_identity(ElementOf<T>::word, columns)) {
    reader.findings.add(Severity::warning, message("sheet.no_identifier_column"), sheet.name);
    return;
  }
  reader.sheet = sheet.name;
  auto& list = inventory.*ElementOf<T>::list;
  for (std::size_t i = *header + 1; i < sheet.rows.size(); ++i) {
    if (is_blank(sheet.rows[i])) {
      continue;
    }
    T element = read_row<T>(reader, sheet.rows[i], i, columns);
    auto refusal = complete(element);
    if (!refusal && !used.insert(element.id).second) {
      refusal = "sheet.row_twice";
    }
    if (refusal) {
      reader.findings.add(Severity::warning, message(*refusal, {{"id", element.id}}), reader.place(i, 0));
      continue;
    }
    list.push_back(std::move(element));
  }
}

}  // namespace

std::vector<report::Table> template_tables(const Inventory& inventory, const std::string& language,
                                           const Catalogue& catalogue) {
  std::vector<report::Table> tables;
  for_each_element([&]<class T>() {
    report::Table table = blank_table<T>(language, catalogue);
    for (const T& element : inventory.*ElementOf<T>::list) {
      table.rows.push_back(write_row(element, language, catalogue));
    }
    tables.push_back(std::move(table));
  });
  return tables;
}

bool is_template(const intake::Workbook& workbook, const Catalogue& catalogue) {
  const Vocabulary words = vocabulary(catalogue);
  return std::any_of(workbook.sheets.begin(), workbook.sheets.end(), [&](const intake::Sheet& sheet) {
    const std::string* element = element_of_tab(sheet, words);
    const auto header = header_row(sheet);
    return element != nullptr && header &&
           has_identity(*element, recognise_columns(sheet, *header, words.fields.at(*element), nullptr));
  });
}

intake::Imported<Inventory> read_template(const intake::Workbook& workbook, const std::string& file,
                                          Instant when, const Catalogue& catalogue) {
  const Vocabulary words = vocabulary(catalogue);
  Findings findings;
  findings.in_file(file);
  intake::Imported<Inventory> imported;
  std::map<std::string, std::set<std::string>> used;  // by element: several tabs may hold one kind
  RowReader reader{words, findings, {}, Origin{OriginKind::import, file, when}, {}};
  for (const intake::Sheet& sheet : workbook.sheets) {
    const std::string* element = element_of_tab(sheet, words);
    if (sheet.name == report::lists_tab) {
      continue;  // our own
    }
    if (element == nullptr) {
      findings.add(Severity::note, message("sheet.tab_not_read"), sheet.name);
      continue;
    }
    for_each_element([&]<class T>() {
      if (*element == ElementOf<T>::word) {
        read_sheet<T>(sheet, reader, used[*element], imported.value);
      }
    });
  }
  imported.findings = findings.take();
  return imported;
}

}  // namespace releve::cartography
