// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/cells.hpp"

#include "prepare/cartography/nearest.hpp"
#include "prepare/cartography/network_address.hpp"
#include "prepare/cartography/zones.hpp"

#include <gtest/gtest.h>

namespace releve::cartography {
namespace {

constexpr Rules share{.minimum = 0, .maximum = 1};
constexpr Rules hours{.minimum = 0, .maximum = 8760};

struct NumberCase {
  const char* cell;
  double value;
  const char* code;  // of the error; empty: none
};

TEST(cells, shares_as_people_write_them) {
  const NumberCase cases[] = {{"80 %", .8, ""},
                              {"80%", .8, ""},
                              {"80\xC2\xA0%", .8, ""},
                              {"0,8", .8, ""},
                              {"0.8", .8, ""},
                              {"80", .8, ""},
                              {"1", 1, ""},
                              {"1 %", .01, ""},
                              {"100", 1, ""},
                              {"0", 0, ""},
                              {"150 %", 0, "cell.out_of_range"},
                              {"-5", 0, "cell.out_of_range"},
                              {"beaucoup", 0, "cell.not_a_share"},
                              {"%", 0, "cell.not_a_share"}};
  for (const auto& c : cases) {
    const auto value = read_share(c.cell, share);
    EXPECT_EQ(value.ok() ? "" : value.error().message.code, c.code) << c.cell;
    if (value.ok()) {
      EXPECT_DOUBLE_EQ(*value, c.value) << c.cell;
    }
  }
}

TEST(cells, durations_as_people_write_them) {
  const NumberCase cases[] = {{"4", 4, ""},
                              {"4 h", 4, ""},
                              {"4h", 4, ""},
                              {"2 j", 48, ""},
                              {"30 min", .5, ""},
                              {"1 h 30", 1.5, ""},
                              {"1h30", 1.5, ""},
                              {"1,5 h", 1.5, ""},
                              {"2 jours", 48, ""},
                              {"1 semaine", 168, ""},
                              {"2 days", 48, ""},
                              {"45 mn", .75, ""},
                              {"Immédiat", 0, ""},
                              {"1 j 12 h", 36, ""},
                              {"2 lunes", 0, "cell.not_a_duration"},
                              {"h", 0, "cell.not_a_duration"},
                              {"", 0, "cell.not_a_duration"},
                              {"2 ans", 0, "cell.not_a_duration"},
                              {"400 j", 0, "cell.out_of_range"}};
  for (const auto& c : cases) {
    const auto value = read_hours(c.cell, hours);
    EXPECT_EQ(value.ok() ? "" : value.error().message.code, c.code) << c.cell;
    if (value.ok()) {
      EXPECT_DOUBLE_EQ(*value, c.value) << c.cell;
    }
  }
}

TEST(cells, yes_no_levels_numbers_lists) {
  for (const char* yes : {"oui", "Oui", "YES", "vrai", "x", "X", "1", "true", "o", "y"}) {
    EXPECT_TRUE(read_yes_no(yes).ok() && *read_yes_no(yes)) << yes;
  }
  for (const char* no : {"non", "No", "faux", "0", "FALSE", "n"}) {
    EXPECT_TRUE(read_yes_no(no).ok() && !*read_yes_no(no)) << no;
  }
  EXPECT_EQ(read_yes_no("peut-être").error().message.code, "cell.not_yes_or_no");
  const Rules need{.minimum = 1, .maximum = 4};
  EXPECT_EQ(*read_level("Critique", need), 4);
  EXPECT_EQ(*read_level("élevée", need), 3);
  EXPECT_EQ(*read_level("2", need), 2);
  EXPECT_FALSE(read_level("5", need).ok());
  EXPECT_FALSE(read_level("2,5", need).ok());
  EXPECT_DOUBLE_EQ(*read_number("1\xE2\x80\xAF"
                                "200,5",
                                {}),
                   1200.5);
  EXPECT_EQ(read_number("douze", {}).error().message.code, "cell.not_a_number");
  EXPECT_EQ(read_list(" 10.0.0.0/8; a ,\nb,,"), (std::vector<std::string>{"10.0.0.0/8", "a", "b"}));
  EXPECT_TRUE(read_list(" ,;").empty());
}

TEST(cells, addresses_and_numbers_written) {
  EXPECT_EQ(cell_address(11, 1), "B12");
  EXPECT_EQ(cell_address(0, 25), "Z1");
  EXPECT_EQ(cell_address(0, 26), "AA1");
  EXPECT_EQ(cell_address(9, 701), "ZZ10");
  EXPECT_EQ(write_number(0.1), "0.1");
  EXPECT_EQ(write_number(1e6), "1000000");
  EXPECT_EQ(write_number(1.0 / 3).substr(0, 6), "0.3333");
}

TEST(nearest, proposes_only_what_is_close) {
  const std::vector<std::string> words{"urgences", "réanimation", "chirurgie"};
  EXPECT_EQ(nearest("Urgence", words), "urgences");
  EXPECT_EQ(nearest("reanimatoin", words), "réanimation");
  EXPECT_EQ(nearest("comptabilité", words), std::nullopt);
  EXPECT_EQ(nearest("", words), std::nullopt);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U) << "given up: limit + 1";
}

struct BlockCase {
  const char* block;
  const char* address;
  bool inside;
};

TEST(network_address, blocks_of_both_versions) {
  const BlockCase cases[] = {{"10.1.0.0/16", "10.1.255.3", true},  {"10.1.0.0/16", "10.2.0.1", false},
                             {"10.1.2.3/16", "10.1.9.9", true},    {"0.0.0.0/0", "192.168.1.1", true},
                             {"10.1.2.3", "10.1.2.3", true},       {"10.1.2.128/25", "10.1.2.127", false},
                             {"fd00:1::/32", "fd00:1:2::3", true}, {"fd00:1::/32", "fd00:2::3", false},
                             {"::/0", "10.0.0.1", false},          {"10.0.0.0/8", "::ffff:10.2.3.4", true},
                             {"fe80::/10", "febf::1", true},       {"10.0.0.4/31", "10.0.0.5", true}};
  for (const auto& c : cases) {
    ASSERT_TRUE(parse_block(c.block) && parse_address(c.address)) << c.block;
    EXPECT_EQ(contains(*parse_block(c.block), *parse_address(c.address)), c.inside)
        << c.block << " " << c.address;
  }
  for (const char* bad :
       {"10.1.0.0/33", "10.1.0/16", "fd00::/129", "10.1.0.0/", "10.1.0.0/-1", "abc", "", "10.1.0.0/1x"}) {
    EXPECT_FALSE(parse_block(bad)) << bad;
  }
  EXPECT_EQ(to_text(*parse_address("[FD00:0:0::0001]")), "fd00::1");
  EXPECT_TRUE(is_local_only(*parse_address("127.0.0.1")));
  EXPECT_TRUE(is_local_only(*parse_address("fe80::1")));
  EXPECT_FALSE(is_local_only(*parse_address("10.0.0.1")));
}

TEST(zones, most_specific_block_wins_and_flows_are_read) {
  Zone wide;
  wide.id = "LAN";
  wide.addresses = {"10.0.0.0/8"};
  Zone narrow;
  narrow.id = "SRV";
  narrow.addresses = {"10.1.0.0/16", "n'importe quoi"};
  const std::vector<Zone> zones{wide, narrow};
  const ZoneFinder finder(zones);
  EXPECT_EQ(finder.zones_of(*parse_address("10.1.2.3")), std::vector<std::string>{"SRV"});
  EXPECT_EQ(finder.zones_of(*parse_address("10.2.2.3")), std::vector<std::string>{"LAN"});
  EXPECT_TRUE(finder.zones_of(*parse_address("192.168.0.1")).empty());
  ASSERT_EQ(finder.unreadable().size(), 1U);
  EXPECT_EQ(finder.unreadable()[0].first, "SRV");
  const Flow flow = parse_flow(" SRV : web+Admin+web+gopher");
  EXPECT_EQ(flow.zone, "SRV");
  EXPECT_EQ(flow.protocols, (std::vector<Protocol>{Protocol::admin, Protocol::web}));
  EXPECT_EQ(flow.unknown, std::vector<std::string>{"gopher"});
  EXPECT_EQ(parse_flow("SRV:all").protocols.size(), 5U);
  EXPECT_EQ(parse_flow("SRV").protocols.size(), 5U);
}

}  // namespace
}  // namespace releve::cartography
