// SPDX-License-Identifier: EUPL-1.2
// The composition root: which subcommand, with what.
#include "main/commands.hpp"
#include "main/data.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace releve::main {

int Shell::fail(const Error& error) const {
  std::cerr << say(error.message);
  if (!error.where.empty()) {
    std::cerr << "  [" << error.where << "]";
  }
  std::cerr << "\n";
  if (const std::string* mend = catalogue.find(language, error.message.code + ".mend")) {
    std::cerr << "  " << catalogue.say(language, {error.message.code + ".mend", error.message.params})
              << "\n";
    (void)mend;
  }
  return 1;
}

void Shell::print_findings(const std::vector<Finding>& findings, bool to_stderr) const {
  std::ostream& out = to_stderr ? std::cerr : std::cout;
  for (const Finding& finding : findings) {
    const char* mark = finding.severity == Severity::error     ? "■"
                       : finding.severity == Severity::warning ? "▲"
                                                               : "·";
    out << "  " << mark << " " << finding.file << (finding.line > 0 ? ":" + std::to_string(finding.line) : "")
        << (finding.place.empty() ? "" : " " + finding.place)
        << (finding.file.empty() && finding.place.empty() ? "" : " — ") << say(finding.message);
    if (catalogue.find(language, finding.message.code + ".mend") != nullptr) {
      out << " " << catalogue.say(language, {finding.message.code + ".mend", finding.message.params});
    }
    out << "\n";
  }
}

static std::string default_folder() {
  if (const char* folder = std::getenv("RELEVE_DATA")) {
    return folder;
  }
  const char* home = std::getenv("HOME");
  return std::string(home == nullptr ? "." : home) + "/.releve";
}

static std::string system_language() {
  const char* lang = std::getenv("LANG");
  return lang != nullptr && std::string_view(lang).starts_with("en") ? "en" : "fr";
}

static int run(int argc, char** argv) {
  CLI::App app{"Relève: prepares hospitals for a cyberattack and runs them through one."};
  app.require_subcommand(1);
  app.fallthrough();  // --language and --tables may stand behind the subcommand
  app.set_version_flag("--version", "releve 0.1.0");
  Shell shell{load_catalogue(), system_language(), {}};
  app.add_option("--language", shell.language, "fr or en")->check(CLI::IsMember({"fr", "en"}));
  app.add_option("--tables", shell.data_folder, "folder whose tables replace the built-in ones")
      ->check(CLI::ExistingDirectory);

  AssessCommand assess;
  CLI::App* assess_app =
      app.add_subcommand("assess", "What stops, when, and what to fix first, from a folder of exports");
  assess_app->add_option("input", assess.input, "folder or zip of exports")
      ->required()
      ->check(CLI::ExistingPath);
  assess_app->add_option("--worlds", assess.worlds, "simulated attacks")->check(CLI::Range(1U, 1'000'000U));
  assess_app->add_option("--seed", assess.seed, "seed of the simulation");
  assess_app->add_option("--threads", assess.threads, "threads; all processors by default")
      ->check(CLI::Range(1U, 1024U));
  assess_app->add_option("--scenario", assess.scenario, "crisis or national_mix")
      ->check(CLI::IsMember({"crisis", "national_mix"}));
  assess_app->add_flag("--json", assess.json, "one JSON document instead of tables");

  GenerateCommand generate;
  CLI::App* generate_app = app.add_subcommand("generate", "Write a fictional hospital in the real formats");
  generate_app->add_option("--facility-size", generate.size, "small, medium, large or university")
      ->check(CLI::IsMember({"small", "medium", "large", "university"}));
  generate_app->add_option("--seed", generate.seed, "seed of the hospital");
  generate_app->add_option("--out", generate.out, "empty or new folder")->required();

  ServeCommand serve;
  serve.folder = default_folder();
  const auto serve_options = [&](CLI::App* sub) {
    sub->add_option("--data", serve.folder, "data folder (default RELEVE_DATA, or ~/.releve)");
    sub->add_option("--database", serve.database, "postgresql://… instead of the embedded database");
    sub->add_option("--port", serve.port, "port");
    sub->add_option("--address", serve.address,
                    "another address than the loopback one; needs --origin https://…");
    sub->add_option("--origin", serve.origin, "https://… of the proxy in front")
        ->check([](const std::string& given) {
          const bool good = given.starts_with("https://") || given.starts_with("http://");
          return good && !given.ends_with('/') ? std::string() : std::string("https://name[:port]");
        });
    sub->add_option("--key-file", serve.key_file,
                    "the instance's key (default keys/instance.key in the data folder)");
    sub->add_option("--security-contact", serve.security_contact,
                    "whom to tell of a weakness: mailto:… or https://…, for /.well-known/security.txt")
        ->check([](const std::string& given) {
          const bool good = (given.starts_with("mailto:") || given.starts_with("https://")) &&
                            given.find_first_of("\r\n") == std::string::npos;
          return good ? std::string() : std::string("mailto:… or https://…");
        });
    sub->add_option("--clamd", serve.clamd, "local socket of clamd, which then looks at each upload first");
    sub->add_option("--oidc", serve.providers,
                    "file of the providers of identities (docs/guide/access.md); default none");
    sub->add_option("--outlines", serve.outlines,
                    "GeoJSON file of departments or regions for the map (docs/guide/install.md); default "
                    "equal tiles");
    sub->add_option(
        "--metrics-address", serve.metrics_address,
        "host:port for figures and health, beside the page (default: on the page's port, for loopback "
        "only and without a proxy)");
    sub->add_option("--max-connections", serve.max_connections,
                    "at the same time; half of them may be streams")
        ->check(CLI::Range(64, 100'000));
    sub->add_option("--drain-seconds", serve.drain_seconds, "at most, for the last requests after SIGTERM")
        ->check(CLI::Range(0, 600));
    sub->add_option("--pack", serve.pack,
                    "on a crisis laptop: the sealed file that \"releve laptop\" wrote, not what "
                    "\"releve pack\" makes; no network is needed, and --address may be that of a switch")
        ->check(CLI::ExistingFile);
    sub->add_option("--passphrase-file", serve.passphrase_file, "of the file of --pack; default: asked for")
        ->check(CLI::ExistingFile);
    sub->add_flag(
        "--steering", serve.steering,
        "an instance of a region or nation: it keeps no journal of a crisis (hosting of health data)");
    sub->add_flag("--link", serve.link,
                  "print a one-time link for an administrator although one has a password");
  };
  CLI::App* serve_app =
      app.add_subcommand("serve", "Serve the page, on the loopback address unless told otherwise");
  serve_options(serve_app);
  CLI::App* demo_app = app.add_subcommand("demo", "Load the fictional hospital and serve it");
  serve_options(demo_app);

  ImportCommand import;
  import.folder = default_folder();
  CLI::App* import_app = app.add_subcommand("import", "Import files into a facility");
  import_app->add_option("files", import.files, "exports")->required()->check(CLI::ExistingPath);
  import_app->add_option("--facility", import.facility, "identity of the facility")->required();
  import_app->add_option("--data", import.folder, "data folder");
  import_app->add_option("--database", import.database, "postgresql://… instead of the embedded database");

  VerifyAuditCommand verify;
  verify.folder = default_folder();
  CLI::App* verify_app =
      app.add_subcommand("verify-audit", "Hold the audit trail against its hashes and signatures");
  verify_app->add_option("--data", verify.folder, "data folder");
  verify_app->add_option("--database", verify.database, "postgresql://… instead of the embedded database");
  verify_app->add_option("--key-file", verify.key_file,
                         "the instance's key (default keys/instance.key in the data folder)");

  LaptopCommand laptop;
  laptop.folder = default_folder();
  CLI::App* laptop_app = app.add_subcommand("laptop",
                                            "Write the sealed file that a crisis laptop opens: \"releve "
                                            "serve --pack FILE\"; paper and USB stick: pack");
  laptop_app->add_option("--facility", laptop.facility, "identity of the facility")->required();
  laptop_app->add_option("--out", laptop.out, "new file")->required();
  laptop_app->add_option("--passphrase-file", laptop.passphrase_file, "default: one is made and printed")
      ->check(CLI::ExistingFile);
  laptop_app->add_option("--data", laptop.folder, "data folder");
  laptop_app->add_option("--database", laptop.database, "postgresql://… instead of the embedded database");
  laptop_app->add_option("--key-file", laptop.key_file,
                         "the instance's key (default keys/instance.key in the data folder)");

  MergeCommand merge;
  merge.folder = default_folder();
  CLI::App* merge_app = app.add_subcommand("merge", "Take the journal of another node into a room");
  merge_app->add_option("file", merge.file, "journal-….jsonl")->required()->check(CLI::ExistingFile);
  merge_app->add_option("--facility", merge.facility, "identity of the facility")->required();
  merge_app->add_option("--room", merge.room, "identity of the room (default: the only open one)");
  merge_app->add_flag(
      "--rolled-back", merge.rolled_back,
      "this server was taken back to an earlier state, and the file may hold what it wrote since");
  merge_app->add_option("--data", merge.folder, "data folder");
  merge_app->add_option("--database", merge.database, "postgresql://… instead of the embedded database");
  merge_app->add_option("--key-file", merge.key_file,
                        "the instance's key (default keys/instance.key in the data folder)");

  VerifyCommand journal;
  CLI::App* journal_app = app.add_subcommand("verify", "Hold the journal of a crisis against its hashes");
  journal_app->add_option("file", journal.file, "journal-….jsonl")->required()->check(CLI::ExistingFile);
  journal_app->add_option("--head", journal.head,
                          "head as it was printed on a situation report: is it one of this journal?");

  BackupCommand backup;
  backup.folder = default_folder();
  CLI::App* backup_app = app.add_subcommand("backup", "Copy everything into a folder, while the server runs");
  backup_app->add_option("--to", backup.to, "new or empty folder")->required();
  backup_app->add_option("--data", backup.folder, "data folder");
  backup_app->add_option("--database", backup.database, "postgresql://… instead of the embedded database");
  backup_app->add_option("--key-file", backup.key_file, "the instance's key, for --with-key");
  backup_app->add_flag("--with-key", backup.with_key,
                       "the instance's key too: whoever has this backup then opens what is sealed");

  RestoreCommand restore;
  restore.folder = default_folder();
  CLI::App* restore_app = app.add_subcommand("restore", "Make a data folder from a backup");
  restore_app->add_option("--from", restore.from, "folder of the backup")->required();
  restore_app->add_option("--data", restore.folder, "new or empty data folder");
  restore_app->add_option("--key-file", restore.key_file, "the instance's key, if the backup is without");

  MoveCommand move;
  CLI::App* move_app = app.add_subcommand("move", "Carry all facts to an empty database of either engine");
  move_app->add_option("--from", move.from, "sqlite:/path/releve.db or postgresql://…")->required();
  move_app->add_option("--to", move.to, "the same, empty")->required();

  PackCommand pack;
  pack.folder = default_folder();
  CLI::App* pack_app = app.add_subcommand(
      "pack",
      "Make the paper set (PDF) of a facility's plan in force, or its page for a USB stick, while the server "
      "runs; what a crisis laptop opens is made by \"releve laptop\"");
  pack_app->add_option("--facility", pack.facility, "identity of the facility")->required();
  pack_app
      ->add_option("--out", pack.out,
                   "the file to write, where none is yet: .pdf the paper set, .html the page for a USB stick")
      ->required();
  pack_app->add_option("--lang", pack.paper_language, "fr or en (default: --language)")
      ->check(CLI::IsMember({"fr", "en"}));
  pack_app->add_option("--origin", pack.origin, "https://… of the running instance, for QR codes");
  pack_app->add_option("--data", pack.folder, "data folder");
  pack_app->add_option("--database", pack.database, "postgresql://… instead of the embedded database");
  pack_app->add_option("--key-file", pack.key_file,
                       "the instance's key (default keys/instance.key in the data folder)");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (*assess_app) {
    return run_assess(shell, assess);
  }
  if (*generate_app) {
    return run_generate(shell, generate);
  }
  if (*import_app) {
    return run_import(shell, import);
  }
  if (*verify_app) {
    return run_verify_audit(shell, verify);
  }
  if (*laptop_app) {
    return run_laptop(shell, laptop);
  }
  if (*merge_app) {
    return run_merge(shell, merge);
  }
  if (*journal_app) {
    return run_verify(shell, journal);
  }
  if (*backup_app) {
    return run_backup(shell, backup);
  }
  if (*restore_app) {
    return run_restore(shell, restore);
  }
  if (*move_app) {
    return run_move(shell, move);
  }
  if (*pack_app) {
    return run_pack(shell, pack);
  }
  serve.demo = static_cast<bool>(*demo_app);
  return run_serve(shell, serve);
}

}  // namespace releve::main

int main(int argc, char** argv) {
  try {
    return releve::main::run(argc, argv);
  } catch (const releve::EnvironmentFailure& failure) {
    std::cerr << "releve: " << failure.what() << "\n";
  } catch (const std::exception& bug) {
    std::cerr << "releve: internal error: " << bug.what() << "\n";
  }
  return 1;
}
