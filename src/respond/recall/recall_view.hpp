// SPDX-License-Identifier: EUPL-1.2
// A recall as it is seen: before it is sent, while people answer, and by each who is called.
#pragma once

#include "foundation/base/message.hpp"
#include "respond/recall/channels.hpp"
#include "respond/recall/choice.hpp"
#include "respond/recall/stored.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::recall {

/// One person before the call: who receives what.
struct Recipient {
  std::string who;
  std::string person;
  std::string post;
  std::string cell;
  std::string unit;
  std::string mail;     // a mail goes there; empty: none
  std::string gateway;  // the gateway is given this number; empty: none
  std::string phone;    // to be called by hand when nothing is sent
};

struct CalloutPreview {
  std::vector<Recipient> recipients;
  std::int64_t by_mail = 0;
  std::int64_t by_gateway = 0;
  std::int64_t by_hand = 0;  // nothing is sent to them
  std::string subject;
  std::string mail;  // word by word, the link apart
  std::string text;
  bool has_mail = false;  // a channel is set
  bool has_gateway = false;
  std::vector<Finding> findings;
};

/// Where somebody who was called stands. Of what the journal says, it is the last word.
enum class CallState { called, reached, coming, present, left, unavailable, failed };

constexpr auto describe(CallState*) {
  using enum CallState;
  return Names{name(called, "called"),   name(reached, "reached"), name(coming, "coming"),
               name(present, "present"), name(left, "left"),       name(unavailable, "unavailable"),
               name(failed, "failed")};
}

struct SendingRow {
  Channel channel = Channel::mail;
  bool reminder = false;
  SendingState state = SendingState::waiting;
  std::int64_t tries = 0;
  std::optional<Instant> ended;
  std::string why;
};

struct CalledRow {
  std::string id;
  std::string callout;
  std::string who;
  std::string person;
  std::string site;
  std::string unit;
  std::string cell;
  std::string post;
  std::vector<std::string> skills;
  Contact contact;
  std::string link;  // for a text message from one's own telephone
  CallState state = CallState::called;
  std::optional<Instant> expected;
  Instant called{};
  std::string in_place_of;  // name; empty: called first
  std::vector<SendingRow> sendings;
};

struct CalloutRow {
  std::string id;
  std::string message;
  std::string place;
  Instant begun{};
  std::string begun_by;
  std::optional<std::int64_t> deputies_after;
  std::int64_t people = 0;
  std::string text;  // what the gateway is given, {link} for the link of each; without one that leads nowhere
};

/// How many of a unit, or with a skill, have answered what.
struct Gauge {
  std::string name;
  std::int64_t called = 0;  // all of them
  std::int64_t coming = 0;
  std::int64_t present = 0;
  std::int64_t unavailable = 0;
};

struct RecallView {
  std::vector<CalloutRow> callouts;
  std::vector<CalledRow> people;
  Gauge all;
  std::vector<Gauge> units;
  std::vector<Gauge> skills;
};

/// A role of the plan as it can be ticked.
struct RoleChoice {
  std::string role;
  std::string cell;
  std::string name;
  std::string holder;  // name, of the first deputy where there is no holder; empty: nobody
  std::int64_t deputies = 0;
  bool usual = false;
};

struct CallChoices {
  std::vector<RoleChoice> roles;
  std::vector<Recipient> usual;  // who "the decision cell, the cyber cell and the director on call" are
  bool has_plan = false;
  bool has_mail = false;
  bool has_gateway = false;
};

/// What somebody sees who opens a personal link: nothing of the room.
struct AnswerPage {
  std::string facility;
  std::string person;
  bool exercise = false;
  std::string message;
  std::string place;
  CallState state = CallState::called;
  std::optional<Instant> expected;
  Instant now{};
};

constexpr auto describe(Recipient*) {
  return Fields{field<&Recipient::who>("staff or contact"),
                field<&Recipient::person>("name"),
                field<&Recipient::post>("function"),
                field<&Recipient::cell>("cell of the plan"),
                field<&Recipient::unit>("service or unit"),
                field<&Recipient::mail>("a mail goes there; empty: none"),
                field<&Recipient::gateway>("number given to the gateway; empty: none"),
                field<&Recipient::phone>("number to call by hand")};
}

constexpr auto describe(CalloutPreview*) {
  return Fields{field<&CalloutPreview::recipients>("who"),
                field<&CalloutPreview::by_mail>("how many mails"),
                field<&CalloutPreview::by_gateway>("how many numbers for the gateway"),
                field<&CalloutPreview::by_hand>("people to whom nothing is sent"),
                field<&CalloutPreview::subject>("of the mails"),
                field<&CalloutPreview::mail>("word by word, the link apart"),
                field<&CalloutPreview::text>("what the gateway is given, the link apart"),
                field<&CalloutPreview::has_mail>("a mail server is set"),
                field<&CalloutPreview::has_gateway>("a gateway is set"),
                field<&CalloutPreview::findings>("what is to be looked at")};
}

constexpr auto describe(SendingRow*) {
  return Fields{
      field<&SendingRow::channel>("by what"),         field<&SendingRow::reminder>("or the first call"),
      field<&SendingRow::state>("where it stands"),   field<&SendingRow::tries>("how often"),
      field<&SendingRow::ended>("taken or given up"), field<&SendingRow::why>("it was not taken")};
}

constexpr auto describe(CalledRow*) {
  return Fields{field<&CalledRow::id>("identity"),
                field<&CalledRow::callout>("in which call-out"),
                field<&CalledRow::who>("staff or contact"),
                field<&CalledRow::person>("name"),
                field<&CalledRow::site>("where"),
                field<&CalledRow::unit>("service or unit"),
                field<&CalledRow::cell>("cell of the plan"),
                field<&CalledRow::post>("function"),
                field<&CalledRow::skills>("what he or she can do"),
                field<&CalledRow::contact>("how to reach"),
                field<&CalledRow::link>("personal link"),
                field<&CalledRow::state>("where he or she stands"),
                field<&CalledRow::expected>("on the way: when"),
                field<&CalledRow::called>("when"),
                field<&CalledRow::in_place_of>("who was called before; empty: nobody"),
                field<&CalledRow::sendings>("what was sent")};
}

constexpr auto describe(CalloutRow*) {
  return Fields{
      field<&CalloutRow::id>("identity"),
      field<&CalloutRow::message>("what was said"),
      field<&CalloutRow::place>("where to come"),
      field<&CalloutRow::begun>("when"),
      field<&CalloutRow::begun_by>("by whom"),
      field<&CalloutRow::deputies_after>("minutes until a deputy is called; null: never by itself"),
      field<&CalloutRow::people>("called"),
      field<&CalloutRow::text>("a text message for one's own telephone; {link} is that of whoever gets it")};
}

constexpr auto describe(Gauge*) {
  return Fields{field<&Gauge::name>("unit or skill"), field<&Gauge::called>("all of them"),
                field<&Gauge::coming>("on the way"), field<&Gauge::present>("there"),
                field<&Gauge::unavailable>("unavailable, or gone")};
}

constexpr auto describe(RecallView*) {
  return Fields{field<&RecallView::callouts>("newest first"),
                field<&RecallView::people>("as they were called"), field<&RecallView::all>("of everybody"),
                field<&RecallView::units>("of units and cells"), field<&RecallView::skills>("of skills")};
}

constexpr auto describe(RoleChoice*) {
  return Fields{field<&RoleChoice::role>("id in the plan"), field<&RoleChoice::cell>("its cell"),
                field<&RoleChoice::name>("name"),           field<&RoleChoice::holder>("who; empty: nobody"),
                field<&RoleChoice::deputies>("how many"),   field<&RoleChoice::usual>("called first")};
}

constexpr auto describe(CallChoices*) {
  return Fields{field<&CallChoices::roles>("in the plan's order"),
                field<&CallChoices::usual>("decision cell, cyber cell and director on call"),
                field<&CallChoices::has_plan>("a plan is in force"),
                field<&CallChoices::has_mail>("a mail server is set"),
                field<&CallChoices::has_gateway>("a gateway is set")};
}

constexpr auto describe(AnswerPage*) {
  return Fields{
      field<&AnswerPage::facility>("its name"),          field<&AnswerPage::person>("who is called"),
      field<&AnswerPage::exercise>("not a real crisis"), field<&AnswerPage::message>("what is said"),
      field<&AnswerPage::place>("where to come"),        field<&AnswerPage::state>("what was answered"),
      field<&AnswerPage::expected>("on the way: when"),  field<&AnswerPage::now>("time of the server")};
}

}  // namespace releve::recall
