// SPDX-License-Identifier: EUPL-1.2
// Call-outs from a crisis room. Who comes and who does not is said by the room's journal and nowhere else:
// here stand only who was called, and what was sent to whom (docs/adr/0019). Thread-safe; several processes
// may share the database.
#pragma once

#include "foundation/base/tries.hpp"
#include "foundation/store/past.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/recall/channels.hpp"
#include "respond/recall/choice.hpp"
#include "respond/recall/directory.hpp"
#include "respond/recall/recall_view.hpp"

#include <functional>
#include <optional>
#include <set>

namespace releve::recall {

/// A call-out as one person gives it.
struct CalloutOrder {
  std::string facility;
  std::string room;
  std::string id;  // UUIDv7 minted by who calls: sent twice, everybody is called once
  std::string message;
  std::string place;  // where to come; empty: not said
  Selection selection;
  std::optional<std::int64_t> deputies_after;  // minutes without an answer; nothing: never by itself
};

constexpr auto describe(CalloutOrder*) {
  return Fields{field<&CalloutOrder::facility>("facility"),
                field<&CalloutOrder::room>("room"),
                field<&CalloutOrder::id>("UUIDv7 minted by who calls: sent twice, everybody is called once",
                                         {.max_length = 64}),
                field<&CalloutOrder::message>("what is said", {.min_length = 1, .max_length = 500}),
                field<&CalloutOrder::place>("where to come", {.max_length = 200, .optional = true}),
                field<&CalloutOrder::selection>("who is called"),
                field<&CalloutOrder::deputies_after>(
                    "minutes without an answer after which a role's deputy is called; null: never by itself",
                    {.minimum = 1, .maximum = 1'440, .optional = true})};
}

/// Whose page asks, in which language.
struct Asking {
  std::string by;
  std::string language;
  std::string origin;
};

/// A parcel that this process has taken upon itself to send.
struct Due {
  Channel channel = Channel::mail;
  Parcel parcel;
  std::int64_t tries = 0;
  std::string facility;
};

struct Said;
struct StoredCallout;
struct StoredCalled;
struct StoredSending;

/// Kind of the past: call-outs of rooms that were closed.
store::Past past_callouts();

/// Of a copy: nobody is called by what the original may have sent long ago. `why`: said of each parcel.
Status call_nobody_more(store::Database& database, const std::string& why, Instant now);

class Callouts {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    InstanceKey key;
    crisis::Rooms& rooms;
    const Directory& directory;
    const Channels& channels;
    const Catalogue& catalogue;
    std::function<std::string(const std::string& facility)> name_of;
    /// The plan in force; nothing: there is none.
    std::function<std::optional<plan::PlanDocument>(const std::string& facility)> plan;
    std::function<void(const std::string& facility)> changed;  // told after each change
  };

  explicit Callouts(Parts parts) : parts_(std::move(parts)) {}

  /// Who would receive what. Errors: recall.nobody, recall.too_many, recall.room_closed.
  Result<CalloutPreview> preview(const crisis::Room& room, const CalloutOrder& order,
                                 const Asking& asking) const;
  /// Calls. The same order twice is one call-out; another one under its id: recall.other_callout. Errors:
  /// those of preview(), room.bad_id.
  Status call(const crisis::Room& room, const CalloutOrder& order, const Asking& asking);
  /// Once more to whoever was called and has said nothing, at most once a minute. Error recall.room_closed.
  Status remind(const crisis::Room& room);
  /// The next deputy of the roles that this person was called for, at once; asked for twice within a minute,
  /// one. Errors: recall.not_called, recall.no_deputy, recall.room_closed.
  Status call_deputy(const crisis::Room& room, const std::string& called);
  /// Where a call-out says so: the next deputy for each role whose people do not answer.
  void call_deputies(Instant now);

  RecallView view(const crisis::Room& room) const;
  CallChoices choices(const std::string& facility) const;

  /// The page behind a personal link; opening it is noted. Errors: recall.no_such_link (for whatever else
  /// the reason), recall.link_over, access.too_many_tries.
  Result<AnswerPage> open(const std::string& token, const std::string& peer);
  /// Errors beside those: recall.bad_time.
  Result<AnswerPage> answer(const std::string& token, bool comes, std::optional<Instant> expected,
                            const std::string& peer);

  /// The next parcel that is due, of this channel alone if one is given. Until done() it is nobody else's;
  /// should this process die, it is due again after a while.
  std::optional<Due> take_due(Instant now, std::optional<Channel> by = {});
  /// Where nobody answers, what else is to leave by that channel waits until somebody may.
  void done(const Due& due, const std::optional<Undelivered>& fault, Instant now);
  /// Lines of the journal that a killed process did not write any more.
  void tell_what_is_left();

 private:
  struct Batch;
  struct Held;
  class Names;

  Result<std::vector<Callee>> callees(const crisis::Room& room, const CalloutOrder& order) const;
  /// What is to be looked at before anything is sent.
  std::vector<Finding> findings_of(const crisis::Room& room, const CalloutOrder& order,
                                   const Asking& asking) const;
  std::string token_of(const std::string& called) const;
  std::string today(const std::string& facility) const;
  Parcel parcel_of(const StoredCallout& callout, const StoredCalled& called, Channel channel,
                   bool reminder) const;
  /// By each channel that is set and not `but`.
  void send(Batch& batch, const StoredCalled& called, const ChannelSettings& settings, bool reminder,
            const std::set<Channel>& but = {}) const;
  /// Its identity.
  std::string add(Batch& batch, const StoredCallout& callout, Callee callee, const std::string& in_place_of,
                  const ChannelSettings& settings, Names& names) const;
  /// Adds the next deputies for the roles of which `wanted` is true; how many. `passed_over`: a contact who
  /// is not waited for; empty: nobody.
  std::size_t add_deputies(const StoredCallout& callout, Instant now,
                           std::optional<std::chrono::minutes> after,
                           const std::function<bool(const plan::CrisisRole&)>& wanted,
                           const std::string& passed_over = {});
  void tell(const crisis::Room& room);
  Contact unsealed(const StoredCalled& called) const;
  Said said(const StoredCallout& callout) const;
  Result<Held> held(const std::string& token, const std::string& peer);
  AnswerPage page_of(const Held& held) const;

  Parts parts_;
  Tries guesses_{30, std::chrono::seconds(10)};
  Tries answers_{20, std::chrono::seconds(60)};  // of one link: each is a line of the journal
};

}  // namespace releve::recall
