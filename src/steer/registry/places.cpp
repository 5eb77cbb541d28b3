// SPDX-License-Identifier: EUPL-1.2
// What the pages ask: one place, lists and searches, summaries; and places made by hand.
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "steer/registry/registry.hpp"
#include "steer/registry/rows.hpp"
#include "steer/registry/search_words.hpp"

#include <algorithm>
#include <exception>
#include <unordered_map>

namespace releve::registry {

using store::Binding;
using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

const std::string open_text(open_day);

const std::string line_columns =
    "p.id, p.kind, v.name, v.town, v.department, v.category, v.category_name, v.closed from place_version v "
    "join place "
    "p on p.id = v.place ";

std::string number_of(Transaction& t, const std::string& place) {
  const auto rows = t.query(
      "select number from place_number where place = :place and to_day = :open and scheme in ('et', 'ej')",
      {{"place", place}, {"open", open_text}});
  return rows.empty() ? std::string() : rows.front().text(0);
}

PlaceLine line_of(const store::Row& row, std::string number) {
  PlaceLine line{row.text(0), *value_of<PlaceKind>(row.text(1)),
                 row.text(2), std::move(number),
                 row.text(3), row.text(4),
                 row.text(5), row.text(6),
                 row.text(7)};
  if (line.name.empty()) {  // an entity known by its number alone
    line.name = line.number.empty() ? line.id : line.number;
  }
  return line;
}

/// The numbers of many places: of a page one by one, of a whole country in one reading.
std::vector<PlaceLine> lines_of(Transaction& t, const std::vector<store::Row>& rows) {
  constexpr std::size_t few = 500;
  std::unordered_map<std::string, std::string> numbers;
  if (rows.size() > few) {
    for (const auto& row :
         t.query("select place, number from place_number where to_day = :open and scheme in ('et', 'ej')",
                 {{"open", open_text}})) {
      numbers.emplace(row.text(0), row.text(1));
    }
  }
  std::vector<PlaceLine> lines;
  for (const auto& row : rows) {
    lines.push_back(line_of(row, rows.size() > few ? numbers[row.text(0)] : number_of(t, row.text(0))));
  }
  return lines;
}

std::optional<PlaceLine> line_of_place(Transaction& t, const std::string& id) {
  const auto rows = t.query("select " + line_columns + "where v.to_day = :open and p.id = :id",
                            {{"open", open_text}, {"id", id}});
  return rows.empty() ? std::nullopt : std::optional(line_of(rows.front(), number_of(t, id)));
}

Error not_found(const std::string& id) {
  return Error{ErrorKind::not_found, message("place.not_found", {{"id", shorten(id, 80)}}), {}};
}

/// A question as SQL. Parameters are texts of the question or our own; their names live as long as this.
class PlaceSql {
 public:
  PlaceSql(Transaction& t, const PlaceQuestion& question, const Territories& territories,
           const std::string& today)
      : question_(question) {
    bind("open", open_text);
    sql_ = "select " + line_columns + "where v.to_day = :open";
    if (!question.with_closed) {
      sql_ += " and v.closed = ''";
    }
    if (question.kind) {
      bind("kind", std::string(text_of(*question.kind)));
      sql_ += " and p.kind = :kind";
    }
    std::string health;
    for (std::size_t i = 0; i < territories.health.size(); ++i) {
      health += (i == 0 ? ":" : ", :") + bind("health" + std::to_string(i), territories.health[i]);
    }
    const auto words = words_of_question(question.words);
    sql_ += question.health_only ? " and v.category in (" + health + ")" : "";
    if (!question.within.empty()) {
      bind("hierarchy", std::string(text_of(question.hierarchy)));
      bind("within", question.within);
      bind("day", today);
      sql_ += " and v.place in " + places_within(":hierarchy", ":within", ":day");
    }
    if (!words.empty()) {
      sql_ += " and v.place in (" + having(t, words) + ")";
    }
    sql_ += " order by case p.kind when 'nation' then 0 when 'region' then 1 when 'ght' then 2 else 3 end";
    if (words.empty() && !question.health_only) {
      forget_health();
    } else {
      sql_ += ", case when v.category in (" + health + ") then 0 else 1 end";
    }
    bind("size", question.size + 1);
    bind("skip", question.page * question.size);
    sql_ += ", v.name, p.id limit :size offset :skip";
  }

  std::vector<store::Row> run(Transaction& t) const {
    std::vector<Binding> bindings;
    for (const auto& [name, value] : bound_) {
      bindings.push_back({name, value});
    }
    return t.query(sql_, bindings);
  }

 private:
  const std::string& bind(std::string name, store::Value value) {
    return bound_.emplace_back(std::move(name), std::move(value)).first;
  }

  void forget_health() {
    std::erase_if(bound_, [](const auto& one) { return one.first.starts_with("health"); });
  }

  /// The places that have all the words. The rarest leads: the others are looked up for its places only.
  std::string having(Transaction& t, std::vector<std::string> words) {
    constexpr std::int64_t common = 1'000;
    constexpr std::int64_t counted_at_most = 30'000;
    std::vector<std::pair<std::int64_t, std::string>> counted;
    for (std::string& word : words) {
      const auto rows = t.query(
          "select count(*) from (select 1 from place_word where word >= :word and word <= :last limit :most) "
          "begun",
          {{"word", word}, {"last", last_with(word)}, {"most", counted_at_most}});
      counted.emplace_back(rows.front().integer(0), std::move(word));
    }
    std::sort(counted.begin(), counted.end());
    const bool vague = counted.front().first >= common;
    std::string sql;
    for (std::size_t i = 0; i < counted.size(); ++i) {
      const std::string alias = "w" + std::to_string(i);
      bind(alias, counted[i].second);
      bind("last" + std::to_string(i), last_with(counted[i].second));
      const std::string having_it = "select " + alias + ".place from place_word " + alias + " where " +
                                    alias + ".word >= :" + alias + " and " + alias + ".word <= :last" +
                                    std::to_string(i);
      if (i == 0) {
        sql = having_it;
      } else {
        sql += " and exists (" + having_it + " and " + alias + ".place = w0.place)";
      }
    }
    // Of a question as vague as "centre hospitalier" alone, some answers are as good as others.
    const bool filtered = !question_.within.empty() || question_.kind || question_.health_only;
    if (!filtered && vague) {
      bind("some", common);
      sql += " limit :some";
    }
    return sql;
  }

  const PlaceQuestion& question_;
  std::string sql_;
  std::vector<std::pair<std::string, store::Value>> bound_;
};

}  // namespace

PlacePage Registry::find(const PlaceQuestion& question) const {
  PlacePage page;
  parts_.database.read([&](Transaction& t) {
    page.items = lines_of(t, PlaceSql(t, question, territories(), today()).run(t));
    page.more = static_cast<std::int64_t>(page.items.size()) > question.size;
    if (page.more) {
      page.items.pop_back();
    }
  });
  return page;
}

bool Registry::knows(const std::string& id) const {
  bool known = false;
  parts_.database.read(
      [&](Transaction& t) { known = !t.query("select id from place where id = :id", {{"id", id}}).empty(); });
  return known;
}

std::vector<std::string> Registry::within(const std::string& id, Hierarchy hierarchy, Instant at) const {
  std::vector<std::string> ids;
  parts_.database.read([&](Transaction& t) {
    const std::string node = "cast(:node as text)";
    for (const auto& row :
         t.query("select * from " + places_within(":hierarchy", node, ":day") + " as within",
                 {{"hierarchy", std::string(text_of(hierarchy))}, {"node", id}, {"day", day_of(at)}})) {
      ids.push_back(row.text(0));
    }
  });
  return ids;
}

Result<PlaceView> Registry::place(const std::string& id) const {
  std::optional<PlaceView> view;
  parts_.database.read([&](Transaction& t) {
    auto line = line_of_place(t, id);
    if (!line) {
      return;
    }
    view.emplace();
    view->line = std::move(*line);
    for (const auto& row : t.query("select " + column_list<PlaceVersion>() +
                                       " from place_version where place = :id order by from_day desc",
                                   {{"id", id}})) {
      auto version = from_row<PlaceVersion>(row);
      version.to_day == open_day ? void(view->facts = std::move(version))
                                 : view->history.push_back(std::move(version));
    }
    for (const auto& row : t.query("select " + column_list<PlaceNumber>() +
                                       " from place_number where place = :id and scheme in ('et', 'ej') "
                                       "order by from_day desc, number",
                                   {{"id", id}})) {
      view->numbers.push_back(from_row<PlaceNumber>(row));
    }
    for (const auto& row : t.query("select w.hierarchy, w.ancestor, coalesce(m.role, '') from place_within w "
                                   "left join membership m on "
                                   "m.hierarchy = w.hierarchy and m.place = w.place and m.parent = "
                                   "w.ancestor and m.to_day = :open where "
                                   "w.place = :id and w.to_day = :open order by w.hierarchy, w.ancestor",
                                   {{"id", id}, {"open", open_text}})) {
      if (auto ancestor = line_of_place(t, row.text(1))) {
        view->ancestors.push_back({*value_of<Hierarchy>(row.text(0)), std::move(*ancestor), row.text(2)});
      }
    }
    for (const auto& row :
         t.query("select " + column_list<Succession>() +
                     " from succession where place = :id or successor = :id order by day, place",
                 {{"id", id}})) {
      view->successions.push_back(from_row<Succession>(row));
    }
    for (const auto& row :
         t.query("select " + column_list<CapacityRow>() +
                     " from capacity where place = :id order by year desc, measure limit 200",
                 {{"id", id}})) {
      view->capacities.push_back(from_row<CapacityRow>(row));
    }
  });
  if (!view) {
    return not_found(id);
  }
  return std::move(*view);
}

Result<PlaceSummary> Registry::summary(const std::string& id, Hierarchy hierarchy, const std::string& day) {
  constexpr std::size_t most_kept = 2'000;
  const std::string asked = day.empty() ? today() : day;
  const std::string key = id + " " + std::string(text_of(hierarchy)) + " " + asked;
  std::shared_future<Summary> summary;  // made once, by whoever asks first
  parts_.database.read([&](Transaction& t) {
    std::promise<Summary> promise;
    const std::int64_t version = registry_version(t);
    {
      const std::lock_guard lock(mutex_);
      if (summaries_version_ != version || summaries_.size() > most_kept) {
        summaries_.clear();
        summaries_version_ = version;
      }
      const auto kept = summaries_.find(key);
      if (kept != summaries_.end()) {
        summary = kept->second;
        return;
      }
      summary = summaries_.emplace(key, promise.get_future().share()).first->second;
    }
    Summary made;  // nothing: no such place
    const auto settle = [&] {
      const std::lock_guard lock(mutex_);
      if (!made && summaries_version_ == version) {
        summaries_.erase(key);
      }
    };
    try {
      if (!t.query("select id from place where id = :id", {{"id", id}}).empty()) {
        made = std::make_shared<const PlaceSummary>(summarise(t, id, hierarchy, asked, territories()));
      }
    } catch (...) {
      settle();
      promise.set_exception(std::current_exception());
      throw;
    }
    settle();
    promise.set_value(made);
  });
  const Summary made = summary.get();
  return made ? Result<PlaceSummary>(*made) : not_found(id);
}

Result<PlaceView> Registry::add(PlaceKind kind, const std::string& name, const std::string& region) {
  const std::string words(trim(name));
  if (words.empty() || words.size() > 200 || !is_valid_utf8(words)) {
    return Error{ErrorKind::invalid, message("place.bad_name"), "name"};
  }
  if (kind != PlaceKind::grades && kind != PlaceKind::supplier) {
    return Error{ErrorKind::invalid, message("place.bad_kind"), "kind"};
  }
  const std::string id = mint_uuid(parts_.clock.now());
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    Changes changes;
    changes.places.push_back({id, kind});
    PlaceVersion version;
    version.place = id;
    version.from_day = today();
    version.source = "manual";
    version.name = words;
    changes.versions.push_back(std::move(version));
    if (!region.empty()) {
      if (t.query("select id from place where id = :id and kind = 'region'", {{"id", region}}).empty()) {
        return not_found(region);
      }
      changes.joined.push_back({Hierarchy::region, id, region, {}, today()});
    }
    apply(t, changes, today(), parts_.clock.now());
    return Done{};
  }));
  return place(id);
}

}  // namespace releve::registry
