// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/among.hpp"

#include "foundation/store/test_database.hpp"

namespace releve::store {
namespace {

using among_these = DatabaseTest;
RELEVE_ON_BOTH_ENGINES(among_these);

TEST_P(among_these, a_list_lets_through_its_members_and_nothing_that_looks_like_them) {
  const auto database = open();
  const auto let_through = [&](const std::optional<std::vector<std::string>>& only) {
    std::string found;
    database->read([&](Transaction& t) {
      for (const Row& row :
           t.query("select id from (select 'A' as id union all select 'AB' union all select 'A_' "
                   "union all select '%' union all select '') as given where " +
                       among("id", "only") + " order by id",
                   {{"only", one_text(only)}})) {
        found += "<" + row.text(0) + ">";
      }
    });
    return found;
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(let_through(std::nullopt).size(), std::string("<><%><A><A_><AB>").size()) << "nothing said: all";
  EXPECT_EQ(let_through(List{}), "");
  EXPECT_EQ(let_through(List{"A"}), "<A>");
  EXPECT_EQ(let_through(List{"A_"}), "<A_>");
  EXPECT_EQ(let_through(List{"B", "AB", "%"}), "<%><AB>");
  EXPECT_THROW(one_text(List{"a|b"}), Bug);
  EXPECT_THROW(one_text(List{""}), Bug);
}

}  // namespace
}  // namespace releve::store
