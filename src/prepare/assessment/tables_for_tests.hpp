// SPDX-License-Identifier: EUPL-1.2
// The tables and words of the repository, for tests.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "prepare/assessment/tables.hpp"
#include "prepare/cartography/test_material.hpp"

namespace releve::assessment {

inline std::map<std::string, std::string> repository_table_texts() {
  std::map<std::string, std::string> texts;
  for (const std::string& file : table_files()) {
    texts[file] = cartography::repository_file("data/" + file);
  }
  return texts;
}

inline Tables repository_tables() {
  auto tables = read_tables(repository_table_texts());
  EXPECT_TRUE(tables.ok()) << tables.error().message.code << " " << tables.error().where;
  return std::move(tables).value();
}

}  // namespace releve::assessment
