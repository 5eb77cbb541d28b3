// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/workbook.hpp"
#include "prepare/cartography/template.hpp"
#include "prepare/fiction/output.hpp"
#include "prepare/fiction/writers.hpp"

namespace releve::fiction {

Status write_sheet(const FictionalHospital& hospital, const std::string& path, const Catalogue& catalogue) {
  const auto tables = cartography::template_tables(hospital.inventory, "fr", catalogue);
  const std::string bytes = TRY(report::write_xlsx(tables));
  OutputFile file(path);
  file.write(bytes);
  file.close();
  return Done{};
}

}  // namespace releve::fiction
