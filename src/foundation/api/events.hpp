// SPDX-License-Identifier: EUPL-1.2
// Live events to the readers of one process: who changed what, told to open pages. An event says that
// something changed and where to look; it is a hint and never the only copy of a fact. A reader that lost
// some gets one "resync" event: it then reads everything again.
//
// Events and Subscription are thread-safe.
#pragma once

#include "foundation/api/perimeter.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::api {

struct Event {
  std::string id;     // "<run>-<number>": names the process that numbered it, so that a restart is noticed
  std::string topic;  // "jobs/<facility>", "crisis/<id>"; "resync" after a loss
  std::string json;   // one JSON value
  std::string place;  // facility that it is about, for whoever asks whether a reader may know; empty: none
  Right right = Right::view;  // that a reader must have there
  bool operator==(const Event&) const = default;
};

inline constexpr std::string_view resync_topic = "resync";

/// The event in the text/event-stream format, ready to be sent.
std::string to_sse(const Event& event);

namespace detail {
struct EventHub;
struct EventQueue;
}  // namespace detail

/// One reader's place. Unsubscribes when destroyed; may outlive the Events it came from.
class Subscription {
 public:
  ~Subscription();
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  /// The oldest event not yet read; never blocks.
  std::optional<Event> next();
  /// The same, waiting for one at most so long.
  std::optional<Event> wait(std::chrono::milliseconds at_most);

 private:
  friend class Events;
  Subscription(std::shared_ptr<detail::EventHub> hub, std::shared_ptr<detail::EventQueue> queue);
  std::shared_ptr<detail::EventHub> hub_;
  std::shared_ptr<detail::EventQueue> queue_;
};

class Events {
 public:
  static constexpr std::size_t kept = 1000;    // events remembered for readers that come back
  static constexpr std::size_t pending = 256;  // events that one slow reader may leave unread

  /// `run` differs for each start of the process: letters and digits.
  explicit Events(std::string run);

  /// Never blocks on a reader. The topic has no line break.
  void publish(std::string topic, std::string json, std::string place = {}, Right right = Right::view);

  /// Something may have happened that was never published here: every reader gets a resync.
  void resync();

  /// Events whose topic starts with one of the prefixes (all, when there are none). `last_id` is the last
  /// event that this reader has seen: what it missed comes first, or a resync when that is no longer known.
  /// `ready` is called after events arrived, from the publisher's thread, with no lock held; it may still
  /// be called once while the subscription is being destroyed.
  std::unique_ptr<Subscription> subscribe(std::vector<std::string> prefixes,
                                          const std::optional<std::string>& last_id = {},
                                          std::function<void()> ready = {});

  std::size_t subscribers() const;

 private:
  std::shared_ptr<detail::EventHub> hub_;
};

}  // namespace releve::api
