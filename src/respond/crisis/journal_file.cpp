// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/journal_file.hpp"

#include "foundation/base/text.hpp"
#include "foundation/describe/json.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::crisis {

/// Where a chain ends. Named, because clang warns of the field counter's conversion to a vector of what is
/// not.
struct ChainEnd {
  std::string chain;
  std::int64_t lines = 0;
  std::string head;
  bool operator==(const ChainEnd&) const = default;
};

constexpr auto describe(ChainEnd*) {
  return Fields{field<&ChainEnd::chain>("which", {.min_length = 1, .max_length = 64}),
                field<&ChainEnd::lines>("how many", {.minimum = 0}),
                field<&ChainEnd::head>("hash of the last", {.min_length = 64, .max_length = 64})};
}

namespace {

/// One line of the file: exactly one member.
struct JournalRecord {
  std::optional<JournalHead> journal;
  std::optional<Link> link;
  std::optional<std::vector<ChainEnd>> end;
};

constexpr auto describe(JournalRecord*) {
  constexpr Rules optional{.optional = true};
  return Fields{field<&JournalRecord::journal>("the first line", optional),
                field<&JournalRecord::link>("a line of the journal", optional),
                field<&JournalRecord::end>("the last line", optional)};
}

std::string wrapped(std::string_view name, const std::string& json) {
  return "{\"" + std::string(name) + "\":" + json + "}\n";
}

Error at_line(const char* code, std::size_t line) {
  return {ErrorKind::invalid, message(code, {{"line", std::to_string(line)}}), std::to_string(line)};
}

/// In the order of the chains.
std::vector<ChainEnd> ends_of(const JournalFile& file) {
  std::map<std::string, const Link*> last;
  for (const Link& one : file.links) {
    last[one.chain] = &one;
  }
  std::vector<ChainEnd> ends;
  for (const Chain& chain : file.head.chains) {
    const Link* end = last[chain.id];
    ends.push_back(
        {chain.id, end == nullptr ? 0 : end->number, end == nullptr ? origin_of(chain) : end->hash});
  }
  return ends;
}

/// Every line against its chain, then the ends against what the file says of them.
Status check(const JournalFile& file, const std::vector<ChainEnd>& said) {
  std::map<std::string, std::vector<Link>> by_chain;
  for (const Link& one : file.links) {
    by_chain[one.chain].push_back(one);
  }
  std::set<std::string> seen;
  for (const Chain& chain : file.head.chains) {
    const auto at_node = [&](const char* code) {
      return Error{ErrorKind::invalid, message(code, {{"node", chain.node}}), {}};
    };
    if (!seen.insert(chain.id).second) {
      return at_node("journal.chain_twice");
    }
    const std::vector<Link>& links = by_chain[chain.id];
    if (const auto fault = fault_in(chain, {}, links)) {
      return Error{ErrorKind::invalid, *fault, {}};
    }
    // No hash covers the head; the opening, a chain's first line, says what it must agree with.
    const auto first = links.empty() ? Result<Line>(Line{}) : from_json<Line>(links.front().said);
    if (first && first->deed && first->deed->opening && first->deed->opening->kind != file.head.kind) {
      return at_node("journal.other_head");
    }
    by_chain.erase(chain.id);
  }
  if (!by_chain.empty()) {
    return Error{
        ErrorKind::invalid, message("journal.unknown_chain", {{"chain", by_chain.begin()->first}}), {}};
  }
  const auto found = ends_of(file);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i >= said.size() || !(said[i] == found[i])) {
      return Error{ErrorKind::invalid,
                   message("journal.line_missing", {{"line", std::to_string(found[i].lines + 1)},
                                                    {"node", file.head.chains[i].node}}),
                   {}};
    }
  }
  return Done{};
}

}  // namespace

std::string write_journal(const JournalFile& file) {
  std::string text = wrapped("journal", to_json(file.head));
  for (const Link& one : file.links) {
    text += wrapped("link", to_json(one));
  }
  return text + wrapped("end", to_json(ends_of(file)));
}

Result<JournalFile> read_journal(std::string_view text) {
  JournalFile file;
  std::vector<ChainEnd> said;
  bool begun = false;
  bool ended = false;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view row = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (trim(row).empty()) {
      continue;
    }
    if (row.size() > max_journal_line || file.links.size() >= max_journal_lines) {
      return at_line("journal.too_long", number);
    }
    auto record = from_json<JournalRecord>(row);
    if (!begun && (!record || !record->journal)) {
      return at_line("journal.not_one", number);
    }
    if (!record || ended || record->journal.has_value() == begun) {
      return at_line("journal.bad_line", number);
    }
    if (record->journal) {
      file.head = std::move(*record->journal);
      begun = true;
    } else if (record->link) {
      file.links.push_back(std::move(*record->link));
    } else if (record->end) {
      said = std::move(*record->end);
      ended = true;
    } else {
      return at_line("journal.bad_line", number);
    }
  }
  if (!begun) {
    return at_line("journal.not_one", 1);
  }
  if (!ended) {
    return at_line("journal.cut_off", number);
  }
  TRY(check(file, said));
  return file;
}

std::vector<BrokenJoin> broken_joins(const JournalFile& file) {
  std::map<std::string, std::vector<const Link*>> by_chain;
  for (const Link& one : file.links) {
    by_chain[one.chain].push_back(&one);
  }
  std::vector<BrokenJoin> broken;
  for (const Link& one : file.links) {
    const auto line = from_json<Line>(one.said);
    if (!line || !line->deed || !line->deed->joined) {
      continue;
    }
    const Joined& told = *line->deed->joined;
    const auto& links = by_chain[told.chain];
    const auto through = static_cast<std::size_t>(std::max<std::int64_t>(told.through, 0));
    if (links.size() < through) {
      broken.push_back(
          {told.chain, message("journal.join_missing", {{"node", told.node},
                                                        {"told", std::to_string(told.through)},
                                                        {"lines", std::to_string(links.size())}})});
    } else if (through > 0 && links[through - 1]->hash != told.head) {
      broken.push_back({told.chain, message("journal.join_differs",
                                            {{"node", told.node}, {"line", std::to_string(told.through)}})});
    }
  }
  return broken;
}

}  // namespace releve::crisis
