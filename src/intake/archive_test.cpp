// SPDX-License-Identifier: EUPL-1.2
#include "intake/archive.hpp"

#include "intake/packed_for_tests.hpp"

#include <gtest/gtest.h>

namespace releve::intake {
namespace {

struct Unpacked {
  NamedFiles files;
  std::vector<std::string> nested;
  std::string failure;  // code
};

Unpacked unpack(std::string_view bytes, Packing packing, const Limits& limits = {}) {
  Unpacked unpacked;
  DripSource source(bytes, 1000);
  Archive archive(source, packing, limits);
  while (const std::optional<ArchiveEntry> entry = archive.next()) {
    std::string content;
    std::string block(777, '\0');
    for (std::size_t count = archive.read(block); count > 0; count = archive.read(block)) {
      content.append(block, 0, count);
    }
    if (entry->packed) {
      unpacked.nested.push_back(entry->name);
    }
    unpacked.files.emplace_back(entry->name, content);
  }
  unpacked.failure = archive.failure() == nullptr ? "" : archive.failure()->message.code;
  return unpacked;
}

TEST(archive, packing_is_told_by_the_first_bytes) {
  EXPECT_EQ(packing_of(make_zip({{"a", "b"}})), Packing::zip);
  EXPECT_EQ(packing_of(make_zip({})), Packing::zip);
  EXPECT_EQ(packing_of(make_gzip("x")), Packing::gzip);
  EXPECT_EQ(packing_of("Rar!\x1a\x07\x01"), Packing::other);
  EXPECT_EQ(packing_of(std::string(257, '\0') + "ustar  "), Packing::other);
  EXPECT_EQ(packing_of("{\"data\":[]}"), Packing::none);
  EXPECT_EQ(packing_of(""), Packing::none);
}

TEST(archive, files_come_out_as_they_went_in) {
  const NamedFiles files{{"a.json", std::string(300'000, 'a')}, {"empty.json", ""}, {"b.json", "{}"}};
  const Unpacked unpacked = unpack(make_zip(files), Packing::zip);
  EXPECT_EQ(unpacked.failure, "");
  EXPECT_EQ(unpacked.files, files);
  EXPECT_EQ(unpack(make_gzip("hello"), Packing::gzip).files.at(0).second, "hello");
}

TEST(archive, names_are_shown_never_followed) {
  const Unpacked unpacked = unpack(
      make_zip({{"../../etc/passwd", "x"}, {"/abs/y.json", "y"}, {"dir\\z.json", "z"}, {"bad\nname", "n"}}),
      Packing::zip);
  std::vector<std::string> names;
  for (const auto& [name, content] : unpacked.files) {
    names.push_back(name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"passwd", "y.json", "z.json", "bad name"}));
}

TEST(archive, encrypted_entries_are_refused) {
  const std::string zip = make_zip({{"a.json", "{\"data\":[]}"}}, "zip:encryption=traditional");
  ASSERT_NE(zip.find("a.json"), std::string::npos);
  const Unpacked unpacked = unpack(zip, Packing::zip);
  EXPECT_EQ(unpacked.failure, "archive.encrypted");
  EXPECT_TRUE(unpacked.files.empty());
}

TEST(archive, a_cut_zip_is_told_wherever_it_is_cut) {
  std::string noise;
  for (unsigned i = 0; i < 3000; ++i) {
    noise += static_cast<char>('a' + (i * i + i / 7) % 26);
  }
  const std::string zip = make_zip({{"a.json", noise}, {"b.json", noise + "b"}});
  ASSERT_EQ(unpack(zip, Packing::zip).failure, "");
  for (std::size_t length = 0; length + 22 <= zip.size(); length += 13) {
    const Unpacked unpacked = unpack(std::string_view(zip).substr(0, length), Packing::zip);
    EXPECT_EQ(unpacked.failure, "archive.truncated") << length << " of " << zip.size();
  }
}

TEST(archive, a_cut_gzip_is_told) {
  const std::string gzip = make_gzip(std::string(100'000, 'x') + "end");
  for (std::size_t length = 1; length < gzip.size(); length += 5) {
    EXPECT_NE(unpack(std::string_view(gzip).substr(0, length), Packing::gzip).failure, "") << length;
  }
}

TEST(archive, a_damaged_zip_is_told) {
  std::string zip = make_zip({{"a.json", std::string(5'000, 'q') + "end of the text"}});
  zip[zip.find("a.json") + 30] ^= 0x55;
  EXPECT_NE(unpack(zip, Packing::zip).failure, "");
  EXPECT_NE(unpack("PK\3\4 and then nonsense of some length, which no zip would hold", Packing::zip).failure,
            "");
}

TEST(archive, a_bomb_is_stopped_by_its_ratio) {
  const std::string bomb = make_zip({{"bomb.json", std::string(60'000'000, '\0')}});
  ASSERT_LT(bomb.size(), 100'000U);
  const Unpacked unpacked = unpack(bomb, Packing::zip);
  EXPECT_EQ(unpacked.failure, "archive.bomb");
  EXPECT_TRUE(unpacked.files.empty() || unpacked.files[0].second.size() < 17'000'000U);
  EXPECT_EQ(unpack(make_gzip(std::string(60'000'000, '\0')), Packing::gzip).failure, "archive.bomb");
}

TEST(archive, bytes_and_entries_have_budgets) {
  Limits limits;
  limits.max_bytes = 100'000;
  EXPECT_EQ(unpack(make_zip({{"a", std::string(60'000, 'a')}, {"b", std::string(60'000, 'b')}}), Packing::zip,
                   limits)
                .failure,
            "archive.too_large");
  limits = Limits{};
  limits.max_archive_entries = 2;
  EXPECT_EQ(unpack(make_zip({{"a", ""}, {"b", ""}, {"c", ""}}), Packing::zip, limits).failure,
            "archive.too_many_entries");
}

TEST(archive, what_is_not_read_is_unpacked_within_the_budgets) {
  const std::string zip = make_zip({{"bomb", std::string(60'000'000, '\0')}, {"b", "x"}});
  MemorySource source(zip);
  Archive archive(source, Packing::zip, Limits{});
  ASSERT_TRUE(archive.next());
  EXPECT_FALSE(archive.next());
  ASSERT_NE(archive.failure(), nullptr);
  EXPECT_EQ(archive.failure()->message.code, "archive.bomb");
}

TEST(archive, nested_archives_are_told) {
  const Unpacked unpacked =
      unpack(make_zip({{"in.zip", make_zip({{"a", "b"}})}, {"b.json", "{}"}}), Packing::zip);
  EXPECT_EQ(unpacked.nested, std::vector<std::string>{"in.zip"});
}

}  // namespace
}  // namespace releve::intake
