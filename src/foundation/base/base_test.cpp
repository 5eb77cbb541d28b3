// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/parallel.hpp"
#include "foundation/base/random.hpp"
#include "foundation/base/text.hpp"
#include "foundation/base/time.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

namespace releve {
namespace {

// Known answers published with Random123 (kat_vectors, philox4x32 10).
TEST(random, philox_known_answers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// hashlib.blake2b(b"", digest_size=8) and (b"abc", digest_size=8) of Python, read little-endian.
TEST(random, name_key_is_blake2b_64) {
  EXPECT_EQ(name_key(""), 0xb4b2797457a0a6e4U);
  EXPECT_EQ(name_key("abc"), 0x5995d533d814bbd8U);
  EXPECT_EQ(name_key("Hôpital"), 0x07df1359c2ba8878U);
}

TEST(random, purposes_share_a_block) {
  const auto block = draw_block(7, 11, 13, 2);
  for (std::uint32_t word = 0; word < 4; ++word) {
    EXPECT_EQ(draw(7, 11, 13, 8 + word), block[word]);
  }
}

TEST(hash, blake2b_256_of_abc) {
  EXPECT_EQ(content_hash("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(time, round_trip_and_offsets) {
  for (const char* text :
       {"2026-11-22T00:42:14.000Z", "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"}) {
    EXPECT_EQ(to_rfc3339(*parse_rfc3339(text)), text);
  }
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-05-23T12:55:00+0200")), "2026-05-23T10:55:00.000Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2026-05-23")), "2026-05-23T00:00:00.000Z");
  for (const char* text :
       {"", "2026-02-30", "2026-13-01", "2026-05-23T25:00:00Z", "2026-05-23T10:00:00", "hello"}) {
    EXPECT_FALSE(parse_rfc3339(text).ok()) << text;
  }
}

TEST(id, uuid_v7) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = mint_uuid(Instant(std::chrono::milliseconds(1'700'000'000'000)));
    EXPECT_TRUE(is_uuid(id)) << id;
    EXPECT_EQ(id[14], '7');
    EXPECT_TRUE(seen.insert(id).second);
  }
  EXPECT_EQ((*seen.begin()).substr(0, 13), "018bcfe5-6800");
}

TEST(text, numbers_and_utf8) {
  EXPECT_EQ(parse_number(" 1,5 "), 1.5);
  EXPECT_EQ(parse_number("1e3"), 1000.0);
  for (const char* text : {"", "x", "nan", "inf", "1 000", "1.2.3", "0x10"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
  EXPECT_TRUE(is_valid_utf8("Hôpital €"));
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_EQ(from_windows_1252("H\xF4pital \x80"), "Hôpital €");
  EXPECT_EQ(fold("Hôpital  Saint-Éloi (œil)"), "hopital saint eloi oeil");
  EXPECT_EQ(shorten("abcdéf", 6), "abc…");
  EXPECT_EQ(shorten("abéf", 5), "abéf");
  EXPECT_EQ(shorten("éééé", 6), "é…") << "six bytes would be half a letter";
  EXPECT_EQ(shorten("éé", 2), "");
}

TEST(parallel, every_item_once_and_stops) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::vector<int> done(1000);
    EXPECT_TRUE(parallel_for(done.size(), threads, {}, [&](std::size_t i, unsigned) { ++done[i]; }));
    EXPECT_EQ(std::count(done.begin(), done.end(), 1), 1000);
  }
  std::stop_source source;
  std::atomic<int> count = 0;
  EXPECT_FALSE(parallel_for(1000, 2, source.get_token(), [&](std::size_t, unsigned) {
    if (++count >= 10) {
      source.request_stop();
    }
  }));
  EXPECT_LE(count, 11);  // each of the two may be in the middle of an item
  EXPECT_THROW(parallel_for(10, 2, {}, [](std::size_t, unsigned) { throw std::runtime_error("x"); }),
               std::runtime_error);
}

}  // namespace
}  // namespace releve
