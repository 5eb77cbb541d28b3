// SPDX-License-Identifier: EUPL-1.2
// releve verify: the journal of a crisis held against its hashes, on any machine, without the server.
#include "main/commands.hpp"
#include "respond/crisis/journal_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace releve::main {

namespace {

constexpr std::size_t shortest_head = 8;  // digits

/// The digits of a head as somebody types it from paper: in groups, perhaps in capitals. Nothing: it is not
/// one.
std::optional<std::string> digits_of(const std::string& typed) {
  std::string digits;
  for (const char c : typed) {
    if (c != ' ' && c != '-') {
      digits += static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    }
  }
  const bool hex = digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  return hex && digits.size() >= shortest_head ? std::optional(digits) : std::nullopt;
}

Result<crisis::JournalFile> read_file(const std::string& path) {
  std::error_code fault;
  if (std::filesystem::file_size(path, fault) > crisis::max_journal_file || fault) {
    return Error{ErrorKind::limit, message("journal.too_long", {{"line", "1"}}), path};
  }
  std::ifstream file(path, std::ios::binary);
  return crisis::read_journal(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string node_of(const crisis::JournalFile& journal, const std::string& chain) {
  for (const crisis::Chain& one : journal.head.chains) {
    if (one.id == chain) {
      return one.node;
    }
  }
  return {};
}

}  // namespace

int run_verify(const Shell& shell, const VerifyCommand& command) {
  const auto wanted = digits_of(command.head);
  if (!command.head.empty() && !wanted) {
    return shell.fail({ErrorKind::invalid, message("journal.bad_head"), "--head"});
  }
  const auto journal = read_file(command.file);
  if (!journal) {
    return shell.fail(journal.error());
  }
  const auto broken = crisis::broken_joins(*journal);
  for (const crisis::BrokenJoin& one : broken) {
    std::cerr << shell.say(one.what) << "\n";
  }
  const int result = broken.empty() ? 0 : 1;
  if (broken.empty()) {
    std::cout << shell.say(message("journal.whole", {{"lines", std::to_string(journal->links.size())},
                                                     {"nodes", std::to_string(journal->head.chains.size())}}))
              << "\n";
  }
  for (const crisis::Chain& chain : journal->head.chains) {
    const auto last = std::find_if(journal->links.rbegin(), journal->links.rend(),
                                   [&](const crisis::Link& link) { return link.chain == chain.id; });
    if (last != journal->links.rend()) {
      std::cout << "  "
                << shell.say(message("journal.head_of", {{"node", chain.node},
                                                         {"lines", std::to_string(last->number)},
                                                         {"head", crisis::short_head(last->hash)}}))
                << "\n";
    }
  }
  if (!wanted) {
    return result;
  }
  const auto held = std::find_if(journal->links.begin(), journal->links.end(),
                                 [&](const crisis::Link& link) { return link.hash.starts_with(*wanted); });
  if (held == journal->links.end()) {
    return shell.fail({ErrorKind::conflict, message("journal.head_unknown", {{"head", command.head}}), {}});
  }
  std::cout << "  "
            << shell.say(message("journal.head_held", {{"head", command.head},
                                                       {"line", std::to_string(held->number)},
                                                       {"node", node_of(*journal, held->chain)}}))
            << "\n";
  return result;
}

}  // namespace releve::main
