// SPDX-License-Identifier: EUPL-1.2
// The digital white plan of a facility as one value: the digital volume of its plan blanc, not a plan of its
// own (dsih.fr 5209). A draft of it is edited item by item; an adopted version never changes.
#pragma once

#include "prepare/plan/people.hpp"

namespace releve::plan {

enum class Phase { alert, mobilise, contain, degraded, evict, rebuild, reconnect, close };

constexpr auto describe(Phase*) {
  using enum Phase;
  return Names{name(alert, "alert"),         name(mobilise, "mobilise"), name(contain, "contain"),
               name(degraded, "degraded"),   name(evict, "evict"),       name(rebuild, "rebuild"),
               name(reconnect, "reconnect"), name(close, "close")};
}

/// What one role does in one phase (fiche réflexe): one line, one gesture, to be ticked.
struct ActionCard {
  std::string id;
  Revision revision;
  std::string role;  // empty: everybody
  Phase phase = Phase::alert;
  std::string title;
  std::vector<std::string> lines;
  std::string source;
  bool operator==(const ActionCard&) const = default;
};

/// Time without information system. Procedures made for short outages stop working after about three days
/// (weliom.fr): hence one for each of these.
enum class Horizon { h2, h8, h24, h72, w1, w4 };

constexpr auto describe(Horizon*) {
  using enum Horizon;
  return Names{name(h2, "h2"),   name(h8, "h8"), name(h24, "h24"),
               name(h72, "h72"), name(w1, "w1"), name(w4, "w4")};
}

inline constexpr std::size_t horizon_count = 6;

/// How a service works until this horizon.
struct DegradedMode {
  Horizon horizon = Horizon::h2;
  std::optional<double> capacity;  // share kept, 0..1, as the cartography said when this was written
  bool assumed = true;             // nobody of the service has confirmed it
  std::string procedure;
  std::vector<std::string> forms;
  std::vector<std::string> stocks;
  bool operator==(const DegradedMode&) const = default;
};

/// A care service on one sheet. Its id is the service's in the cartography.
struct ServiceSheet {
  std::string id;
  Revision revision;
  std::string name;
  std::string sector;
  std::string lead;                       // a contact
  std::vector<std::string> applications;  // by name: without them it works degraded
  std::vector<DegradedMode> modes;        // in the order of their horizons, each at most once
  bool operator==(const ServiceSheet&) const = default;
};

/// A form on paper.
struct PaperForm {
  std::string id;
  Revision revision;
  std::string name;
  std::string purpose;
  std::vector<std::string> fields;
  std::vector<std::string> columns;  // of its table, where several entries stand one below the other
  std::int64_t copies = 0;
  std::string place;
  bool operator==(const PaperForm&) const = default;
};

enum class Audience { staff, patients, press, partners };

constexpr auto describe(Audience*) {
  return Names{name(Audience::staff, "staff"), name(Audience::patients, "patients"),
               name(Audience::press, "press"), name(Audience::partners, "partners")};
}

struct ReadyMessage {
  std::string id;
  Revision revision;
  Audience audience = Audience::staff;
  Phase phase = Phase::alert;
  std::string title;
  std::string text;
  bool operator==(const ReadyMessage&) const = default;
};

/// Paper and things kept ready in one place.
struct PaperKit {
  std::string id;
  Revision revision;
  std::string name;
  std::string place;
  std::string keeper;  // a contact
  std::vector<std::string> contents;
  std::string checked;
  bool operator==(const PaperKit&) const = default;
};

struct StockItem {
  std::string id;
  Revision revision;
  std::string name;
  std::string place;
  std::string unit;
  double quantity = 0;
  double least = 0;  // below it, it is to be filled up
  std::string checked;
  bool operator==(const StockItem&) const = default;
};

struct TrainingItem {
  std::string id;
  Revision revision;
  std::string name;
  std::string audience;
  std::string content;
  std::string last_held;
  std::string next;
  bool operator==(const TrainingItem&) const = default;
};

/// What is said once for the whole plan.
struct PlanFrame {
  Revision revision;
  std::string title;
  std::string room;        // where the crisis cell meets
  std::string other_room;  // where it meets when it cannot
  std::string channel;     // how the cells talk without the hospital's network
  std::string next_review;
  std::int64_t check_months = 0;  // a number or kit not checked for longer is stale; 0: never
  std::string note;
  bool operator==(const PlanFrame&) const = default;
};

struct PlanDocument {
  PlanFrame frame;
  std::vector<Criterion> criteria;
  std::vector<Delegation> delegations;
  std::vector<CrisisCell> cells;
  std::vector<CrisisRole> roles;
  std::vector<CrisisContact> contacts;
  std::vector<CallBranch> calls;
  std::vector<ActionCard> cards;
  std::vector<ServiceSheet> services;
  std::vector<PaperForm> forms;
  std::vector<ReadyMessage> messages;
  std::vector<PaperKit> kits;
  std::vector<StockItem> stocks;
  std::vector<TrainingItem> trainings;
  bool operator==(const PlanDocument&) const = default;
};

// -- descriptions -------------------------------------------------------------------------------------

constexpr auto describe(ActionCard*) {
  return Fields{field<&ActionCard::id>("identity; empty: a new one", rules::id),
                field<&ActionCard::revision>("as it was seen", rules::revision),
                field<&ActionCard::role>("whose; empty: everybody's", rules::id),
                field<&ActionCard::phase>("when"),
                field<&ActionCard::title>("title", rules::title),
                field<&ActionCard::lines>("one gesture each, verb first", rules::list),
                field<&ActionCard::source>("where it comes from", rules::text)};
}

constexpr auto describe(DegradedMode*) {
  return Fields{field<&DegradedMode::horizon>("until then"),
                field<&DegradedMode::capacity>("share of capacity kept", {.minimum = 0, .maximum = 1}),
                field<&DegradedMode::assumed>("nobody of the service has confirmed it", {.optional = true}),
                field<&DegradedMode::procedure>("how care goes on", rules::text),
                field<&DegradedMode::forms>("forms that it needs", rules::list),
                field<&DegradedMode::stocks>("stocks that it needs", rules::list)};
}

constexpr auto describe(ServiceSheet*) {
  return Fields{
      field<&ServiceSheet::id>("the service's in the cartography; empty: it is not there", rules::id),
      field<&ServiceSheet::revision>("as it was seen", rules::revision),
      field<&ServiceSheet::name>("name", rules::title),
      field<&ServiceSheet::sector>("kind of care", rules::line),
      field<&ServiceSheet::lead>("who answers for it: a contact", rules::id),
      field<&ServiceSheet::applications>("what it works with, by name", rules::list),
      field<&ServiceSheet::modes>("one for each horizon", {.max_length = horizon_count, .optional = true})};
}

constexpr auto describe(PaperForm*) {
  return Fields{
      field<&PaperForm::id>("identity; empty: a new one", rules::id),
      field<&PaperForm::revision>("as it was seen", rules::revision),
      field<&PaperForm::name>("name", rules::title),
      field<&PaperForm::purpose>("what it is for", rules::text),
      field<&PaperForm::fields>("what is written on it once", rules::list),
      field<&PaperForm::columns>("of its table, an entry a row; empty: none", rules::list),
      field<&PaperForm::copies>("printed and ready", {.minimum = 0, .maximum = 1'000'000, .optional = true}),
      field<&PaperForm::place>("where they are", rules::line)};
}

constexpr auto describe(ReadyMessage*) {
  return Fields{field<&ReadyMessage::id>("identity; empty: a new one", rules::id),
                field<&ReadyMessage::revision>("as it was seen", rules::revision),
                field<&ReadyMessage::audience>("to whom"),
                field<&ReadyMessage::phase>("when"),
                field<&ReadyMessage::title>("title", rules::title),
                field<&ReadyMessage::text>("the words", rules::text)};
}

constexpr auto describe(PaperKit*) {
  return Fields{field<&PaperKit::id>("identity; empty: a new one", rules::id),
                field<&PaperKit::revision>("as it was seen", rules::revision),
                field<&PaperKit::name>("name", rules::title),
                field<&PaperKit::place>("where it is", rules::line),
                field<&PaperKit::keeper>("who looks after it: a contact", rules::id),
                field<&PaperKit::contents>("what is in it", rules::list),
                field<&PaperKit::checked>("day on which it was last opened and checked", rules::day)};
}

constexpr auto describe(StockItem*) {
  constexpr Rules amount{.minimum = 0, .maximum = 1e9, .optional = true};
  return Fields{field<&StockItem::id>("identity; empty: a new one", rules::id),
                field<&StockItem::revision>("as it was seen", rules::revision),
                field<&StockItem::name>("name", rules::title),
                field<&StockItem::place>("where it is", rules::line),
                field<&StockItem::unit>("unit", rules::line),
                field<&StockItem::quantity>("how much there is", amount),
                field<&StockItem::least>("how much there must be", amount),
                field<&StockItem::checked>("day on which it was last counted", rules::day)};
}

constexpr auto describe(TrainingItem*) {
  return Fields{field<&TrainingItem::id>("identity; empty: a new one", rules::id),
                field<&TrainingItem::revision>("as it was seen", rules::revision),
                field<&TrainingItem::name>("name", rules::title),
                field<&TrainingItem::audience>("for whom", rules::line),
                field<&TrainingItem::content>("what is learnt or tried", rules::text),
                field<&TrainingItem::last_held>("day on which it was last held", rules::day),
                field<&TrainingItem::next>("day of the next one", rules::day)};
}

constexpr auto describe(PlanFrame*) {
  return Fields{field<&PlanFrame::revision>("as it was seen", rules::revision),
                field<&PlanFrame::title>("title", rules::title),
                field<&PlanFrame::room>("where the crisis cell meets", rules::line),
                field<&PlanFrame::other_room>("where it meets when it cannot", rules::line),
                field<&PlanFrame::channel>("how the cells talk without the hospital's network", rules::line),
                field<&PlanFrame::next_review>("day of the next review", rules::day),
                field<&PlanFrame::check_months>("months after which a number or kit is stale; 0: never",
                                                {.minimum = 0, .maximum = 120, .optional = true}),
                field<&PlanFrame::note>("what else to know", rules::text)};
}

constexpr auto describe(PlanDocument*) {
  constexpr Rules many{.max_length = 5'000, .optional = true};
  return Fields{field<&PlanDocument::frame>("what is said once", {.optional = true}),
                field<&PlanDocument::criteria>("when it is activated and lifted", many),
                field<&PlanDocument::delegations>("who may decide in the director's place", many),
                field<&PlanDocument::cells>("cells of the crisis", many),
                field<&PlanDocument::roles>("roles, with holder and deputies", many),
                field<&PlanDocument::contacts>("crisis directory", many),
                field<&PlanDocument::calls>("call trees", many),
                field<&PlanDocument::cards>("action cards", many),
                field<&PlanDocument::services>("degraded modes by service", many),
                field<&PlanDocument::forms>("forms on paper", many),
                field<&PlanDocument::messages>("ready messages", many),
                field<&PlanDocument::kits>("paper kits", many),
                field<&PlanDocument::stocks>("stock inventory", many),
                field<&PlanDocument::trainings>("training plan", many)};
}

}  // namespace releve::plan
