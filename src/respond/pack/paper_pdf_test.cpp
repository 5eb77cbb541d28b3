// SPDX-License-Identifier: EUPL-1.2
// The paper set as it is printed: tagged, whole, and nothing cut.
#include "foundation/base/text.hpp"
#include "foundation/report/pdf.hpp"
#include "respond/pack/paper_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <utility>

namespace releve::pack {
namespace {

using testing::HasSubstr;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (pipe != nullptr) {
    const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe);
    out.append(buffer.data(), n);
    if (n == 0) {
      ::pclose(pipe);
      break;
    }
  }
  return out;
}

/// Runs of letters: what must not be cut in the middle.
std::set<std::string> whole_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool accented = (c == 0xC3 || c == 0xC5) && i + 1 < text.size();
    if (accented) {
      word += text.substr(i++, 2);
    } else if (std::isalpha(c) != 0) {
      word += text[i];
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  return words;
}

class paper_as_pdf : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(languages, paper_as_pdf, testing::Values("fr", "en"));

TEST_P(paper_as_pdf, is_tagged_and_nothing_leaves_its_page_or_is_cut) {
  namespace fs = std::filesystem;
  if (!fs::exists("/usr/bin/weasyprint") || !fs::exists("/usr/bin/pdfinfo")) {
    GTEST_SKIP() << "no WeasyPrint or no Poppler: apt-get install weasyprint poppler-utils";
  }
  std::string folder = (fs::temp_directory_path() / "paper-test-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto begun = std::chrono::steady_clock::now();
  const std::string html = made(GetParam(), "https://releve.chu-exemple.example");
  const auto pdf = report::pdf_of(html, folder);
  ASSERT_TRUE(pdf.ok()) << pdf.error().message.code << " " << to_json(pdf.error().message.params);
  const std::string file = folder + "/paper.pdf";
  std::ofstream(file, std::ios::binary) << *pdf;

  const std::string about = output_of("pdfinfo " + file);
  EXPECT_THAT(about, HasSubstr("Tagged:          yes"));
  EXPECT_THAT(about, HasSubstr("(A4)"));
  std::smatch pages;
  ASSERT_TRUE(std::regex_search(about, pages, std::regex("Pages: +([0-9]+)")));
  const int count = std::stoi(pages[1]);
  // Cover, decisions, directory, calls; one per card, service and form with an index each; messages, stores,
  // journal, board.
  EXPECT_GE(count, 25 + 31 + 13 + 3 + 4 + 3 + 8);
  EXPECT_LE(count, 110);
  std::cout << "paper: " << count << " pages, " << pdf->size() / 1000 << " kB, "
            << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun)
                   .count()
            << " ms\n";

  const std::string words = output_of("pdftotext -bbox " + file + " -");
  const std::regex page_line("<page width=\"([0-9.]+)\" height=\"([0-9.]+)\"");
  const std::regex word_line(
      "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)<");
  double width = 0;
  double height = 0;
  int seen = 0;
  for (const auto line : split(words, '\n')) {
    std::cmatch found;
    if (std::regex_search(line.begin(), line.end(), found, page_line)) {
      width = std::stod(found[1]);
      height = std::stod(found[2]);
    } else if (std::regex_search(line.begin(), line.end(), found, word_line)) {
      constexpr double printer = 28;  // points: what a printer cannot reach, 10 mm
      EXPECT_GE(std::stod(found[1]), printer) << found[5];
      EXPECT_LE(std::stod(found[3]), width - printer) << found[5];
      EXPECT_GE(std::stod(found[2]), printer) << found[5];
      EXPECT_LE(std::stod(found[4]), height - printer) << found[5];
      ++seen;
    }
  }
  EXPECT_GT(seen, 5'000);

  const std::string whole = output_of("pdftotext -layout " + file + " -");
  const auto text = split(whole, '\f');
  ASSERT_GE(text.size(), static_cast<std::size_t>(count));
  for (int page = 1; page <= count; ++page) {
    const std::string_view one = text[static_cast<std::size_t>(page - 1)];
    EXPECT_NE(one.find("page " + std::to_string(page) + " / " + std::to_string(count)),
              std::string_view::npos)
        << page;
    EXPECT_NE(one.find("Version 3"), std::string_view::npos) << page;
  }
  const auto printed = whole_words(whole);
  EXPECT_TRUE(printed.contains("Contents") || printed.contains("Sommaire"));
  static const std::regex address("https://[^ <]*");
  for (const std::string& word : whole_words(std::regex_replace(text_of_page(html), address, " "))) {
    EXPECT_TRUE(printed.contains(word)) << word << " is nowhere in one piece";
  }
  static const std::regex any_day("[0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}");
  const auto days_of = [](const std::string& read) {
    std::map<std::string, int> days;
    for (std::sregex_iterator one(read.begin(), read.end(), any_day), end; one != end; ++one) {
      ++days[one->str()];
    }
    return days;
  };
  auto days = days_of(whole);
  EXPECT_GT(days.size(), 10U);
  for (const auto& [one, times] : days_of(text_of_page(html))) {
    EXPECT_GE(days[one], times) << one << " is parted at the end of a line";
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace releve::pack
