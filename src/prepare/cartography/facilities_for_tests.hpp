// SPDX-License-Identifier: EUPL-1.2
// The room with its database, files and jobs, for tests; reopen() is a restart of the process.
#pragma once

#include "foundation/report/workbook.hpp"
#include "foundation/store/test_database.hpp"
#include "prepare/cartography/facilities.hpp"
#include "prepare/cartography/test_material.hpp"

#include <filesystem>
#include <memory>

namespace releve::cartography {

/// Gives a later instant each time it is asked.
class TickingClock final : public Clock {
 public:
  Instant now() const override { return store::test_now + std::chrono::milliseconds(++ticks_); }

 private:
  mutable std::atomic<int> ticks_{0};
};

class FacilitiesTest : public store::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) {
      start();
    }
  }

  void TearDown() override {
    stop();
    DatabaseTest::TearDown();
  }

  void start() {
    files = store::FileStore::open(folder.path()).value();
    database = open();
    jobs = std::make_unique<store::Jobs>(*database, clock, 2, [this](const store::Job& job) {
      if (room) {
        room->follow(job);
      }
      if (also_told) {
        also_told(job);
      }
    });
    room = std::make_unique<Facilities>(
        Facilities::Parts{*database, *files, *jobs, clock, words, {}, {}, registered});
  }

  void stop() {
    jobs.reset();
    room.reset();
    database.reset();
    files.reset();
  }

  void reopen() {
    stop();
    start();
  }

  std::string spooled(const std::string& bytes) const {
    const std::string path = files->new_spool_path();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  /// Received and read.
  Import read(const std::string& name, const std::string& bytes) {
    const auto received = room->receive(id, name, spooled(bytes), "RSSI");
    EXPECT_TRUE(received.ok());
    jobs->wait(received->second.id);
    return room->find_import(id, received->first.id).value();
  }

  Import committed(const std::string& name, const std::string& bytes) {
    const Import import = read(name, bytes);
    EXPECT_EQ(import.state, ImportState::ready) << codes(import.findings);
    return room->commit(id, import.id).value();
  }

  std::int64_t version() const { return room->find(id)->version; }

  std::shared_ptr<const Cartography> map() { return room->draw(id).value(); }

  /// A filled template; services by id and beds.
  std::string template_of(const std::vector<std::pair<std::string, double>>& services) const {
    Inventory inventory;
    for (const auto& [service, beds] : services) {
      Service one;
      one.id = service;
      one.name = "Service " + service;
      one.sector = Sector::medicine;
      one.beds = beds;
      inventory.services.push_back(one);
    }
    return report::write_xlsx(template_tables(inventory, "fr", words)).value();
  }

  /// The smallest Nmap file with these hosts.
  static std::string nmap_of(const std::vector<std::string>& hosts) {
    std::string xml =
        R"(<?xml version="1.0"?><nmaprun scanner="nmap" start="1700000000" version="7.94" xmloutputversion="1.05">)";
    for (std::size_t i = 0; i < hosts.size(); ++i) {
      xml += R"(<host><status state="up"/><address addr="10.0.0.)" + std::to_string(i + 1) +
             R"(" addrtype="ipv4"/><hostnames><hostname name=")" + hosts[i] +
             R"(" type="PTR"/></hostnames></host>)";
    }
    return xml +
           R"(<runstats><finished time="1700000100"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>)";
  }

  const std::string id = "CH-1";
  TickingClock clock;
  const Catalogue words = repository_words();
  store::TestFolder folder;
  std::unique_ptr<store::FileStore> files;
  std::unique_ptr<store::Database> database;
  std::function<Registered(const std::string&, const std::vector<std::string>&)> registered;
  std::unique_ptr<Facilities> room;
  std::function<void(const store::Job&)> also_told;
  std::unique_ptr<store::Jobs> jobs;
};

/// With the one facility that the rooms after it are about.
class FacilityTest : public FacilitiesTest {
 protected:
  explicit FacilityTest(std::string name = "CH") : name_(std::move(name)) {}

  void SetUp() final {
    FacilitiesTest::SetUp();
    if (!IsSkipped()) {
      ASSERT_TRUE(room->create(id, name_, false).ok());
      begin();
    }
  }

  /// What else there is before the test.
  virtual void begin() = 0;

 private:
  std::string name_;
};

inline ChangeCount count_of(const Import& import, std::string_view element) {
  for (const ChangeCount& count : import.summary.difference.value().counts) {
    if (count.element == element) {
      return count;
    }
  }
  return {};
}

}  // namespace releve::cartography
