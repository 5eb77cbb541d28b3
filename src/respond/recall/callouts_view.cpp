// SPDX-License-Identifier: EUPL-1.2
// Call-outs as the room sees them.
#include "respond/recall/callouts.hpp"
#include "respond/recall/rows.hpp"
#include "respond/recall/standing_of.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::recall {

using store::Transaction;

namespace {

/// Behind the address, in a text that is only shown.
constexpr const char* any_token = "…";

/// What a text message to be sent by hand has in the place of a personal link.
constexpr const char* link_place = "{link}";

/// An address that leads nowhere but to the machine that it is opened on.
bool leads_to_nobody(const std::string& origin) {
  const std::string_view host =
      std::string_view(origin).substr(std::min(origin.size(), origin.find("//") + 2));
  return host.starts_with("127.") || host.starts_with("[::1]") || host == "localhost" ||
         host.starts_with("localhost:") || host.starts_with("0.0.0.0");
}

std::string link_of(const std::string& origin, const std::string& token) {
  return origin + "/answer#" + token;
}

/// Empty: whoever gets it could not open it.
std::string sent_link(const std::string& origin, const std::string& token) {
  return leads_to_nobody(origin) ? "" : link_of(origin, token);
}

struct Words {
  std::string subject;
  std::string mail;
  std::string text;
};

Words words_for(const crisis::Voice& voice, const crisis::Room& room, const std::string& facility,
                const Said& said, const std::string& person, const std::string& link, bool reminder) {
  const std::string_view ends = said.message;
  const bool ended = ends.empty() || ends.ends_with("…") ||
                     std::string_view(".!?").find(ends.back()) != std::string_view::npos;
  const std::string place =
      (ended ? "" : ".") +
      (said.place.empty() ? "" : " " + voice.say("recall.place", {{"place", said.place}}));
  std::string prefix = room.kind == crisis::RoomKind::exercise ? voice.say("recall.exercise") + " " : "";
  prefix += reminder ? voice.say("recall.reminder") + " " : "";
  const std::vector<Param> params{{"facility", facility}, {"message", said.message},
                                  {"place", place},       {"link", link},
                                  {"person", person},     {"at", voice.moment(room.opened)}};
  return {prefix + voice.say("recall.subject", params),
          prefix + voice.say(link.empty() ? "recall.mail_without_link" : "recall.mail", params),
          prefix + voice.say(link.empty() ? "recall.text_without_link" : "recall.text", params)};
}

CallState call_state(const crisis::Standings& standings, const StoredCalled& called,
                     const std::vector<SendingRow>& sendings) {
  switch (state_in(standings, called)) {
    case PresenceState::coming:
      return CallState::coming;
    case PresenceState::present:
      return CallState::present;
    case PresenceState::left:
      return CallState::left;
    case PresenceState::unavailable:
      return CallState::unavailable;
    case PresenceState::called:
      break;
  }
  const bool none_arrived = std::all_of(sendings.begin(), sendings.end(), [](const SendingRow& one) {
    return one.state == SendingState::failed;
  });
  return called.reached                      ? CallState::reached
         : none_arrived && !sendings.empty() ? CallState::failed
                                             : CallState::called;
}

std::vector<Gauge> list_of(std::map<std::string, Gauge>& by_name) {
  std::vector<Gauge> list;
  for (auto& [name, gauge] : by_name) {
    if (!name.empty()) {
      gauge.name = name;
      list.push_back(gauge);
    }
  }
  return list;
}

void count(Gauge& gauge, CallState state) {
  ++gauge.called;
  gauge.coming += state == CallState::coming ? 1 : 0;
  gauge.present += state == CallState::present ? 1 : 0;
  gauge.unavailable += state == CallState::unavailable || state == CallState::left ? 1 : 0;
}

Recipient recipient_of(const Callee& one, const ChannelSettings& settings) {
  return {one.who,
          one.person,
          one.post,
          one.cell,
          one.unit,
          settings.has(Channel::mail) ? one.contact.mail : "",
          settings.has(Channel::gateway) ? one.contact.mobile : "",
          one.contact.mobile.empty() ? one.contact.phone : one.contact.mobile};
}

}  // namespace

Parcel Callouts::parcel_of(const StoredCallout& callout, const StoredCalled& called, Channel channel,
                           bool reminder) const {
  const auto room = parts_.rooms.find(callout.facility, callout.room);
  const Contact contact = unsealed(called);
  const std::string link = sent_link(callout.origin, token_of(called.id));
  const std::string facility = parts_.name_of(callout.facility);
  const Words words =
      words_for(parts_.rooms.voice(callout.facility, callout.language), room ? *room : crisis::Room{},
                facility, said(callout), called.person, link, reminder);
  const bool mail = channel == Channel::mail;
  return {.id = {},
          .to = mail ? contact.mail : contact.mobile,
          .subject = words.subject,
          .text = mail ? words.mail : words.text,
          .link = link,
          .facility = facility,
          .reminder = reminder,
          .at = parts_.clock.now()};
}

std::vector<Finding> Callouts::findings_of(const crisis::Room& room, const CalloutOrder& order,
                                           const Asking& asking) const {
  Findings findings;
  const ChannelSettings settings = parts_.channels.in_force();
  if (leads_to_nobody(asking.origin) && (settings.has(Channel::mail) || settings.has(Channel::gateway))) {
    findings.add(Severity::warning, message("recall.no_link", {{"address", asking.origin}}));
  }
  if (const auto plan = parts_.plan(room.facility)) {
    for (const plan::CrisisRole& role :
         called_by_plan(*plan, order.selection, today(room.facility)).nobody_for) {
      findings.add(Severity::warning, message("recall.nobody_for_role", {{"role", role.name}}));
    }
  }
  return findings.take();
}

Result<CalloutPreview> Callouts::preview(const crisis::Room& room, const CalloutOrder& order,
                                         const Asking& asking) const {
  const auto people = TRY(callees(room, order));
  const ChannelSettings settings = parts_.channels.in_force();
  const crisis::Voice voice = parts_.rooms.voice(room.facility, asking.language);
  Words words = words_for(voice, room, parts_.name_of(room.facility), {order.message, order.place},
                          people.front().person, sent_link(asking.origin, any_token), false);
  CalloutPreview preview;
  preview.subject = std::move(words.subject);
  preview.mail = std::move(words.mail);
  preview.text = std::move(words.text);
  preview.has_mail = settings.has(Channel::mail);
  preview.has_gateway = settings.has(Channel::gateway);
  for (const Callee& one : people) {
    Recipient recipient = recipient_of(one, settings);
    preview.by_mail += recipient.mail.empty() ? 0 : 1;
    preview.by_gateway += recipient.gateway.empty() ? 0 : 1;
    preview.by_hand += recipient.mail.empty() && recipient.gateway.empty() ? 1 : 0;
    preview.recipients.push_back(std::move(recipient));
  }
  preview.findings = findings_of(room, order, asking);
  return preview;
}

CallChoices Callouts::choices(const std::string& facility) const {
  const ChannelSettings settings = parts_.channels.in_force();
  CallChoices choices;
  choices.has_mail = settings.has(Channel::mail);
  choices.has_gateway = settings.has(Channel::gateway);
  const auto plan = parts_.plan(facility);
  choices.has_plan = plan.has_value();
  if (!plan) {
    return choices;
  }
  const std::string day = today(facility);
  const Selection usual = usual_selection(*plan, day);
  const auto name_of = [](const auto& items, const std::string& id) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& one) { return one.id == id; });
    return found == items.end() ? std::string() : found->name;
  };
  for (const plan::CrisisRole& role : plan->roles) {
    const auto people = people_of(*plan, role);
    choices.roles.push_back(
        {role.id, name_of(plan->cells, role.cell), role.name, people.empty() ? "" : people.front()->name,
         static_cast<std::int64_t>(role.deputies.size()),
         std::find(usual.roles.begin(), usual.roles.end(), role.id) != usual.roles.end()});
  }
  for (const Callee& one : called_by_plan(*plan, {.usual = true}, day).people) {
    choices.usual.push_back(recipient_of(one, settings));
  }
  return choices;
}

RecallView Callouts::view(const crisis::Room& room) const {
  std::vector<StoredCallout> callouts;
  std::vector<StoredCalled> called;
  std::map<std::string, std::vector<SendingRow>> sendings;
  parts_.database.read([&](Transaction& t) {
    callouts = callouts_of(t, room.id);
    called = called_from(t, room.id);
    for (StoredSending& one : sendings_from(t, room.id)) {
      sendings[one.called].push_back(
          {one.channel, one.reminder, one.state, one.tries, one.ended, std::move(one.why)});
    }
  });
  const auto standings = parts_.rooms.standings(room);
  std::map<std::string, const StoredCalled*> by_id;
  std::map<std::string, CalloutRow*> callout_of;
  std::map<std::string, std::string> origin_of;
  RecallView view;
  view.callouts.reserve(callouts.size());
  for (const StoredCallout& one : callouts) {
    Said words = said(one);
    std::string text =
        words_for(parts_.rooms.voice(room.facility, one.language), room, parts_.name_of(room.facility), words,
                  {}, leads_to_nobody(one.origin) ? "" : link_place, false)
            .text;
    callout_of[one.id] = &view.callouts.emplace_back(
        CalloutRow{one.id, std::move(words.message), std::move(words.place), one.begun, one.begun_by,
                   one.deputies_after, 0, std::move(text)});
    origin_of[one.id] = one.origin;
  }
  std::map<std::string, Gauge> units;
  std::map<std::string, Gauge> skills;
  std::map<std::string, CallState> now_is;  // by person: where the newest call stands
  for (const StoredCalled& one : called) {
    by_id[one.id] = &one;
    ++callout_of.at(one.callout)->people;
    const auto& sent = sendings[one.id];
    CalledRow row{.id = one.id,
                  .callout = one.callout,
                  .who = one.who,
                  .person = one.person,
                  .site = one.site,
                  .unit = one.unit,
                  .cell = one.cell,
                  .post = one.post,
                  .skills = one.skills,
                  .contact = unsealed(one),
                  .link = link_of(origin_of[one.callout], token_of(one.id)),
                  .state = call_state(*standings, one, sent),
                  .called = one.called,
                  .sendings = sent};
    if (row.state == CallState::coming) {
      row.expected = attendance_of(*standings, one)->line.deed->presence->expected;
    }
    if (const auto before = by_id.find(one.in_place_of); before != by_id.end()) {
      row.in_place_of = before->second->person;
    }
    now_is[one.person] = row.state;
    view.people.push_back(std::move(row));
  }
  std::set<std::string> counted;  // who was called twice is one person
  for (const CalledRow& one : view.people) {
    if (counted.insert(one.person).second) {
      const CallState state = now_is.at(one.person);
      count(view.all, state);
      count(units[one.cell.empty() ? one.unit : one.cell], state);
      for (const std::string& skill : one.skills) {
        count(skills[skill], state);
      }
    }
  }
  view.units = list_of(units);
  view.skills = list_of(skills);
  return view;
}

}  // namespace releve::recall
