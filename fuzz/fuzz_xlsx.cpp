// SPDX-License-Identifier: EUPL-1.2
// Bytes that start with "<" are packed as the one sheet of a workbook, so that the search is not stopped by
// the archive around it.
#include "fuzz.hpp"
#include "intake/xlsx_for_tests.hpp"

static std::string packed_sheet(std::string_view xml) {
  using namespace releve::intake;
  Parts parts =
      one_sheet("", "<si><t>poste</t></si>", R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>)");
  parts[3].second = xml;
  return make_zip(parts, "zip:compression=store");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const intake::Limits limits = fuzz::small_limits();
  std::string bytes(fuzz::text_of(data, size));
  if (bytes.starts_with('<')) {
    bytes = packed_sheet(bytes);
  }
  return fuzz::check_book(intake::read_xlsx_bytes(bytes, "fuzz.xlsx", limits, {}).value, limits);
}
