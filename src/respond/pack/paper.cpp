// SPDX-License-Identifier: EUPL-1.2
#include "respond/pack/paper.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/base/text.hpp"
#include "foundation/report/qr.hpp"
#include "respond/pack/sheet.hpp"

#include <array>
#include <span>

namespace releve::pack {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

namespace {

struct Part {
  std::string_view id;
  std::string_view look;  // class of the section
  void (*write)(Sheet&);
};

// In the order of a night: who may say so, whom to call, what to do, then what to write on.
constexpr std::array<Part, 11> parts{{{"decisions", "part", write_decisions},
                                      {"directory", "part", write_directory},
                                      {"calls", "part", write_calls},
                                      {"cards", "part indexed", write_cards},
                                      {"services", "part indexed", write_services},
                                      {"forms", "part indexed", write_forms},
                                      {"messages", "part", write_messages},
                                      {"stores", "part", write_stores},
                                      {"trainings", "part", write_trainings},
                                      {"journal", "wide", write_journal},
                                      {"locations", "wide", write_locations}}};

std::string title_of(const Part& part) {
  return "pack.part." + std::string(part.id);
}

/// What stands in the margins of each page, and the letters.
std::string page_style(const Sheet& sheet) {
  const auto& adoption = sheet.version.adoption;
  const std::string in_force = adoption ? adoption->in_force : "";
  const std::string number = std::to_string(sheet.version.number);
  std::string css;
  for (const Letters& one : sheet.settings.letters) {
    css += "@font-face{font-family:Paper;font-weight:" + std::to_string(one.weight) + ";src:url(" +
           report::data_url("font/woff2", one.bytes) + ") format(\"woff2\")}\n";
  }
  css += "@page{@top-left{content:" + report::css_string(sheet.settings.name) + "}@bottom-left{content:" +
         report::css_string(sheet.say("pack.stamp", {{"number", number},
                                                     {"in_force", sheet.day(in_force)},
                                                     {"day", sheet.day(sheet.settings.day)}})) +
         "}@bottom-right{content:" + report::css_string(sheet.say("pack.page")) +
         " \" \" counter(page) \" / \" counter(pages)}}\n";
  return css;
}

void fact(Sheet& sheet, std::string_view code, const std::string& text) {
  if (text.empty()) {
    return;
  }
  sheet.html.in("tr", [&] { sheet.html.text("th", sheet.say(code)).text("td", text); });
}

void cover(Sheet& sheet) {
  report::Html& html = sheet.html;
  html.in("section", {{"class", "cover"}}, [&] {
    sheet.on_screen("");
    html.text("h1", sheet.say("ui.plan.title"));
    html.text("p", sheet.settings.name, {{"class", "facility"}});
    html.text("p", sheet.say("pack.what"));
    html.in("div", {{"class", "facts"}}, [&] {
      html.in("table", [&] {
        html.in("tbody", [&] {
          fact(sheet, "pack.version", std::to_string(sheet.version.number));
          if (sheet.version.adoption) {
            fact(sheet, "pack.adopted",
                 sheet.say("pack.adopted_by", {{"day", sheet.day(sheet.version.adoption->day)},
                                               {"director", sheet.version.adoption->director},
                                               {"reference", sheet.version.adoption->reference}}));
            fact(sheet, "pack.in_force", sheet.day(sheet.version.adoption->in_force));
          }
          fact(sheet, "pack.made", sheet.day(sheet.settings.day));
          fact(sheet, "ui.plan.field.room", sheet.plan.frame.room);
          fact(sheet, "ui.plan.field.other_room", sheet.plan.frame.other_room);
          fact(sheet, "ui.plan.field.channel", sheet.plan.frame.channel);
          fact(sheet, "ui.plan.field.next_review", sheet.day(sheet.plan.frame.next_review));
          fact(sheet, "ui.plan.field.note", sheet.plan.frame.note);
          fact(sheet, "pack.put_in_place", sheet.say("pack.put_in_place_line"));
        });
      });
    });
    html.text("h2", sheet.say("pack.contents"));
    html.in("table", {{"class", "contents"}}, [&] {
      html.in("tbody", [&] {
        for (const Part& part : parts) {
          html.in("tr", [&] {
            html.in("td", [&] {
              html.text("a", sheet.say(title_of(part)), {{"href", "#" + std::string(part.id)}});
            });
            sheet.page_of(std::string(part.id));
          });
        }
      });
    });
    html.text("p", sheet.say("pack.keep_safe"), {{"class", "quiet"}});
  });
}

std::string in_address(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-_.~/";
  std::string out;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out.append({'%', digits[code >> 4U], digits[code & 15U]});
    }
  }
  return out;
}

/// Parted at the end of no line; what is said beside it may be.
std::string whole_number(const std::string& phone) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string whole;
  for (std::size_t at = 0; at < phone.size(); ++at) {
    const bool within = phone[at] == ' ' && at > 0 && at + 1 < phone.size() && is_digit(phone[at - 1]) &&
                        is_digit(phone[at + 1]);
    whole += within ? "\u00a0" : phone.substr(at, 1);
  }
  return whole;
}

}  // namespace

std::string Sheet::day(const std::string& text) const {
  if (settings.language == "en" || text.size() != std::string_view("2026-11-26").size()) {
    return text;
  }
  return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

std::string Sheet::who(const std::string& id) const {
  const plan::CrisisContact* one = contact(id);
  return one == nullptr ? "—" : one->name + (one->post.empty() ? "" : ", " + one->post);
}

std::string Sheet::numbers(const std::string& id, std::string_view between) const {
  const plan::CrisisContact* one = contact(id);
  if (one == nullptr) {
    return "";
  }
  std::string both = whole_number(one->phone);
  if (!one->other_phone.empty()) {
    both.append(both.empty() ? "" : between).append(whole_number(one->other_phone));
  }
  return both;
}

std::string Sheet::capitalised(std::string text) {
  constexpr unsigned char latin_1 = 0xC3;  // first byte of U+00C0 to U+00FF: capitals 32 before their letters
  constexpr unsigned char step = 0x20;
  if (text.size() > 1 && static_cast<unsigned char>(text[0]) == latin_1) {
    const auto letter = static_cast<unsigned char>(text[1]);
    if (letter >= 0xA0 && letter <= 0xBE && letter != 0xB7) {
      text[1] = static_cast<char>(letter - step);
    }
  } else if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - step);
  }
  return text;
}

void Sheet::titles(std::initializer_list<Title> columns) {
  html.in("thead", [&] {
    html.in("tr", [&] {
      for (const Title& one : columns) {
        const std::string width = one.width.empty() ? "auto" : std::string(one.width);
        html.text("th", one.code.empty() ? "" : say(one.code),
                  {{"scope", "col"}, {"class", std::string(one.kind)}, {"style", "width:" + width}});
      }
    });
  });
}

void Sheet::on_screen(const std::string& place) {
  if (settings.origin.empty()) {
    return;
  }
  const std::string address = settings.origin + "/facilities/" + in_address(settings.facility) +
                              "/plan-in-force" + (place.empty() ? "" : "#" + in_address(place));
  html.in("div", {{"class", "screen"}}, [&] {
    html.lone("img", {{"alt", say("pack.qr", {{"address", address}})},
                      {"src", report::data_url("image/svg+xml", report::qr_svg(address))}});
    html.in("p", [&] { html.words(say("pack.on_screen")).lone("br").words(address); });
  });
}

std::string paper(const plan::OpenPlan& plan, const PaperSettings& settings, const Catalogue& catalogue) {
  Sheet sheet(plan, settings, catalogue);
  report::Html& html = sheet.html;
  html.in("html", {{"lang", settings.language}}, [&] {
    html.in("head", [&] {
      html.lone("meta", {{"charset", "utf-8"}});
      html.text("title", shorten(plan.document.frame.title, 200));
      html.style(embedded_files().front().bytes).style(page_style(sheet));
    });
    html.in("body", [&] {
      cover(sheet);
      for (const Part& part : parts) {
        html.in("section", {{"class", std::string(part.look)}, {"id", std::string(part.id)}}, [&] {
          html.text("h1", sheet.say(title_of(part)));
          part.write(sheet);
        });
      }
    });
  });
  return html.take();
}

}  // namespace releve::pack
