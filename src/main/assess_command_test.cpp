// SPDX-License-Identifier: EUPL-1.2
// `releve assess`, as people run it.
#include "foundation/report/workbook.hpp"
#include "foundation/store/test_database.hpp"
#include "main/data.hpp"
#include "main/process_for_tests.hpp"
#include "prepare/assessment/results.hpp"
#include "prepare/cartography/template.hpp"
#include "prepare/fiction/hospital.hpp"

#include <filesystem>

namespace releve::main {
namespace {

struct Ended {
  int code = 0;
  std::string out;
  std::string err;
};

Ended run(std::vector<std::string> arguments, const store::TestFolder& folder) {
  Program program(std::move(arguments), folder.path() + "/out", folder.path() + "/err");
  const int code = program.wait();
  return {code, bytes_of(folder.path() + "/out"), bytes_of(folder.path() + "/err")};
}

TEST(assess_command, public_files_and_a_filled_template_give_results) {
  const std::string shared = RELEVE_SHARED_DATA;
  if (!std::filesystem::is_directory(shared)) {
    GTEST_SKIP() << "no real data";
  }
  const store::TestFolder folder;
  const std::string input = folder.path() + "/exports";
  std::filesystem::create_directory(input);
  for (const char* file :
       {"active-directory/bloodhound-ce-v6-domaine1.zip", "scans/nmap-256-hotes.xml",
        "scans/nessus-7-hotes.nessus", "scans/openvas-44-resultats.xml", "scans/pingcastle-3.2.xml"}) {
    std::filesystem::create_symlink(std::filesystem::absolute(shared + "/" + file),
                                    input + "/" + std::filesystem::path(file).filename().string());
  }
  const auto hospital = fiction::build_hospital(fiction::FacilitySize::small, 3);
  std::ofstream(input + "/modele.xlsx", std::ios::binary)
      << report::write_xlsx(cartography::template_tables(hospital.inventory, "fr", load_catalogue())).value();
  std::ofstream(input + "/LISEZMOI.txt") << "Rien à lire ici ; vraiment.\n";
  const auto assess = [&](const std::string& threads) {
    return run({"assess", input, "--worlds", "60", "--seed", "9", "--threads", threads, "--json"}, folder);
  };
  const Ended one = assess("1");
  ASSERT_EQ(one.code, 0) << one.err;
  const auto outcome = from_json<assessment::Outcome>(one.out);
  ASSERT_TRUE(outcome.ok()) << outcome.error().message.code << " " << outcome.error().where;
  EXPECT_EQ(outcome->worlds, 60);
  EXPECT_EQ(outcome->services.size(), hospital.inventory.services.size());
  for (const Finding& finding : outcome->findings) {
    EXPECT_NE(finding.file, "LISEZMOI.txt") << finding.message.code;
    EXPECT_NE(finding.message.code, "sheet.tab_not_read");
  }
  EXPECT_EQ(assess("2").out, one.out) << "the same bytes for two threads";
  const Ended table = run({"--language", "en", "assess", input, "--worlds", "60", "--seed", "9"}, folder);
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_NE(table.out.find('%'), std::string::npos);
}

TEST(assess_command, a_folder_without_exports_is_said_and_ends_with_one) {
  const store::TestFolder folder;
  std::filesystem::create_directory(folder.path() + "/empty");
  std::ofstream(folder.path() + "/empty/README.md") << "nothing\n";
  const Ended ended = run({"assess", folder.path() + "/empty"}, folder);
  EXPECT_EQ(ended.code, 1);
  EXPECT_FALSE(ended.err.empty());
  EXPECT_EQ(run({"assess", folder.path() + "/none"}, folder).code, 2) << "usage";
}

}  // namespace
}  // namespace releve::main
