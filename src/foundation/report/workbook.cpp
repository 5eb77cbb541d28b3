// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/workbook.hpp"

#include "foundation/base/text.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <system_error>

namespace releve::report {
namespace {

constexpr std::size_t most_literal_list = 255;  // Excel's bound on a list written in the rule itself
constexpr std::size_t most_tab_characters = 31;

void must(lxw_error fault, const char* doing) {
  if (fault != LXW_NO_ERROR) {
    throw EnvironmentFailure(std::string("libxlsxwriter: ") + doing + ": " + lxw_strerror(fault));
  }
}

/// A folder of its own for the file that libxlsxwriter insists on; removed with all it holds.
class WorkFolder {
 public:
  explicit WorkFolder(const std::string& parent) {
    std::string pattern =
        (parent.empty() ? std::filesystem::temp_directory_path().string() : parent) + "/releve-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw EnvironmentFailure("cannot make a temporary folder: " +
                               std::string(std::generic_category().message(errno)));
    }
    path_ = pattern;
  }

  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Characters as Excel counts them (UTF-16 units; four-byte UTF-8 is two).
std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return count;
}

std::string at_most(std::string_view text, std::size_t limit) {
  if (text.size() <= limit || characters(text) <= limit) {
    return std::string(text);
  }
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (bytes < text.size()) {
    std::size_t length = 1;
    while (bytes + length < text.size() &&
           (static_cast<unsigned char>(text[bytes + length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    count += characters(text.substr(bytes, length));
    if (count > limit - 1) {
      break;
    }
    bytes += length;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

bool is_hex(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

/// XLSX reads "_x0041_" as "A"; a text that holds this by chance gets its underscore escaped.
std::string with_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view next = text.substr(at, 7);
    const bool looks_escaped = next.size() == 7 && next.starts_with("_x") && next[6] == '_' &&
                               std::all_of(next.begin() + 2, next.begin() + 6, is_hex);
    out += looks_escaped ? "_x005F_" : std::string_view(&text[at], 1);
  }
  return out;
}

/// A text that any XLSX reader accepts.
std::string cell_text(std::string_view text) {
  std::string valid = is_valid_utf8(text) ? std::string(text) : from_windows_1252(text);
  valid.erase(std::remove(valid.begin(), valid.end(), '\0'), valid.end());
  // U+FFFE and U+FFFF are no characters of XML.
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = 0; (at = valid.find(none, at)) != std::string::npos;) {
      valid.replace(at, none.size(), "\xEF\xBF\xBD");
    }
  }
  valid = at_most(valid, most_cell_characters);
  return valid.find("_x") == std::string::npos ? valid : at_most(with_escapes(valid), most_cell_characters);
}

/// Tab names that Excel accepts, all different whatever their case.
std::vector<std::string> tab_names(std::span<const Table> tables) {
  std::vector<std::string> names;
  std::vector<std::string> taken{to_lower(lists_tab), "history"};
  for (const Table& table : tables) {
    std::string name = cell_text(table.name);
    std::replace_if(
        name.begin(), name.end(),
        [](char c) { return std::strchr("[]:*?/\\", c) != nullptr || static_cast<unsigned char>(c) < 0x20; },
        ' ');
    name.erase(0, name.find_first_not_of("' "));
    name.erase(name.find_last_not_of("' ") + 1);
    const std::string base = name.empty() ? "Table" : name;
    name = at_most(base, most_tab_characters);
    for (int copy = 2; std::find(taken.begin(), taken.end(), fold(name)) != taken.end() ||
                       std::find(taken.begin(), taken.end(), to_lower(name)) != taken.end();
         ++copy) {
      const std::string suffix = " (" + std::to_string(copy) + ")";
      name = at_most(base, most_tab_characters - suffix.size()) + suffix;
    }
    taken.push_back(to_lower(name));
    taken.push_back(fold(name));
    names.push_back(name);
  }
  return names;
}

/// The values of a list stand in the rule, or on the tab of lists when Excel would not take them there.
bool fits_in_rule(const std::vector<std::string>& values) {
  std::size_t total = values.size() - 1;
  for (const std::string& value : values) {
    total += characters(value);
    if (value.empty() || value.find_first_of(",\"") != std::string::npos || value.front() == '=' ||
        trim(value) != value) {
      return false;
    }
  }
  return total <= most_literal_list;
}

class WorkbookWriter {
 public:
  WorkbookWriter(const std::string& path, const std::string& temp_dir) : temp_dir_(temp_dir) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = temp_dir_.data();
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) {
      throw EnvironmentFailure("libxlsxwriter: cannot start a workbook");
    }
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    format_set_text_wrap(bold_);
    format_set_align(bold_, LXW_ALIGN_VERTICAL_TOP);
  }

  WorkbookWriter(const WorkbookWriter&) = delete;
  WorkbookWriter& operator=(const WorkbookWriter&) = delete;

  ~WorkbookWriter() {
    if (book_ != nullptr) {
      lxw_workbook_free(book_);
    }
  }

  void write(const Table& table, const std::string& name);
  void write_lists();
  void close(Instant created);

 private:
  lxw_worksheet* add_tab(const std::string& name);
  void write_titles(lxw_worksheet* sheet, const Table& table);
  void write_row(lxw_worksheet* sheet, lxw_row_t row, const std::vector<Cell>& cells, std::size_t columns);
  void allow_only(lxw_worksheet* sheet, lxw_col_t column, const std::vector<std::string>& values);

  std::string temp_dir_;
  lxw_workbook* book_ = nullptr;
  lxw_format* bold_ = nullptr;
  std::vector<std::vector<std::string>> lists_;  // columns of the tab of lists
};

lxw_worksheet* WorkbookWriter::add_tab(const std::string& name) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
  if (sheet == nullptr) {
    throw EnvironmentFailure("libxlsxwriter: cannot add the tab " + name);
  }
  return sheet;
}

void WorkbookWriter::write(const Table& table, const std::string& name) {
  lxw_worksheet* sheet = add_tab(name);
  write_titles(sheet, table);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    write_row(sheet, static_cast<lxw_row_t>(i + 1), table.rows[i], table.columns.size());
  }
  const auto last_column = static_cast<lxw_col_t>(std::max<std::size_t>(table.columns.size(), 1) - 1);
  must(worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()), last_column), "filter");
  worksheet_freeze_panes(sheet, 1, 0);
}

void WorkbookWriter::write_titles(lxw_worksheet* sheet, const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const auto at = static_cast<lxw_col_t>(i);
    must(worksheet_set_column(sheet, at, at, std::clamp(column.width, 1.0, 255.0), nullptr), "width");
    must(worksheet_write_string(sheet, 0, at, cell_text(column.title).c_str(), bold_), "title");
    if (!column.note.empty()) {
      must(worksheet_write_comment(sheet, 0, at, at_most(cell_text(column.note), 32'000).c_str()), "note");
    }
    if (!column.allowed.empty()) {
      allow_only(sheet, at, column.allowed);
    }
  }
}

void WorkbookWriter::write_row(lxw_worksheet* sheet, lxw_row_t row, const std::vector<Cell>& cells,
                               std::size_t columns) {
  for (std::size_t i = 0; i < std::min(cells.size(), columns); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    if (const double* number = std::get_if<double>(&cells[i])) {
      if (std::isfinite(*number)) {
        must(worksheet_write_number(sheet, row, at, *number, nullptr), "number");
      }
    } else if (const std::string text = cell_text(std::get<std::string>(cells[i])); !text.empty()) {
      must(worksheet_write_string(sheet, row, at, text.c_str(), nullptr), "text");
    }
  }
}

void WorkbookWriter::allow_only(lxw_worksheet* sheet, lxw_col_t column,
                                const std::vector<std::string>& values) {
  std::vector<std::string> texts;
  for (const std::string& value : values) {
    texts.push_back(cell_text(value));
  }
  lxw_data_validation rule{};
  std::string range;
  std::vector<char*> pointers;  // only read, whatever the type says
  if (fits_in_rule(texts)) {
    for (std::string& text : texts) {
      pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = pointers.data();
  } else {
    std::array<char, 16> letters{};
    lxw_col_to_name(letters.data(), static_cast<lxw_col_t>(lists_.size()), LXW_TRUE);
    range = std::string("=") + lists_tab + "!" + letters.data() + "$1:" + letters.data() + "$" +
            std::to_string(texts.size());
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
    lists_.push_back(std::move(texts));
  }
  // To the last row: the file is often a form, filled in below what it holds.
  must(worksheet_data_validation_range(sheet, 1, column, static_cast<lxw_row_t>(most_rows), column, &rule),
       "list");
}

void WorkbookWriter::write_lists() {
  if (lists_.empty()) {
    return;
  }
  lxw_worksheet* sheet = add_tab(lists_tab);
  worksheet_hide(sheet);
  std::size_t rows = 0;
  for (const auto& list : lists_) {
    rows = std::max(rows, list.size());
  }
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      if (row < lists_[i].size()) {
        must(worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(i),
                                    lists_[i][row].c_str(), nullptr),
             "list");
      }
    }
  }
}

void WorkbookWriter::close(Instant created) {
  lxw_doc_properties properties{};
  properties.created = std::chrono::duration_cast<std::chrono::seconds>(created.time_since_epoch()).count();
  must(workbook_set_properties(book_, &properties), "properties");
  static std::mutex one_at_a_time;  // libxlsxwriter calls gmtime() here
  const std::lock_guard lock(one_at_a_time);
  lxw_workbook* book = book_;
  book_ = nullptr;  // workbook_close frees it, whatever comes
  must(workbook_close(book), "close");
}

std::string read_back(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) {
    throw EnvironmentFailure("cannot read back the workbook");
  }
  return bytes;
}

std::string csv_number(double number) {
  std::array<char, 40> text{};
  return std::isfinite(number)
             ? std::string(text.data(), std::to_chars(text.data(), text.data() + 40, number).ptr)
             : "";
}

std::string csv_text(std::string_view raw) {
  std::string text = is_valid_utf8(raw) ? std::string(raw) : from_windows_1252(raw);
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  if (!text.empty() && std::strchr("=+-@\t\r", text.front()) != nullptr) {
    text.insert(text.begin(), '\'');
  }
  const bool plain = text.find_first_of(";,\t\"\r\n") == std::string::npos && trim(text) == text;
  if (plain) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

}  // namespace

Result<std::string> write_xlsx(std::span<const Table> tables, const Writing& writing) {
  if (tables.empty()) {
    return Error{ErrorKind::invalid, message("report.no_table"), {}};
  }
  for (const Table& table : tables) {
    if (table.rows.size() > most_rows) {
      return Error{
          ErrorKind::limit,
          message("report.too_many_rows", {{"table", table.name}, {"limit", std::to_string(most_rows)}}),
          {}};
    }
    if (table.columns.size() > most_columns) {
      return Error{ErrorKind::limit,
                   message("report.too_many_columns",
                           {{"table", table.name}, {"limit", std::to_string(most_columns)}}),
                   {}};
    }
  }
  const WorkFolder folder(writing.temp_dir);
  const std::string path = folder.path() + "/workbook.xlsx";
  WorkbookWriter writer(path, folder.path());
  const std::vector<std::string> names = tab_names(tables);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    writer.write(tables[i], names[i]);
  }
  writer.write_lists();
  writer.close(writing.created);
  return read_back(path);
}

Table blank_table(const Catalogue& catalogue, std::string_view language, const std::string& code,
                  std::span<const std::string_view> columns) {
  constexpr double room_for_a_name = 22;
  Table table{catalogue.say(language, code + ".tab"), {}, {}};
  for (const std::string_view column : columns) {
    const std::string title = code + ".column." + std::string(column);
    table.columns.push_back(
        {catalogue.say(language, title), room_for_a_name, catalogue.say(language, title + ".note"), {}});
  }
  return table;
}

std::string write_csv(const Table& table) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += (i == 0 ? "" : ";") + csv_text(table.columns[i].title);
  }
  out += "\r\n";
  for (const std::vector<Cell>& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out += i == 0 ? "" : ";";
      if (i < row.size()) {
        const double* number = std::get_if<double>(&row[i]);
        out += number != nullptr ? csv_number(*number) : csv_text(std::get<std::string>(row[i]));
      }
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace releve::report
