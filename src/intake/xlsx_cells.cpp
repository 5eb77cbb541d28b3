// SPDX-License-Identifier: EUPL-1.2
#include "intake/xlsx_cells.hpp"

#include "foundation/base/text.hpp"

#include <charconv>
#include <map>

namespace releve::intake::xlsx {
namespace {

// Excel's own bound on formats is 65,490.
constexpr std::size_t max_styles = 65'536;

std::optional<std::uint32_t> number_attribute(const XmlAttributes& attributes, std::string_view name) {
  const auto text = attributes.get(name);
  const auto value = text ? parse_int(*text) : std::nullopt;
  return value && *value >= 0 && *value <= 0xFFFFFFFF ? std::optional(static_cast<std::uint32_t>(*value))
                                                      : std::nullopt;
}

void add_too_long(Findings& findings, const std::string& part) {
  findings.add(Severity::error, message("import.sheet_xml_long", {{"part", part}}), part);
}

bool finish(const Status& status, Findings& findings, bool accepted) {
  if (!status.ok()) {
    add_error(findings, status.error());
    return false;
  }
  return accepted;
}

/// Text of <si> and <is>: the runs of rich text one after another, without the phonetic guide (rPh).
struct RichText {
  std::string text;
  bool in_text = false;
  int in_phonetic = 0;

  void start(std::string_view name) {
    in_phonetic += name == "rPh" ? 1 : 0;
    in_text = name == "t" && in_phonetic == 0;
  }

  void end(std::string_view name) {
    in_phonetic -= name == "rPh" && in_phonetic > 0 ? 1 : 0;
    in_text = false;
  }

  void add(std::string_view piece) {
    if (in_text) {
      text += piece;
    }
  }
};

/// One worksheet on its way into a grid.
class CellReader {
 public:
  CellReader(const CellBook& book, const Limits& limits, Findings& findings, SheetGrid& grid)
      : book_(book), limits_(limits), findings_(findings), grid_(grid) {}

  bool start(std::string_view name, const XmlAttributes& attributes);
  bool end(std::string_view name);
  bool text(std::string_view piece);
  void tell_formulas();

 private:
  void start_row(const XmlAttributes& attributes);
  void start_cell(const XmlAttributes& attributes);
  bool end_cell();
  std::string value();
  std::string number();
  std::string shared_string();
  std::string iso_date() const;
  void warn(const char* code, std::string_view shown = {});

  const CellBook& book_;
  const Limits& limits_;
  Findings& findings_;
  SheetGrid& grid_;
  bool in_data_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool in_inline_ = false;
  bool has_formula_ = false;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::size_t next_row_ = 0;
  std::size_t next_column_ = 0;
  std::uint32_t style_ = 0;
  std::string type_;
  std::string written_;
  RichText inline_text_;
  std::size_t formulas_ = 0;
  std::string first_formula_;
};

bool CellReader::start(std::string_view name, const XmlAttributes& attributes) {
  if (!in_data_) {
    in_data_ = name == "sheetData";
  } else if (in_cell_) {
    in_value_ = name == "v";
    has_formula_ = has_formula_ || name == "f";
    in_inline_ = in_inline_ || name == "is";
    if (in_inline_) {
      inline_text_.start(name);
    }
  } else if (name == "row") {
    start_row(attributes);
  } else if (name == "c") {
    start_cell(attributes);
  }
  return true;
}

void CellReader::start_row(const XmlAttributes& attributes) {
  const auto number = number_attribute(attributes, "r");
  row_ = number && *number > 0 ? *number - 1 : next_row_;
  next_row_ = row_ + 1;
  next_column_ = 0;
}

void CellReader::start_cell(const XmlAttributes& attributes) {
  const auto address = attributes.get("r");
  const auto place = address ? parse_address(*address) : std::nullopt;
  row_ = place ? place->first : row_;
  column_ = place ? place->second : next_column_;
  next_column_ = column_ + 1;
  type_ = attributes.get("t").value_or("n");
  style_ = number_attribute(attributes, "s").value_or(0);
  written_.clear();
  inline_text_ = RichText{};
  has_formula_ = in_value_ = in_inline_ = false;
  in_cell_ = true;
}

bool CellReader::text(std::string_view piece) {
  if (in_value_) {
    written_ += piece;
  } else if (in_inline_) {
    inline_text_.add(piece);
  }
  return written_.size() + inline_text_.text.size() <= limits_.max_token_bytes;
}

bool CellReader::end(std::string_view name) {
  if (!in_cell_) {
    in_data_ = in_data_ && name != "sheetData";
    return true;
  }
  in_value_ = false;
  if (in_inline_) {
    inline_text_.end(name);
    in_inline_ = name != "is";
  }
  return name != "c" || end_cell();
}

void CellReader::warn(const char* code, std::string_view shown) {
  findings_.add(Severity::warning,
                message(code, {{"sheet", grid_.name()},
                               {"cell", cell_address(row_, column_)},
                               {"value", shorten(shown, 40)}}),
                grid_.place(row_, column_));
}

bool CellReader::end_cell() {
  in_cell_ = false;
  if (has_formula_) {
    if (formulas_++ == 0) {
      first_formula_ = cell_address(row_, column_);
    }
    // An empty text is a result; an empty number is a formula that nobody computed.
    if (written_.empty() && type_ != "str") {
      warn("import.sheet_formula_empty");
      return true;
    }
  }
  return grid_.put(row_, column_, value());
}

std::string CellReader::value() {
  if (type_ == "s") {
    return shared_string();
  }
  if (type_ == "inlineStr") {
    return without_escapes(inline_text_.text);
  }
  if (type_ == "str") {
    return without_escapes(written_);
  }
  if (type_ == "b") {
    const std::string_view text = trim(written_);
    return text.empty() ? "" : text == "1" || text == "true" ? "true" : "false";
  }
  if (type_ == "e") {
    warn("import.sheet_cell_error", trim(written_));
    return {};
  }
  return type_ == "d" ? iso_date() : number();
}

std::string CellReader::shared_string() {
  const auto index = parse_int(trim(written_));
  const auto text = index && *index >= 0 ? book_.strings.get(static_cast<std::size_t>(*index)) : std::nullopt;
  if (!text && !trim(written_).empty()) {
    warn("import.sheet_bad_string", trim(written_));
  }
  return std::string(text.value_or(""));
}

std::string CellReader::number() {
  const Shown shown = style_ < book_.styles.size() ? book_.styles[style_] : Shown::number;
  const std::string_view written = trim(written_);
  if (shown != Shown::number && !written.empty()) {
    double serial = 0;
    const auto [stop, fault] = std::from_chars(written.data(), written.data() + written.size(), serial);
    const bool read = fault == std::errc() && stop == written.data() + written.size();
    if (const auto date = read ? as_date(serial, shown, book_.from_1904) : std::nullopt) {
      return *date;
    }
    warn("import.sheet_bad_date", written);
  }
  return plain_number(written);
}

/// Strict files write dates as such; midnight is shown only where the format asks for hours.
std::string CellReader::iso_date() const {
  const std::string_view text = trim(written_);
  const bool with_time = text.size() >= 16 && text[10] == 'T';
  const bool hours = style_ < book_.styles.size() && book_.styles[style_] == Shown::date_time;
  return std::string(with_time ? text.substr(0, hours ? 16 : 10) : text);
}

void CellReader::tell_formulas() {
  if (formulas_ > 0) {
    findings_.add(
        Severity::note,
        message("import.sheet_formulas",
                {{"sheet", grid_.name()}, {"count", std::to_string(formulas_)}, {"cell", first_formula_}}),
        grid_.name() + "!" + first_formula_);
  }
}

}  // namespace

void add_error(Findings& findings, const Error& error) {
  findings.add(Severity::error, error.message, error.where);
}

std::optional<std::string_view> SharedStrings::get(std::size_t index) const {
  if (index >= ends_.size()) {
    return std::nullopt;
  }
  const std::size_t start = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(block_).substr(start, ends_[index] - start);
}

bool read_strings(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                  SharedStrings& strings) {
  RichText rich;
  bool in_item = false;
  bool accepted = true;
  XmlListener listener;
  listener.start = [&](std::string_view name, const XmlAttributes&) {
    if (name == "si") {
      rich = RichText{};
      in_item = true;
    } else if (in_item) {
      rich.start(name);
    }
    return true;
  };
  listener.text = [&](std::string_view piece) {
    rich.add(piece);
    accepted = rich.text.size() <= limits.max_token_bytes;
    if (!accepted) {
      add_too_long(findings, part);
    }
    return accepted;
  };
  listener.end = [&](std::string_view name) {
    rich.end(name);
    if (name != "si") {
      return true;
    }
    in_item = false;
    strings.add(tidy_cell(without_escapes(rich.text)));
    if (strings.count() > limits.max_cells || strings.bytes() > limits.max_text_bytes) {
      const bool many = strings.count() > limits.max_cells;
      const std::uint64_t limit = many ? limits.max_cells : limits.max_text_bytes;
      const char* code = many ? "import.sheet_too_many_cells" : "import.sheet_too_much_text";
      findings.add(Severity::error, message(code, {{"limit", std::to_string(limit)}}), part);
      accepted = false;
    }
    return accepted;
  };
  return finish(read_xml(source, part, limits, listener), findings, accepted);
}

bool read_styles(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                 std::vector<Shown>& styles) {
  std::map<std::uint32_t, Shown> own;
  bool in_formats = false;
  bool in_cells = false;
  XmlListener listener;
  listener.text = [](std::string_view) { return true; };
  listener.start = [&](std::string_view name, const XmlAttributes& attributes) {
    in_formats = in_formats || name == "numFmts";
    in_cells = in_cells || name == "cellXfs";
    const auto number = number_attribute(attributes, "numFmtId");
    if (in_formats && name == "numFmt" && number && own.size() < max_styles) {
      own[*number] = shown_by_format(attributes.text("formatCode"));
    } else if (in_cells && name == "xf" && styles.size() < max_styles) {
      const auto found = own.find(number.value_or(0));
      styles.push_back(found != own.end() ? found->second : shown_by_format(number.value_or(0)));
    }
    return true;
  };
  listener.end = [&](std::string_view name) {
    in_formats = in_formats && name != "numFmts";
    in_cells = in_cells && name != "cellXfs";
    return true;
  };
  return finish(read_xml(source, part, limits, listener), findings, true);
}

bool read_cells(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                const CellBook& book, SheetGrid& grid) {
  CellReader reader(book, limits, findings, grid);
  bool accepted = true;
  XmlListener listener;
  listener.start = [&](std::string_view name, const XmlAttributes& attributes) {
    return reader.start(name, attributes);
  };
  listener.text = [&](std::string_view piece) {
    accepted = reader.text(piece);
    if (!accepted) {
      add_too_long(findings, part);
    }
    return accepted;
  };
  listener.end = [&](std::string_view name) { return accepted = reader.end(name); };
  const bool read = finish(read_xml(source, part, limits, listener), findings, accepted);
  reader.tell_formulas();
  return read;
}

}  // namespace releve::intake::xlsx
