// SPDX-License-Identifier: EUPL-1.2
// With the real WeasyPrint, which ./dev test installs.
#include "foundation/report/pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace releve::report {
namespace {

namespace fs = std::filesystem;

class pdf : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (fs::temp_directory_path() / "pdf-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
  }

  void TearDown() override {
    EXPECT_TRUE(fs::is_empty(folder_)) << "something was left behind";
    fs::remove_all(folder_);
  }

  Result<std::string> made(const std::string& body, const PdfLimits& limits = {},
                           const std::stop_token& stop = {}) const {
    return pdf_of(
        "<!doctype html><html lang=\"fr\"><head><title>Essai</title></head><body>" + body + "</body></html>",
        folder_, stop, limits);
  }

  static std::string code(const Result<std::string>& result) {
    return result ? "a pdf of " + std::to_string(result->size()) + " bytes" : result.error().message.code;
  }

  std::string folder_;
};

#define NEEDS_WEASYPRINT()                                       \
  if (!fs::exists("/usr/bin/weasyprint")) {                      \
    GTEST_SKIP() << "no WeasyPrint: apt-get install weasyprint"; \
  }

TEST_F(pdf, is_made_with_its_tags) {
  NEEDS_WEASYPRINT();
  const auto bytes = made("<h1>Plan</h1><p>« Où ? »</p>");
  ASSERT_TRUE(bytes.ok()) << code(bytes);
  EXPECT_THAT(*bytes, testing::StartsWith("%PDF-1.7"));
  EXPECT_THAT(*bytes, testing::HasSubstr("/MarkInfo"));
  EXPECT_THAT(*bytes, testing::HasSubstr("/StructTreeRoot"));
}

TEST_F(pdf, takes_what_is_inline_and_fetches_nothing) {
  NEEDS_WEASYPRINT();
  EXPECT_TRUE(
      made("<img alt=\"\" src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\">").ok());
  const std::string secret = folder_ + "-secret.png";
  std::ofstream(secret) << "x";
  for (const std::string& address : {"file://" + secret, std::string("http://127.0.0.1:9/x.png")}) {
    const auto refused = made("<img alt=\"\" src=\"" + address + "\">");
    EXPECT_EQ(code(refused), "report.pdf_failed") << address;
  }
  EXPECT_TRUE(made("<img alt=\"\" src=\"" + secret + "\">").ok())
      << "a path is no address: it is left out, unread";
  EXPECT_EQ(code(made("<style>@import url(http://127.0.0.1:9/x.css);</style>")), "report.pdf_failed");
  fs::remove(secret);
}

TEST_F(pdf, without_weasyprint_says_so) {
  EXPECT_EQ(code(made("x", {.python = folder_ + "/no-python"})), "report.no_weasyprint");
}

TEST_F(pdf, is_bounded_in_time_processor_memory_and_size) {
  NEEDS_WEASYPRINT();
  std::string long_body;
  for (int i = 0; i < 40'000; ++i) {
    long_body += "<p>" + std::to_string(i) + "</p>";
  }
  using std::chrono::seconds;
  EXPECT_EQ(code(made(long_body, {.time = seconds(1)})), "report.pdf_too_long");
  EXPECT_EQ(code(made(long_body, {.processor = seconds(1)})), "report.pdf_too_long");
  EXPECT_EQ(code(made(long_body, {.memory = 150ULL << 20})), "report.pdf_failed");
  EXPECT_EQ(code(made("x", {.output = 100})), "report.pdf_failed");
}

TEST_F(pdf, can_be_stopped) {
  NEEDS_WEASYPRINT();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(code(made("x", {}, stop.get_token())), "report.pdf_stopped");
}

}  // namespace
}  // namespace releve::report
