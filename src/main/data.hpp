// SPDX-License-Identifier: EUPL-1.2
// The embedded files (data tables, catalogue, page) and an operator's own tables over them.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/result.hpp"
#include "main/retention.hpp"
#include "prepare/assessment/tables.hpp"
#include "prepare/cartography/defaults.hpp"
#include "prepare/cartography/usual.hpp"
#include "respond/crisis/obligations.hpp"

#include <map>
#include <string>

namespace releve::main {

/// The text of an embedded file ("data/attack.json"). Bug when it is not there.
std::string_view embedded_text(std::string_view path);

/// data/*.json by file name; a file of the same name in `folder` (may be empty) replaces the embedded one.
Result<std::map<std::string, std::string>> data_texts(const std::string& folder);

Catalogue load_catalogue();

struct DataTables {
  assessment::Tables tables;
  cartography::Defaults defaults;
  cartography::Usual usual;
  std::vector<RetentionRule> retention;
  crisis::Obligations obligations;
};

Result<DataTables> read_data(const std::map<std::string, std::string>& texts);

}  // namespace releve::main
