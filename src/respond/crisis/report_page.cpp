// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/report_page.hpp"

#include "foundation/report/html.hpp"

namespace releve::crisis {

namespace {

constexpr std::string_view css = R"(
html { font: 9.5pt/1.35 "DejaVu Sans", sans-serif; overflow-wrap: break-word }
h1 { margin: 0; font-size: 15pt }
p { margin: 1mm 0 }
pre { margin: 4mm 0; font: inherit; white-space: pre-wrap; orphans: 3; widows: 3 }
.exercise { padding: 2mm; border: 0.6mm solid #000; font-weight: 700 }
.head { font-size: 8pt }
)";

/// The running lines of each page: which report of which hospital, and that it is an exercise.
std::string margins(const std::string& title, const std::string& exercise) {
  const auto box = [](std::string_view name, const std::string& content) {
    return "@" + std::string(name) + " { content: " + content + "; font-size: 9pt }\n";
  };
  return "@page { size: A4; margin: 18mm;\n" + box("top-right", report::css_string(exercise)) +
         box("bottom-left", report::css_string(title)) +
         box("bottom-right", "counter(page) \" / \" counter(pages)") + "}\n";
}

}  // namespace

std::string report_page(const LineRow& row, const Room& room, const std::string& facility,
                        const Voice& voice) {
  const Report& said = *row.line.deed->report;
  const std::string exercise = room.kind == RoomKind::exercise ? voice.say("room.document.exercise") : "";
  const std::string heading = voice.say("ui.room.report.title", {{"n", std::to_string(said.number)}});
  const std::string title = heading + " – " + facility;
  report::Html html;
  html.in("html", {{"lang", voice.language}}, [&] {
    html.in("head", [&] {
      html.lone("meta", {{"charset", "utf-8"}});
      html.text("title", title);
      html.style(std::string(css) + margins(title, exercise));
    });
    html.in("body", [&] {
      if (!exercise.empty()) {
        html.text("p", exercise, {{"class", "exercise"}});
      }
      html.text("h1", heading);
      html.text("p", facility + " – " + room.name);
      html.text("p", voice.moment(row.line.happened) + ", " +
                         voice.say("ui.room.report.approved", {{"who", said.approved_by}}));
      html.text("pre", said.text);
      html.text("p", voice.say("ui.room.report.head") + " " + said.head, {{"class", "head"}});
    });
  });
  return html.take();
}

}  // namespace releve::crisis
