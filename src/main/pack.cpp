// SPDX-License-Identifier: EUPL-1.2
// releve pack: the paper set of a facility's plan in force, or its page for a USB stick, from a terminal;
// while the server runs, or beside a data folder that was restored.
#include "foundation/store/file_copy.hpp"
#include "main/house.hpp"
#include "main/page.hpp"
#include "respond/pack/stick.hpp"

#include <filesystem>
#include <iostream>

namespace releve::main {

static Status make_pack(const Shell& shell, const PackCommand& command) {
  const SystemClock clock;
  const HouseOptions house{command.folder, command.database, command.key_file};
  const auto database = TRY(store::open_database({house.url()}, clock.now()));
  const InstanceKey key = TRY(InstanceKey::open(house.key()));
  TRY(hold_key(*database, key, clock.now()));
  std::optional<std::string> name;
  database->read([&](store::Transaction& t) {
    for (const auto& row : t.query("select name from facility where id = :id", {{"id", command.facility}})) {
      name = row.text(0);
    }
  });
  if (!name) {
    return Error{ErrorKind::not_found, message("facility.not_found", {{"id", command.facility}}),
                 "--facility"};
  }
  const plan::Plans plans(
      {*database, clock, key,
       [](const std::string& facility) { return registry::territories().zone_of(facility); },
       [](const std::string&) {}});
  const auto plan = TRY(plans.in_force(command.facility));
  const std::string language = command.paper_language.empty() ? shell.language : command.paper_language;
  const pack::PaperSettings settings{command.facility, *name,          plans.today(command.facility),
                                     language,         command.origin, paper_letters()};
  const bool stick = command.out.ends_with(".html");
  if (stick) {
    TablesRoom tables(shell.data_folder, command.folder + "/tables");
    TRY(tables.reload());
    store::write_file(command.out,
                      TRY(pack::stick_page(stick_template(), plan, settings, *tables.obligations())));
  } else {
    store::write_file(command.out, TRY(pack::pdf_of(plan, settings, shell.catalogue,
                                                    std::filesystem::temp_directory_path().string())));
  }
  std::cout << shell.say(message(stick ? "pack.stick_written" : "pack.written",
                                 {{"number", std::to_string(plan.version.number)}, {"file", command.out}}))
            << "\n";
  return Done{};
}

int run_pack(const Shell& shell, const PackCommand& command) {
  const Status done = make_pack(shell, command);
  return done ? 0 : shell.fail(done.error());
}

}  // namespace releve::main
