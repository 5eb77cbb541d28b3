// SPDX-License-Identifier: EUPL-1.2
// The subcommands, one file each. All give the exit code: 0 done, 1 a finding or failure that stops the
// job, 2 usage.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::main {

struct Shell {
  Catalogue catalogue;
  std::string language = "fr";  // of the words on the terminal
  std::string data_folder;      // an operator's own tables; may be empty

  std::string say(const Message& what) const { return catalogue.say(language, what); }

  /// Prints an error with its place and its mend; gives 1.
  int fail(const Error& error) const;
  void print_findings(const std::vector<Finding>& findings, bool to_stderr) const;
};

struct AssessCommand {
  std::string input;
  std::uint32_t worlds = 1000;
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all processors
  std::string scenario = "crisis";
  bool json = false;
};

int run_assess(const Shell& shell, const AssessCommand& command);

struct GenerateCommand {
  std::string size = "medium";
  std::uint64_t seed = 1;
  std::string out;
};

int run_generate(const Shell& shell, const GenerateCommand& command);

struct ServeCommand {
  std::string folder;    // data folder
  std::string database;  // empty: SQLite in the data folder
  std::string address = "127.0.0.1";
  std::uint16_t port = 8420;
  std::string origin;     // "https://releve.chu.example": where a proxy in front is reached; empty: none
  std::string key_file;   // empty: in the data folder
  std::string clamd;      // its local socket; empty: uploads are not scanned
  std::string providers;  // file of the providers of identities; empty: none
  std::string outlines;   // GeoJSON file of departments and regions for the map; empty: equal tiles
  std::string
      security_contact;  // "mailto:rssi@chu.example": told in /.well-known/security.txt; empty: nobody
  std::string pack;      // file of a crisis laptop: its facility is loaded, and its room served to a switch
  std::string passphrase_file;  // of the pack; empty: asked for on the terminal
  std::string metrics_address;  // "127.0.0.1:9420": figures for Prometheus; empty: on loopback without proxy
  unsigned max_connections = 8'192;
  std::uint32_t drain_seconds = 10;  // at most, for the last requests at the end
  bool steering = false;             // of a region or nation: no crisis room is opened here
  bool link = false;                 // print a one-time link although an administrator has a password
  bool demo = false;                 // load the demonstration when there is no facility
};

int run_serve(const Shell& shell, const ServeCommand& command);

struct ImportCommand {
  std::string folder;
  std::string database;
  std::string facility;
  std::vector<std::string> files;
};

int run_import(const Shell& shell, const ImportCommand& command);

struct VerifyAuditCommand {
  std::string folder;
  std::string database;
  std::string key_file;  // empty: in the data folder
};

int run_verify_audit(const Shell& shell, const VerifyAuditCommand& command);

/// The file for a crisis laptop, and the laptop itself (serve --pack).
struct LaptopCommand {
  std::string folder;
  std::string database;
  std::string key_file;
  std::string facility;
  std::string out;
  std::string passphrase_file;  // empty: one is made and printed
};

int run_laptop(const Shell& shell, const LaptopCommand& command);

struct MergeCommand {
  std::string folder;
  std::string database;
  std::string key_file;
  std::string facility;
  std::string room;          // empty: the only one that is open
  std::string file;          // a journal
  bool rolled_back = false;  // this server lost what it wrote last: the file may hold it
};

int run_merge(const Shell& shell, const MergeCommand& command);

struct VerifyCommand {
  std::string file;  // a journal
  std::string head;  // that was printed: held against its lines; empty: none
};

int run_verify(const Shell& shell, const VerifyCommand& command);

struct BackupCommand {
  std::string folder;
  std::string database;
  std::string key_file;
  std::string to;         // new or empty folder
  bool with_key = false;  // the instance's key too
};

int run_backup(const Shell& shell, const BackupCommand& command);

struct RestoreCommand {
  std::string from;      // a backup
  std::string folder;    // new or empty data folder
  std::string key_file;  // of a backup without the key
};

int run_restore(const Shell& shell, const RestoreCommand& command);

struct MoveCommand {
  std::string from;  // addresses of databases
  std::string to;
};

int run_move(const Shell& shell, const MoveCommand& command);

struct PackCommand {
  std::string folder;
  std::string database;
  std::string key_file;  // empty: in the data folder
  std::string facility;
  std::string out;             // the paper set (.pdf) or the page for a USB stick (.html)
  std::string paper_language;  // empty: that of the terminal
  std::string origin;          // of the running instance, for the codes; empty: none
};

int run_pack(const Shell& shell, const PackCommand& command);

}  // namespace releve::main
