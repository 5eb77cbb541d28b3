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

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr double printer = 28;  // points: what a printer cannot reach, 10 mm

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

/// A page as a picture: grey, row by row.
struct Picture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::string greys;

  bool is_white(std::size_t x, std::size_t y) const {
    return static_cast<unsigned char>(greys[y * width + x]) > 250;
  }
};

/// Of a file as pdftoppm -gray writes it: "P5 298 421 255", then the bytes.
Picture picture_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string kind;
  int most = 0;
  Picture picture;
  file >> kind >> picture.width >> picture.height >> most;
  file.get();
  picture.greys.assign(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(kind, "P5");
  EXPECT_EQ(picture.greys.size(), picture.width * picture.height);
  return picture;
}

/// Pictures and rules too, which have no words. How many pages were looked at.
int pages_without_ink_in_the_margin(const std::string& pdf, const std::string& folder) {
  output_of("pdftoppm -r 36 -gray " + pdf + " " + folder + "/page");
  int pages = 0;
  for (const fs::directory_entry& one : fs::directory_iterator(folder)) {
    if (one.path().extension() != ".pgm") {
      continue;
    }
    ++pages;
    const Picture picture = picture_in(one.path());
    constexpr auto band = static_cast<std::size_t>(printer / 2);  // at 36 dots an inch one is two points
    int inked = 0;
    for (std::size_t y = 0; y < picture.height; ++y) {
      for (std::size_t x = 0; x < picture.width; ++x) {
        const bool margin = x < band || y < band || x >= picture.width - band || y >= picture.height - band;
        inked += margin && !picture.is_white(x, y) ? 1 : 0;
      }
    }
    EXPECT_EQ(inked, 0) << one.path().filename() << " has ink in its margin";
  }
  return pages;
}

/// Of a language. Both programs are installed by `./dev test`.
class paper_as_pdf : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!fs::exists("/usr/bin/weasyprint") || !fs::exists("/usr/bin/pdfinfo")) {
      GTEST_SKIP() << "no WeasyPrint or no Poppler: apt-get install weasyprint poppler-utils";
    }
    folder = (fs::temp_directory_path() / "paper-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    file = folder + "/paper.pdf";
  }

  void TearDown() override {
    if (!folder.empty()) {
      fs::remove_all(folder);
    }
  }

  /// How many pages it has in `file`.
  int print(const std::string& html) const {
    const auto pdf = report::pdf_of(html, folder);
    if (!pdf.ok()) {
      ADD_FAILURE() << pdf.error().message.code << " " << to_json(pdf.error().message.params);
      return 0;
    }
    std::ofstream(file, std::ios::binary) << *pdf;
    std::smatch pages;
    const std::string about = output_of("pdfinfo " + file);
    return std::regex_search(about, pages, std::regex("Pages: +([0-9]+)")) ? std::stoi(pages[1]) : 0;
  }

  std::string folder;
  std::string file;
};

INSTANTIATE_TEST_SUITE_P(languages, paper_as_pdf, testing::Values("fr", "en"));

TEST_P(paper_as_pdf, is_tagged_and_nothing_leaves_its_page_or_is_cut) {
  const auto begun = std::chrono::steady_clock::now();
  const std::string html = made(GetParam(), "https://releve.chu-exemple.example");
  const int count = print(html);
  const std::string about = output_of("pdfinfo " + file);
  EXPECT_THAT(about, HasSubstr("Tagged:          yes"));
  EXPECT_THAT(about, HasSubstr("(A4)"));
  // Cover, decisions, directory, calls; one per card, service and form with an index each; messages, stores,
  // journal, board.
  EXPECT_GE(count, 25 + 31 + 13 + 3 + 4 + 3 + 8);
  EXPECT_LE(count, 110);
  std::cout << "paper: " << count << " pages, " << fs::file_size(file) / 1000 << " kB, "
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

  EXPECT_EQ(pages_without_ink_in_the_margin(file, folder), count);
}

TEST_P(paper_as_pdf, keeps_the_code_for_a_phone_whole_at_the_foot_of_a_card) {
  plan::OpenPlan plan;
  plan.version.number = 3;
  for (int gestures = 6; gestures < 16; ++gestures) {
    for (int lines = 0; lines < 3; ++lines) {
      plan::ActionCard card;
      card.id = "card-" + std::to_string(plan.document.cards.size());
      card.title = "Couper";
      card.lines.assign(static_cast<std::size_t>(gestures), "Débrancher le câble.");
      card.source = std::string(static_cast<std::size_t>(lines) * 90, 'x');
      plan.document.cards.push_back(card);
    }
  }
  const int count = print(made(GetParam(), "https://releve.chu-exemple.example", plan));
  EXPECT_GT(count, 30);
  EXPECT_EQ(pages_without_ink_in_the_margin(file, folder), count);
}

}  // namespace
}  // namespace releve::pack
