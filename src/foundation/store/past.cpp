// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/past.hpp"

#include "foundation/store/described_rows.hpp"

namespace releve::store {

std::int64_t forget(Transaction& transaction, const Past& past, Instant before) {
  std::int64_t counted = 0;
  for (const std::string& statement : past.statements) {
    const bool asks = statement.find(":before") != std::string::npos;
    const std::int64_t rows =
        transaction.execute(statement, asks ? std::vector<Binding>{{"before", detail::to_value(before)}}
                                            : std::vector<Binding>{});
    counted += &statement == &past.statements.front() ? rows : 0;
  }
  return counted;
}

Past past_jobs() {
  return {"ended_jobs", {"delete from job where ended < :before"}};
}

}  // namespace releve::store
