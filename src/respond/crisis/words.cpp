// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/words.hpp"

#include <cmath>

namespace releve::crisis {

namespace {

std::string say(const Voice& voice, std::string_view what, std::vector<Param> params = {}) {
  return voice.say("room.words." + std::string(what), std::move(params));
}

template <NamedEnum E>
std::string name(const Voice& voice, std::string_view kind, E value) {
  return say(voice, std::string(kind) + "." + std::string(text_of(value)));
}

/// " — by whom", when it is known.
std::string more(const Voice& voice, std::string_view what, const std::string& value) {
  return value.empty() ? "" : " " + say(voice, what, {{"what", value}});
}

std::string more(const Voice& voice, std::string_view what, const std::optional<Instant>& at) {
  return at ? more(voice, what, voice.moment(*at)) : "";
}

std::string of(const Voice& v, const Opening& one) {
  return say(v, "opening", {{"kind", name(v, "kind", one.kind)}, {"level", name(v, "level", one.level)}});
}

std::string of(const Voice& v, const LevelChange& one) {
  return say(v, "level_change", {{"level", name(v, "level", one.level)}}) + more(v, "by", one.decided_by) +
         more(v, "reason", one.reason);
}

std::string of(const Voice& v, const Impact& one) {
  std::string text = say(v, "impact", {{"name", one.name}, {"state", name(v, "state", one.state)}});
  if (one.cause != Cause::unknown) {
    text += more(v, "because", name(v, "cause", one.cause));
  }
  if (one.capacity) {
    text += more(v, "capacity", std::to_string(static_cast<int>(std::lround(*one.capacity * 100))));
  }
  return text + (one.transfers ? more(v, "transfers", std::to_string(*one.transfers)) : "");
}

std::string of(const Voice& v, const Task& one) {
  return say(v, "task", {{"title", one.title}, {"state", name(v, "task_state", one.state)}}) +
         more(v, "for", one.whose) + more(v, "until", one.due);
}

std::string of(const Voice& v, const Tick& one) {
  return say(v, one.done ? "ticked" : "unticked", {{"text", one.text}});
}

std::string of(const Voice& v, const Decision& one) {
  return say(v, "decision", {{"title", one.title}, {"state", name(v, "decision_state", one.state)}}) +
         more(v, "by", one.decided_by) + more(v, "authority", one.authority) + more(v, "reason", one.reason) +
         more(v, "care_cost", one.care_cost) + more(v, "review", one.review);
}

std::string of(const Voice& v, const Presence& one) {
  return say(v, "presence", {{"person", one.person}, {"state", name(v, "presence_state", one.state)}}) +
         more(v, "in", one.cell) + more(v, "as", one.function) + more(v, "expected", one.expected);
}

std::string of(const Voice& v, const Handover& one) {
  return say(v, one.acknowledged ? "taken_over" : "handed_over",
             {{"leaves", one.leaves}, {"comes", one.comes}}) +
         more(v, "in", one.cell);
}

std::string of(const Voice& v, const Request& one) {
  return say(v, "request",
             {{"what", (one.quantity > 0 ? std::to_string(one.quantity) + " × " : "") + one.what},
              {"state", name(v, "request_state", one.state)}}) +
         more(v, "whom", one.whom) + more(v, "answer", one.answer);
}

std::string of(const Voice& v, const Placement& one) {
  return say(v, "placement", {{"number", one.number}, {"state", name(v, "placement_state", one.state)}}) +
         more(v, "in", one.service) + more(v, "bed", one.bed) + more(v, "destination", one.destination);
}

std::string of(const Voice& v, const Milestone& one) {
  return say(v, "milestone", {{"event", one.label.empty() ? one.event : one.label}});
}

std::string of(const Voice& v, const Notice& one) {
  return say(v, "notice",
             {{"obligation", one.label.empty() ? one.obligation : one.label},
              {"state", name(v, "notice_state", one.state)}}) +
         more(v, "whom", one.whom) + more(v, "how", one.how) + more(v, "reference", one.reference);
}

std::string of(const Voice& v, const Report& one) {
  return say(v, "report", {{"number", std::to_string(one.number)}}) + more(v, "by", one.approved_by);
}

std::string of(const Voice& v, const Joined& one) {
  return say(v, "joined", {{"node", one.node}, {"lines", std::to_string(one.lines)}, {"head", one.head}}) +
         (one.ahead_min > 0 ? more(v, "ahead", std::to_string(one.ahead_min)) : "");
}

std::string of(const Voice& v, const Closing& one) {
  return say(v, "closing") + more(v, "lessons", one.lessons);
}

std::string of(const Voice& v, const Bulletin& one) {
  return say(v, "bulletin",
             {{"number", std::to_string(one.number)},
              {"state", name(v, "bulletin_state", one.state)},
              {"title", one.title}}) +
         more(v, "by", one.approved_by);
}

}  // namespace

std::string words_of(const Deed& deed, const Voice& voice) {
  std::string text;
  for_each_field<Deed>([&](const auto& field) {
    const auto& one = deed.*std::remove_cvref_t<decltype(field)>::member;
    if (one) {
      text = of(voice, *one);
    }
  });
  return text;
}

}  // namespace releve::crisis
