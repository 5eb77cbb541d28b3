// SPDX-License-Identifier: EUPL-1.2
// `releve generate`: a folder of files as a hospital would export them, all fiction.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/random.hpp"
#include "foundation/base/result.hpp"
#include "prepare/fiction/size.hpp"

#include <string>

namespace releve::fiction {

/// Writes sharphound.zip, nmap.xml, nessus.nessus, inventaire.xlsx, kev.json, epss.csv and LISEZMOI.txt.
/// Makes the folder when there is none (its parent must exist). The same size, seed and catalogue (words of
/// the spreadsheet) give the same bytes. Errors: generate.folder_not_empty, generate.not_a_folder,
/// generate.cannot_make_folder. A full disk is an EnvironmentFailure; files already written then stay.
Status generate(FacilitySize size, Seed seed, const std::string& folder, const Catalogue& catalogue);

}  // namespace releve::fiction
