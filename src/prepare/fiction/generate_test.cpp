// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/generate.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/describe/catalogue.hpp"
#include "intake/readers.hpp"
#include "prepare/cartography/template.hpp"
#include "prepare/fiction/folder_for_tests.hpp"
#include "prepare/fiction/writers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace releve::fiction {
namespace {

const std::set<std::string> files{"LISEZMOI.txt",  "epss.csv", "inventaire.xlsx", "kev.json",
                                  "nessus.nessus", "nmap.xml", "sharphound.zip"};

/// The real catalogue of the product.
const Catalogue& words() {
  static const Catalogue catalogue = [] {
    auto read = read_catalogue(bytes_of(RELEVE_SOURCE_DIR "/i18n/fr.json"),
                               bytes_of(RELEVE_SOURCE_DIR "/i18n/en.json"));
    EXPECT_TRUE(read.ok());
    return std::move(read).value();
  }();
  return catalogue;
}

TEST(generate, same_size_and_seed_give_the_same_bytes) {
  const TestFolder folder;
  ASSERT_TRUE(generate(FacilitySize::small, 11, folder / "one", words()).ok());
  ASSERT_TRUE(generate(FacilitySize::small, 11, folder / "two", words()).ok());
  ASSERT_TRUE(generate(FacilitySize::small, 12, folder / "other", words()).ok());
  std::set<std::string> written;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "one")) {
    written.insert(entry.path().filename().string());
  }
  EXPECT_EQ(written, files);
  for (const std::string& name : files) {
    const std::string one = content_hash(bytes_of(folder / ("one/" + name)));
    EXPECT_EQ(one, content_hash(bytes_of(folder / ("two/" + name)))) << name;
    EXPECT_NE(one, content_hash(bytes_of(folder / ("other/" + name)))) << name;
  }
}

TEST(generate, refuses_a_folder_that_holds_something) {
  const TestFolder folder;
  const std::string path = folder / "mine.txt";
  std::ofstream(path) << "mine";
  const auto status =
      generate(FacilitySize::small, 1, std::filesystem::path(path).parent_path().string(), words());
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message.code, "generate.folder_not_empty");
  EXPECT_EQ(bytes_of(path), "mine");
  EXPECT_EQ(generate(FacilitySize::small, 1, path, words()).error().message.code, "generate.not_a_folder");
  EXPECT_EQ(generate(FacilitySize::small, 1, folder / "no/such", words()).error().message.code,
            "generate.cannot_make_folder");
}

/// One line of JSON per element, without the origins that reading adds.
template <class T>
std::set<std::string> lines(std::vector<T> list) {
  std::set<std::string> texts;
  for (T& element : list) {
    element.origins.clear();
    texts.insert(to_json(element));
  }
  return texts;
}

TEST(generate, sheet_is_read_back_as_the_inventory_without_a_warning) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::medium, 4);
  ASSERT_TRUE(write_sheet(hospital, folder / "inventaire.xlsx", words()).ok());
  const auto workbook = intake::read_xlsx(folder / "inventaire.xlsx", "inventaire.xlsx", {}, {});
  ASSERT_TRUE(workbook.usable());
  ASSERT_TRUE(cartography::is_template(workbook.value, words()));
  const auto read = cartography::read_template(workbook.value, "inventaire.xlsx", Instant{}, words());
  for (const Finding& finding : read.findings) {
    EXPECT_EQ(finding.severity, Severity::note) << finding.message.code << " " << finding.place;
  }
  const auto& wrote = hospital.inventory;
  EXPECT_EQ(lines(read.value.services), lines(wrote.services));
  EXPECT_EQ(lines(read.value.applications), lines(wrote.applications));
  EXPECT_EQ(lines(read.value.components), lines(wrote.components));
  EXPECT_EQ(lines(read.value.dependencies), lines(wrote.dependencies));
  EXPECT_EQ(lines(read.value.zones), lines(wrote.zones));
}

template <class T>
std::shared_ptr<const T> shared(T value) {
  return std::make_shared<const T>(std::move(value));
}

/// All files of a folder drawn together, as an import would.
cartography::Cartography import_all(const TestFolder& folder, const FictionalHospital& hospital) {
  std::vector<cartography::Source> sources(6);
  for (cartography::Source& source : sources) {
    source.when = Instant(std::chrono::seconds(files_made));
  }
  write_sharphound(hospital, folder / "s.zip");
  write_nmap(hospital, folder / "n.xml");
  write_nessus(hospital, folder / "n.nessus");
  write_kev(hospital, folder / "kev.json");
  write_epss(hospital, folder / "epss.csv");
  EXPECT_TRUE(write_sheet(hospital, folder / "i.xlsx", words()).ok());
  intake::FileSource zip(folder / "s.zip"), nmap(folder / "n.xml"), nessus(folder / "n.nessus"),
      kev(folder / "kev.json"), epss(folder / "epss.csv");
  sources[0].directory = shared(intake::read_sharphound(zip, "s.zip", {}, {}).value);
  sources[1].scan = shared(intake::read_nmap(nmap, "n.xml", {}, {}).value);
  sources[2].scan = shared(intake::read_nessus(nessus, "n.nessus", {}, {}).value);
  sources[3].kev = shared(intake::read_kev(kev, "kev.json", {}, {}).value);
  sources[4].epss = shared(intake::read_epss(epss, "epss.csv", {}, {}).value);
  const auto workbook = intake::read_xlsx(folder / "i.xlsx", "i.xlsx", {}, {});
  sources[5].inventory =
      shared(cartography::read_template(workbook.value, "i.xlsx", Instant{}, words()).value);
  const char* formats[] = {"sharphound", "nmap", "nessus", "kev", "epss", "sheet"};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    sources[i].format = formats[i];
    sources[i].file_name = formats[i];
    sources[i].file_hash = formats[i];
  }
  return cartography::draw_cartography(hospital.name, sources, {});
}

TEST(generate, files_together_draw_the_hospital_that_they_come_from) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::medium, 1);
  const auto drawn = import_all(folder, hospital);
  EXPECT_EQ(drawn.services.size(), 31U);
  for (const Finding& finding : drawn.findings) {
    EXPECT_EQ(finding.message.code, "cartography.cycle") << finding.place;
  }
  EXPECT_FALSE(drawn.cycles.empty()) << "directory and names hold each other up";
  std::size_t seen = 0;
  for (const FictionalMachine& machine : hospital.machines) {
    const bool known =
        machine.in_nmap || machine.in_nessus || machine.domain >= 0 || machine.component == machine.name;
    seen += known ? 1U : 0U;
  }
  // One machine of the hospital is one machine of the cartography, whatever files mention it; the few more
  // are components without a host (internet access, tapes) and devices that no scan reached.
  EXPECT_NEAR(static_cast<double>(drawn.machines.size()), static_cast<double>(seen),
              static_cast<double>(seen) * 0.01);
}

}  // namespace
}  // namespace releve::fiction
