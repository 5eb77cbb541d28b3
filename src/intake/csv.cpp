// SPDX-License-Identifier: EUPL-1.2
// CSV (RFC 4180) as programs really write it: French Excel separates with ";" and encodes in Windows-1252,
// "Unicode text" is UTF-16 with tabs. The text is held whole, since its encoding and separator are known
// only after a look at all of it; Limits::max_text_bytes bounds it.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/sheet_grid.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace releve::intake {
namespace {

constexpr std::size_t sample_records = 100;
constexpr std::size_t sample_bytes = 1'000'000;

enum class CellEnd { cell, record, text };

/// Cuts a text into cells. A quote counts only at the start of a cell, as RFC 4180 has it.
class CsvCutter {
 public:
  CsvCutter(std::string_view text, char separator) : text_(text), separator_(separator) {}

  /// Reads the next cell into `cell`.
  CellEnd next(std::string& cell);

  std::int64_t line() const { return line_; }

  /// Of the last cell: its quote was never closed, or text follows the closing quote.
  bool unclosed() const { return unclosed_; }

  bool loose_text() const { return loose_text_; }

  bool at_end() const { return at_ >= text_.size(); }

 private:
  void take_quoted(std::string& cell);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool unclosed_ = false;
  bool loose_text_ = false;
};

void CsvCutter::take_quoted(std::string& cell) {
  ++at_;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    const std::string_view piece = text_.substr(at_, quote == std::string_view::npos ? quote : quote - at_);
    cell += piece;
    line_ += std::count(piece.begin(), piece.end(), '\n');
    if (quote == std::string_view::npos) {
      unclosed_ = true;
      at_ = text_.size();
      return;
    }
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') {
      return;
    }
    cell += '"';
    ++at_;
  }
}

CellEnd CsvCutter::next(std::string& cell) {
  cell.clear();
  loose_text_ = false;
  const bool quoted = at_ < text_.size() && text_[at_] == '"';
  if (quoted) {
    take_quoted(cell);
  }
  const char signs[] = {separator_, '\r', '\n'};
  const std::size_t end = std::min(text_.find_first_of(std::string_view(signs, 3), at_), text_.size());
  const std::string_view rest = text_.substr(at_, end - at_);
  loose_text_ = quoted && !trim(rest).empty();
  cell += rest;
  at_ = end;
  if (at_ >= text_.size()) {
    return CellEnd::text;
  }
  const char sign = text_[at_++];
  if (sign == separator_) {
    return CellEnd::cell;
  }
  at_ += sign == '\r' && at_ < text_.size() && text_[at_] == '\n' ? 1U : 0U;
  ++line_;
  return CellEnd::record;
}

/// How the first records fall apart under one separator.
struct Cut {
  char separator = ';';
  bool first_like_most = false;  // the first record has as many cells as most
  double score = 0;
};

Cut try_separator(std::string_view text, char separator) {
  CsvCutter cutter(text, separator);
  std::vector<std::size_t> widths;
  std::string cell;
  std::size_t width = 0;
  bool filled = false;
  for (bool going = true; going && widths.size() < sample_records;) {
    const CellEnd end = cutter.next(cell);
    ++width;
    filled = filled || width > 1 || !trim(cell).empty();
    if (end != CellEnd::cell) {
      if (filled) {
        widths.push_back(width);
      }
      width = 0;
      filled = false;
      going = end == CellEnd::record;
    }
  }
  Cut cut{separator, false, 0};
  std::vector<std::size_t> sorted = widths;
  std::sort(sorted.begin(), sorted.end());
  std::size_t best = 0;
  for (std::size_t from = 0; from < sorted.size();) {
    const auto next = std::upper_bound(sorted.begin(), sorted.end(), sorted[from]);
    const auto to = static_cast<std::size_t>(next - sorted.begin());
    if (to - from > best) {
      best = to - from;
      const double share = static_cast<double>(best) / static_cast<double>(sorted.size());
      cut.score = share * static_cast<double>(sorted[from] - 1);
      cut.first_like_most = sorted[from] > 1 && widths.front() == sorted[from];
    }
    from = to;
  }
  return cut;
}

/// The separator under which most records are equally wide, and wide, starting with the first.
char find_separator(std::string_view text) {
  Cut best = try_separator(text, ';');
  for (const char separator : {'\t', ','}) {
    const Cut cut = try_separator(text, separator);
    if (std::pair(cut.first_like_most, cut.score) > std::pair(best.first_like_most, best.score)) {
      best = cut;
    }
  }
  return best.separator;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static constexpr std::array<unsigned, 4> first{0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(first[more] | (code >> (6 * more)));
  for (unsigned i = more; i > 0; --i) {
    out += static_cast<char>(0x80U | ((code >> (6 * (i - 1))) & 0x3FU));
  }
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first * 256U + second : second * 256U + first;
  };
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 16);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    const bool leads = code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size();
    const std::uint32_t trail = leads ? unit(at + 2) : 0;
    if (trail >= 0xDC00 && trail < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (trail - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    append_utf8(out, code);
  }
  if (bytes.size() % 2 != 0) {
    append_utf8(out, 0xFFFD);
  }
  return out;
}

/// Line by line, so that one stray line in a file of UTF-8 does not spoil the others.
std::string from_mixed(std::string_view bytes, Findings& findings) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  std::int64_t line = 0;
  std::int64_t first = 0;
  std::int64_t count = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const std::string_view piece = bytes.substr(at, end - at);
    ++line;
    if (is_valid_utf8(piece)) {
      out += piece;
    } else {
      out += from_windows_1252(piece);
      first = count++ == 0 ? line : first;
    }
    at = end;
  }
  if (count > 0) {
    findings.add(Severity::note,
                 message("import.csv_windows_1252",
                         {{"line", std::to_string(first)}, {"count", std::to_string(count)}}),
                 {}, first);
  }
  return out;
}

std::string decoded(std::string bytes, Findings& findings) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return from_utf16(std::string_view(bytes).substr(2), bytes[0] == '\xFE');
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.erase(0, 3);
  }
  if (is_valid_utf8(bytes)) {
    return bytes;
  }
  return from_mixed(bytes, findings);
}

/// All the bytes, or nothing and an error finding.
std::optional<std::string> read_whole(ByteSource& source, const Limits& limits, const Watch& watch,
                                      Findings& findings) {
  const std::uint64_t most = std::min(limits.max_bytes, limits.max_text_bytes);
  std::string bytes;
  std::vector<char> block(1 << 16);
  while (const std::size_t count = source.read(block)) {
    if (watch.stop.stop_requested()) {
      findings.add(Severity::error, message("import.cancelled"));
      return std::nullopt;
    }
    bytes.append(block.data(), count);
    if (bytes.size() > most) {
      findings.add(Severity::error, message("import.sheet_too_much_text", {{"limit", std::to_string(most)}}));
      return std::nullopt;
    }
    if (watch.progress) {
      watch.progress(bytes.size());
    }
  }
  if (const Error* failure = source.failure()) {
    findings.add(Severity::error, failure->message, failure->where);
    return std::nullopt;
  }
  if (bytes.empty()) {
    findings.add(Severity::error, message("import.empty_file"));
    return std::nullopt;
  }
  return bytes;
}

std::int64_t line_of(std::string_view text, std::size_t at) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

bool refuse_foreign(std::string_view bytes, std::string_view text, Findings& findings) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
    findings.add(Severity::error, message("import.csv_is_workbook"));
    return true;
  }
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    const std::int64_t line = line_of(text, nul);
    findings.add(Severity::error, message("import.csv_nul", {{"line", std::to_string(line)}}), {}, line);
    return true;
  }
  return false;
}

/// Excel's own first line "sep=;": the separator, and the line is taken off.
std::optional<char> declared_separator(std::string_view& text) {
  if (!starts_with_ignoring_case(text, "sep=") || text.size() < 5) {
    return std::nullopt;
  }
  const char separator = text[4];
  const std::string_view after = text.substr(5);
  const bool alone = after.empty() || after.starts_with('\n') || after.starts_with("\r\n");
  if (!alone || (separator != ';' && separator != ',' && separator != '\t')) {
    return std::nullopt;
  }
  text = after.substr(after.empty() ? 0 : after.find('\n') + 1);
  return separator;
}

/// False when the reading had to end early.
bool fill(std::string_view text, char separator, std::int64_t lines_before, const Watch& watch,
          Findings& findings, SheetGrid& grid) {
  CsvCutter cutter(text, separator);
  std::string cell;
  std::size_t row = 0;
  std::size_t column = 0;
  while (!cutter.at_end()) {
    const std::int64_t line = cutter.line() + lines_before;
    const CellEnd end = cutter.next(cell);
    if (cutter.unclosed() || cutter.loose_text()) {
      const bool unclosed = cutter.unclosed();
      findings.add(unclosed ? Severity::error : Severity::warning,
                   message(unclosed ? "import.csv_unclosed_quote" : "import.csv_loose_quote",
                           {{"line", std::to_string(line)}}),
                   cell_address(row, column), line);
    }
    if (cutter.unclosed() || !grid.put(row, column, cell)) {
      return false;
    }
    ++column;
    if (end == CellEnd::record) {
      ++row;
      column = 0;
      if (row % 1024 == 0 && watch.stop.stop_requested()) {
        findings.add(Severity::error, message("import.cancelled"));
        return false;
      }
    }
  }
  return true;
}

/// "exports/inventaire.csv" -> "inventaire"
std::string stem(std::string_view file) {
  const std::size_t cut = file.find_last_of("/\\!");
  file = cut == std::string_view::npos ? file : file.substr(cut + 1);
  const std::size_t dot = file.rfind('.');
  return std::string(dot == std::string_view::npos || dot == 0 ? file : file.substr(0, dot));
}

}  // namespace

Imported<Workbook> read_csv(ByteSource& source, const std::string& file, const Limits& limits,
                            const Watch& watch) {
  Findings findings;
  findings.in_file(file);
  std::optional<std::string> bytes = read_whole(source, limits, watch, findings);
  if (!bytes) {
    return {{}, findings.take()};
  }
  const std::string head = bytes->substr(0, 8);
  const std::string whole = decoded(std::move(*bytes), findings);
  if (refuse_foreign(head, whole, findings)) {
    return {{}, findings.take()};
  }
  std::string_view text = whole;
  const std::optional<char> declared = declared_separator(text);
  const char separator = declared ? *declared : find_separator(text.substr(0, sample_bytes));
  SheetSpending spending;
  SheetGrid grid(stem(file), limits, spending, findings);
  fill(text, separator, declared ? 1 : 0, watch, findings, grid);
  Workbook workbook;
  workbook.sheets.push_back(grid.take());
  if (workbook.sheets.front().rows.empty() && !findings.has_error()) {
    findings.add(Severity::warning, message("import.sheet_nothing"));
  }
  return {std::move(workbook), findings.take()};
}

}  // namespace releve::intake
