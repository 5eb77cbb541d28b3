// SPDX-License-Identifier: EUPL-1.2
#include "intake/text_table.hpp"

#include "foundation/base/text.hpp"

namespace releve::intake {

bool TextTable::next() {
  for (;;) {
    std::optional<std::string_view> line = lines_.next();
    if (!line) {
      return false;
    }
    ++line_;
    if (line_ == 1 && line->starts_with("\xEF\xBB\xBF")) {
      line->remove_prefix(3);
    }
    if (trim(*line).empty()) {
      continue;
    }
    if (!is_valid_utf8(*line)) {
      first_other_ = first_other_ == 0 ? line_ : first_other_;
      split_line(from_windows_1252(*line));
      return true;
    }
    const bool plain =
        std::all_of(line->begin(), line->end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    first_utf8_ = plain || first_utf8_ != 0 ? first_utf8_ : line_;
    split_line(*line);
    return true;
  }
}

void TextTable::split_line(std::string_view text) {
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (count == cells_.size()) {
      cells_.emplace_back();
    }
    std::string& cell = cells_[count];
    cell.clear();
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      for (;;) {
        const std::size_t quote = std::min(text.find('"'), text.size());
        cell += text.substr(0, quote);
        text.remove_prefix(std::min(quote + 1, text.size()));
        if (!text.starts_with('"')) {
          break;
        }
        cell += '"';
        text.remove_prefix(1);
      }
    }
    const std::size_t end = text.find(';');
    cell += text.substr(0, end);
    const std::string_view tidy = trim(cell);
    if (tidy.size() != cell.size()) {
      cell = std::string(tidy);
    }
    more = end != std::string_view::npos;
    text.remove_prefix(more ? end + 1 : text.size());
  }
  cells_.resize(count);
}

std::size_t TextTable::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (to_lower(names_[i]) == name) {
        return i;
      }
    }
  }
  return absent;
}

void TextTable::finish() {
  if (first_utf8_ != 0 && first_other_ != 0) {
    findings_.add(Severity::warning,
                  message("registry.mixed_encodings",
                          {{"utf8", std::to_string(first_utf8_)}, {"other", std::to_string(first_other_)}}),
                  {}, std::max(first_utf8_, first_other_));
  }
}

}  // namespace releve::intake
