// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/report_page.hpp"

#include "foundation/report/pdf.hpp"
#include "prepare/cartography/test_material.hpp"

#include <gmock/gmock.h>

#include <filesystem>

namespace releve::crisis {
namespace {

using testing::HasSubstr;
using testing::Not;

class report_page_of : public ::testing::Test {
 protected:
  report_page_of() {
    row.line.happened = Instant(std::chrono::milliseconds(1'790'000'000'000));
    row.line.deed.emplace().report = Report{3, "Anne Roche", "SYSTÈMES\n- <SIL>, arrêté\n", "abcdef"};
    room.name = "Chiffrement";
    room.kind = RoomKind::real;
  }

  std::string page() const { return report_page(row, room, "CH de Valmont", voice); }

  const Catalogue catalogue = cartography::repository_words();
  const Voice voice{catalogue, "fr", "Europe/Paris"};
  LineRow row;
  Room room;
};

TEST_F(report_page_of, an_approved_report_says_which_by_whom_and_up_to_where) {
  for (const std::string said :
       {"Point de situation n° 3", "CH de Valmont", "Anne Roche", "abcdef", "- &lt;SIL&gt;, arrêté\n"}) {
    EXPECT_THAT(page(), HasSubstr(said));
  }
  EXPECT_THAT(page(), Not(HasSubstr("EXERCICE")));
}

TEST_F(report_page_of, an_exercise_says_so_first_and_on_each_page) {
  room.kind = RoomKind::exercise;
  EXPECT_THAT(page(), HasSubstr("@top-right { content: \"*** EXERCICE ***\""));
}

TEST_F(report_page_of, is_a_tagged_pdf) {
  const auto folder = std::filesystem::temp_directory_path().string();
  const auto pdf = report::pdf_of(page(), folder);
  ASSERT_TRUE(pdf.ok()) << pdf.error().message.code;
  EXPECT_THAT(*pdf, testing::StartsWith("%PDF-1.7"));
  EXPECT_THAT(*pdf, HasSubstr("/StructTreeRoot"));
}

}  // namespace
}  // namespace releve::crisis
