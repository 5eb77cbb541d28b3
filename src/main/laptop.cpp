// SPDX-License-Identifier: EUPL-1.2
// releve laptop: the file for a crisis laptop. releve merge: what it wrote, back into the room.
#include "main/laptop.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/text.hpp"
#include "foundation/report/workbook.hpp"
#include "foundation/store/file_copy.hpp"
#include "main/data.hpp"
#include "prepare/cartography/template.hpp"
#include "respond/laptop/pack_file.hpp"
#include "respond/recall/callouts.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace releve::main {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t shortest_passphrase = 12;

/// The tables that a room works with. Those that tell how machines are guarded or attacked stay in the house.
constexpr std::array<const char*, 5> carried{"obligations.json", "restoration.json", "roles.json",
                                             "sectors.json", "usual.json"};

/// As this hospital set them.
std::vector<laptop::PackTable> own_tables(const House& house) {
  std::vector<laptop::PackTable> own;
  for (const TablesRoom::Text& one : house.tables.texts()) {
    if (std::find(carried.begin(), carried.end(), one.file) != carried.end() &&
        one.text != embedded_text("data/" + one.file)) {
      own.push_back({one.file, one.text});
    }
  }
  return own;
}

Result<std::string> bytes_at(const std::string& path, std::uint64_t most) {
  std::error_code fault;
  const auto size = fs::file_size(path, fault);
  std::ifstream file(path, std::ios::binary);
  if (fault || !file) {
    return Error{ErrorKind::not_found, message("pack.cannot_open", {{"file", path}}), path};
  }
  if (size > most) {
    return Error{ErrorKind::limit, message("pack.too_large", {{"file", path}}), path};
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Typed without being shown; from a pipe it is read as it comes.
std::string asked_on_terminal(const Shell& shell) {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    std::cerr << shell.say(message("pack.passphrase")) << " " << std::flush;
  }
  std::string line;
  std::getline(std::cin, line);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << "\n";
  }
  return line;
}

Result<std::string> passphrase_in(const std::string& file) {
  const std::string text = TRY(bytes_at(file, 10'000));
  return std::string(trim(text));
}

constexpr std::size_t made_letters = 20;  // 100 bits

/// "7QK2-91XB-…": groups of four.
std::string in_groups(std::string letters) {
  for (std::size_t at = 4; at < letters.size(); at += 5) {
    letters.insert(at, "-");
  }
  return letters;
}

/// Beside, then renamed, and on the disk when this returns: never half a pack, nor one that a stick pulled
/// out a moment later no longer has.
Status write_whole(const std::string& path, const std::string& bytes) {
  if (fs::exists(path)) {
    return Error{ErrorKind::conflict, message("pack.file_exists", {{"file", path}}), path};
  }
  const std::string draft = path + ".part";
  std::error_code fault;
  fs::remove(draft, fault);
  try {
    store::write_file(draft, bytes);
    fs::rename(draft, path);
    store::sync_names(fs::absolute(path).parent_path().string());
  } catch (const std::exception&) {
    fs::remove(draft, fault);
    fs::remove(path, fault);  // nobody will have been told its passphrase
    throw EnvironmentFailure("cannot write " + path);
  }
  return Done{};
}

Status make_pack(const Shell& shell, const LaptopCommand& command) {
  const auto house = TRY(House::open(shell, {command.folder, command.database, command.key_file, ""}));
  const InstanceKey key =
      TRY(InstanceKey::open(HouseOptions{command.folder, command.database, command.key_file, ""}.key()));
  const auto facility = TRY(house->facilities->find(command.facility));
  auto plan = TRY(house->plans->in_force(command.facility));
  const auto map = TRY(house->facilities->draw(command.facility));
  const std::string workbook = TRY(
      report::write_xlsx(cartography::template_tables(laptop::care_inventory(*map), "fr", shell.catalogue)));
  laptop::Pack pack;
  pack.head.facility = facility.id;
  pack.head.name = facility.name;
  pack.head.made = house->clock.now();
  pack.head.plan = plan.version.number;
  pack.plan = std::move(plan.document);
  pack.adoption = *plan.version.adoption;
  pack.inventory = to_base64url(workbook);
  pack.tables = own_tables(*house);
  const bool given = !command.passphrase_file.empty();
  const std::string passphrase =
      given ? TRY(passphrase_in(command.passphrase_file)) : in_groups(random_letters(made_letters));
  if (passphrase.size() < shortest_passphrase) {
    return Error{ErrorKind::invalid, message("pack.short_passphrase"), "--passphrase-file"};
  }
  const std::string bytes = laptop::write_pack(std::move(pack), passphrase, key);
  if (!laptop::read_pack(bytes, passphrase)) {  // what no laptop opens is not called sealed
    return Error{ErrorKind::limit, message("pack.too_large", {{"file", command.out}}), {}};
  }
  TRY(write_whole(command.out, bytes));
  std::cout << shell.say(message("pack.sealed", {{"file", command.out}, {"facility", facility.name}}))
            << "\n";
  if (!given) {
    std::cout << shell.say(message("pack.its_passphrase", {{"passphrase", passphrase}})) << "\n";
  }
  return Done{};
}

Result<crisis::Merged> merge(const Shell& shell, const MergeCommand& command) {
  const std::string text = TRY(bytes_at(command.file, crisis::max_journal_file));
  const crisis::JournalFile journal = TRY(crisis::read_journal(text));
  const auto house = TRY(House::open(shell, {command.folder, command.database, command.key_file, ""}));
  std::optional<crisis::Room> room;
  for (const crisis::Room& one : house->rooms->list(command.facility)) {
    if (command.room.empty() ? !one.closed : one.id == command.room) {
      if (room) {
        return Error{ErrorKind::invalid, message("room.several_open"), "--room"};
      }
      room = one;
    }
  }
  if (!room) {
    return Error{ErrorKind::not_found, message("room.not_found"), "--room"};
  }
  if (command.rolled_back) {
    TRY(crisis::begin_chains_anew(*house->database));
    TRY(recall::call_nobody_more(*house->database, shell.say(message("recall.restored")),
                                 house->clock.now()));
  }
  return house->rooms->merge(*room, journal, "releve merge", shell.language);
}

}  // namespace

int run_laptop(const Shell& shell, const LaptopCommand& command) {
  const Status made = make_pack(shell, command);
  return made.ok() ? 0 : shell.fail(made.error());
}

int run_merge(const Shell& shell, const MergeCommand& command) {
  const auto merged = merge(shell, command);
  if (!merged) {
    return shell.fail(merged.error());
  }
  std::cout << shell.say(message("journal.merged", {{"lines", std::to_string(merged->lines)},
                                                    {"known", std::to_string(merged->known)}}))
            << "\n";
  for (const Message& why : merged->left_out) {
    std::cerr << shell.say(message("room.chain_left_out", {{"why", shell.say(why)}})) << "\n";
  }
  for (const std::string& name : merged->missing_files) {
    std::cerr << shell.say(message("journal.file_missing", {{"name", name}})) << "\n";
  }
  return merged->left_out.empty() ? 0 : 1;
}

/// A passphrase that Relève made opens as it may be typed from paper: in small letters, without its dashes, O
/// for 0.
static Result<laptop::Pack> opened(const std::string& bytes, const std::string& passphrase) {
  auto pack = laptop::read_pack(bytes, passphrase);
  const std::string letters = read_letters(passphrase);
  if (!pack && pack.error().message.code == "pack.wrong_passphrase" && letters.size() == made_letters) {
    return laptop::read_pack(bytes, in_groups(letters));
  }
  return pack;
}

constexpr const char* post_name = "Poste ";

/// Two people never write under one name, not even after the laptop was started again: of the codes that are
/// kept the highest number counts, since the oldest are let go of first.
static std::size_t last_post(const std::vector<access::SealedCode>& codes) {
  std::size_t last = 0;
  for (const access::SealedCode& one : codes) {
    if (one.post.starts_with(post_name)) {
      last =
          std::max<std::size_t>(last, std::strtoul(one.post.c_str() + std::strlen(post_name), nullptr, 10));
    }
  }
  return last;
}

Result<std::string> RoomDoor::enter(const api::Session& from) {
  api::Session laptop;
  laptop.user = "releve serve --pack";
  laptop.peer = from.peer;
  laptop.now = house_.clock.now();
  laptop.perimeter = api::Perimeter::everything();
  access::Night& night = house_.access->night();
  const std::lock_guard one_by_one(mutex_);
  const std::string post = post_name + std::to_string(last_post(night.list(laptop)) + 1);
  const auto code = TRY(night.print(laptop, post, "on_call", facility_));
  return house_.access->entrance().open_code(from, code.second);
}

/// A clock that is this much behind the making of the pack is wrong, not slow.
constexpr std::chrono::hours clock_tolerance{24};

/// The tables of the pack, and the built-in ones in place of those of an earlier pack.
static void take_tables(House& house, const laptop::Pack& pack) {
  for (const std::string file : carried) {
    const auto own = std::find_if(pack.tables.begin(), pack.tables.end(),
                                  [&](const laptop::PackTable& one) { return one.file == file; });
    const Status taken = house.tables.edit(file, own == pack.tables.end() ? "" : own->text);
    if (!taken.ok()) {  // of another version: better a room with the built-in one than none
      log_line(house.shell.say(message("pack.table_not_taken",
                                       {{"file", file}, {"why", house.shell.say(taken.error().message)}})));
    }
  }
}

/// The care inventory of the pack, as the one import that counts: named after the pack's making, so that a
/// later pack takes its place and none is taken in twice.
static Status take_hospital(House& house, const laptop::Pack& pack) {
  const std::string begin = "pack-";
  const std::string name = begin + to_rfc3339(pack.head.made) + ".xlsx";
  for (const cartography::Import& one : house.facilities->imports(pack.head.facility)) {
    if (one.state == cartography::ImportState::committed && one.file_name.starts_with(begin) &&
        one.file_name >= name) {
      return Done{};
    }
  }
  take_tables(house, pack);
  const auto workbook = from_base64url(pack.inventory);
  if (!workbook) {
    return Error{ErrorKind::invalid, message("pack.tampered"), {}};
  }
  const std::string path = house.files->new_spool_path();
  store::write_file(path, *workbook);
  const auto read = TRY(read_spooled(house, pack.head.facility, name, path));
  if (read.state != cartography::ImportState::ready) {  // its signature held: the fault is here
    return Error{ErrorKind::limit, message("pack.inventory_not_taken"), {}};
  }
  for (const cartography::Import& one : house.facilities->imports(pack.head.facility)) {
    if (one.state == cartography::ImportState::committed && one.file_name.starts_with(begin)) {
      static_cast<void>(house.facilities->undo(pack.head.facility, one.id));  // or what lies over it stays
    }
  }
  TRY(house.facilities->commit(pack.head.facility, read.id));
  return Done{};
}

Status load_pack(House& house, const std::string& file, const std::string& passphrase_file) {
  const std::string bytes = TRY(bytes_at(file, laptop::max_pack));
  const std::string passphrase =
      passphrase_file.empty() ? asked_on_terminal(house.shell) : TRY(passphrase_in(passphrase_file));
  const laptop::Pack pack = TRY(opened(bytes, passphrase));
  const Instant now = house.clock.now();
  if (pack.head.made > now + clock_tolerance) {  // the plan would not be in force, every deadline long over
    return Error{
        ErrorKind::conflict,
        message("pack.clock_wrong", {{"made", to_rfc3339(pack.head.made)}, {"now", to_rfc3339(now)}}),
        {}};
  }
  if (pack.head.made > now) {
    log_line(house.shell.say(message("pack.clock_behind", {{"made", to_rfc3339(pack.head.made)}})));
  }
  const auto known = house.facilities->list();
  if (!known.empty() && known.front().id != pack.head.facility) {
    return Error{ErrorKind::conflict, message("pack.other_facility", {{"facility", known.front().name}}), {}};
  }
  // Opened before, perhaps not to its end: what is there goes on, what lacks is taken in.
  if (known.empty()) {
    TRY(house.facilities->create(pack.head.facility, pack.head.name, false));
  }
  TRY(take_hospital(house, pack));
  Status taken = house.plans->take_in(pack.head.facility, pack.head.plan, pack.plan, pack.adoption,
                                      "releve serve --pack");
  if (!taken.ok() && taken.error().message.code == "plan.version_exists") {
    return Done{};
  }
  if (taken.ok() && !known.empty()) {
    log_line(house.shell.say(message("pack.plan_taken", {{"number", std::to_string(pack.head.plan)}})));
  }
  return taken;
}

}  // namespace releve::main
