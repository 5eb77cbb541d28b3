// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/bulletin_page.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/report/html.hpp"

#include <algorithm>

namespace releve::crisis {

namespace {

constexpr std::size_t most_shown = 10;
constexpr std::size_t uuid_digits = 32;
constexpr std::size_t tag_digits = 24;

// Everything is below .bulletin: the room shows the same page inside its own.
constexpr std::string_view css = R"(
body { margin: 0; background: #fff; }
.bulletin { max-width: 42em; margin: 0 auto; padding: 1em; background: #fff; color: #111; font: 1.125em/1.5 sans-serif; overflow-wrap: break-word; word-wrap: break-word; }
.bulletin .facility { margin: 0; font-weight: bold; }
.bulletin .when { margin: 0 0 1em; color: #444; }
.bulletin h1 { margin: 0.6em 0 0.1em; font-size: 1.6em; line-height: 1.25; }
.bulletin h2, .bulletin h3 { margin: 1em 0 0.1em; font-size: 1.2em; line-height: 1.3; }
.bulletin p { margin: 0.5em 0; }
.bulletin ul { margin: 0.5em 0; padding-left: 1.3em; }
.bulletin .english { margin-top: 1.2em; padding-left: 0.8em; border-left: 4px solid #999; }
.bulletin .former { margin-top: 2em; border-top: 2px solid #111; }
.bulletin .exercise { margin: 0 0 1em; padding: 0.7em; border: 2px solid #0b2f66; color: #0b2f66; font-weight: bold; background: #fff; background: repeating-linear-gradient(-45deg, #fff 0, #fff 18px, #d8e6fa 18px, #d8e6fa 36px); }
)";

/// A line is a paragraph; lines that begin with a dash are a list.
void write_words(report::Html& html, std::string_view text) {
  const auto lines = split(text, '\n');
  const auto is_item = [](std::string_view line) { return line.starts_with("- "); };
  for (auto line = lines.begin(); line != lines.end();) {
    if (is_item(*line)) {
      const auto end = std::find_if_not(line, lines.end(), is_item);
      html.in("ul", [&] {
        std::for_each(line, end, [&](std::string_view item) { html.text("li", trim(item.substr(2))); });
      });
      line = end;
      continue;
    }
    if (const auto paragraph = trim(*line); !paragraph.empty()) {
      html.text("p", paragraph);
    }
    ++line;
  }
}

class Page {
 public:
  Page(const PublicPage& page, const Voice& voice) : page_(page), voice_(voice) {}

  std::string write() {
    html_.in("html", {{"lang", voice_.language}}, [&] {
      html_.in("head", [&] { head(); });
      html_.in("body", [&] { html_.in("div", {{"class", "bulletin"}}, [&] { body(); }); });
    });
    return html_.take();
  }

 private:
  std::string word(std::string_view what) const { return voice_.say("room.page." + std::string(what)); }

  void head() {
    html_.lone("meta", {{"charset", "utf-8"}});
    html_.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.lone("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", page_policy()}});
    if (page_.kind == RoomKind::exercise) {
      html_.lone("meta", {{"name", "robots"}, {"content", "noindex"}});
    }
    const std::string title =
        page_.told.empty() ? page_.facility : page_.told.front().bulletin.title + " – " + page_.facility;
    html_.text("title", page_.kind == RoomKind::exercise ? word("exercise_title") + " – " + title : title);
    html_.style(css);
  }

  void body() {
    html_.in("main", [&] {
      if (page_.kind == RoomKind::exercise) {
        html_.text("p", word("exercise"), {{"class", "exercise"}});
      }
      html_.text("p", page_.facility, {{"class", "facility"}});
      for (std::size_t i = 0; i < page_.told.size(); ++i) {
        if (i == 1) {
          html_.text("h2", word("former"), {{"class", "former"}});
        }
        bulletin(page_.told[i], i == 0);
      }
    });
  }

  void bulletin(const Told& one, bool newest) {
    const Bulletin& said = one.bulletin;
    html_.in("article", [&] {
      html_.text(newest ? "h1" : "h3", said.title);
      html_.text(
          "p",
          voice_.say(newest ? "room.page.updated" : "room.page.told", {{"moment", voice_.moment(one.at)}}),
          {{"class", "when"}});
      write_words(html_, said.text);
      if (!said.text_en.empty()) {
        html_.in("div", {{"class", "english"}, {"lang", "en"}}, [&] {
          if (!said.title_en.empty()) {
            html_.text(newest ? "h2" : "h3", said.title_en);
          }
          write_words(html_, said.text_en);
        });
      }
    });
  }

  const PublicPage& page_;
  const Voice& voice_;
  report::Html html_;
};

std::string undashed(std::string text) {
  std::erase(text, '-');
  return text;
}

}  // namespace

std::vector<Told> told_to_the_public(const Standings& standings) {
  std::vector<Told> list;
  for (const LineRow* one : standings.newest_first("bulletin/")) {
    const auto& bulletin = one->line.deed->bulletin;
    if (bulletin->state == BulletinState::published) {
      list.push_back({*bulletin, one->line.happened});
    }
  }
  list.resize(std::min(list.size(), most_shown));
  return list;
}

std::string write_page(const PublicPage& page, const Voice& voice) {
  return Page(page, voice).write();
}

std::string page_policy() {
  return "default-src 'none'; style-src 'sha256-" + to_base64(sha256(css)) +
         "'; base-uri 'none'; form-action 'none'";
}

// The address of a room's page is the identity of the room with a tag under the key of this instance: it is
// stored nowhere, stays the same whatever is corrected in the journal, and a made-up one is refused unread.

std::string Rooms::public_name(const std::string& room) const {
  return undashed(room) + parts_.key.tag("bulletin:" + room).substr(0, tag_digits);
}

std::optional<Room> Rooms::behind(std::string_view public_name) const {
  if (public_name.size() != uuid_digits + tag_digits) {
    return std::nullopt;
  }
  std::string id(public_name.substr(0, uuid_digits));
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
    id.insert(dash, 1, '-');
  }
  if (!equal_secret(public_name, this->public_name(id))) {
    return std::nullopt;
  }
  std::string facility;
  parts_.database.read([&](store::Transaction& t) {
    for (const auto& row : t.query("select facility from room where id = :id", {{"id", id}})) {
      facility = row.text(0);
    }
  });
  auto room = find(facility, id);
  return room.ok() ? std::optional(std::move(room).value()) : std::nullopt;
}

}  // namespace releve::crisis
