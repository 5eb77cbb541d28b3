// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/events.hpp"

#include "foundation/base/result.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace releve::api {

namespace detail {

struct EventQueue {
  std::vector<std::string> prefixes;
  std::function<void()> ready;
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<Event> events;

  bool wants(std::string_view topic) const {
    return prefixes.empty() || topic == resync_topic ||
           std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const auto& prefix) { return topic.starts_with(prefix); });
  }

  void push(const Event& event) {
    const std::lock_guard lock(mutex);
    if (events.size() >= Events::pending) {
      events.clear();
      events.push_back({event.id, std::string(resync_topic), "{}", {}});
    } else {
      events.push_back(event);
    }
    arrived.notify_one();
  }

  std::optional<Event> pop() {
    if (events.empty()) {
      return std::nullopt;
    }
    Event event = std::move(events.front());
    events.pop_front();
    return event;
  }
};

struct EventHub {
  std::string run;
  std::mutex mutex;
  std::int64_t last = 0;     // number of the newest event
  std::deque<Event> recent;  // numbers last - size + 1 .. last
  std::vector<std::shared_ptr<EventQueue>> readers;

  std::string id_of(std::int64_t number) const { return run + "-" + std::to_string(number); }

  // The number in an id that this run has given; none: of another process, or no id of ours.
  std::optional<std::int64_t> number_of(std::string_view id) const {
    if (!id.starts_with(run + "-")) {
      return std::nullopt;
    }
    const auto number = parse_int(id.substr(run.size() + 1));
    return number && *number >= 0 && *number <= last ? number : std::nullopt;
  }

  void replay(EventQueue& queue, const std::string& last_id) {
    const auto seen = number_of(last_id);
    const auto missed = seen ? last - *seen : -1;
    if (missed < 0 || missed > static_cast<std::int64_t>(recent.size())) {
      queue.push({id_of(last), std::string(resync_topic), "{}", {}});
      return;
    }
    for (auto event = recent.end() - missed; event != recent.end(); ++event) {
      if (queue.wants(event->topic)) {
        queue.push(*event);
      }
    }
  }
};

}  // namespace detail

std::string to_sse(const Event& event) {
  std::string text = "id: " + event.id + "\nevent: " + event.topic + "\n";
  for (const auto line : split(event.json, '\n')) {
    text.append("data: ").append(line).append("\n");
  }
  return text + "\n";
}

Subscription::Subscription(std::shared_ptr<detail::EventHub> hub, std::shared_ptr<detail::EventQueue> queue)
    : hub_(std::move(hub)), queue_(std::move(queue)) {}

Subscription::~Subscription() {
  const std::lock_guard lock(hub_->mutex);
  std::erase(hub_->readers, queue_);
}

std::optional<Event> Subscription::next() {
  const std::lock_guard lock(queue_->mutex);
  return queue_->pop();
}

std::optional<Event> Subscription::wait(std::chrono::milliseconds at_most) {
  std::unique_lock lock(queue_->mutex);
  queue_->arrived.wait_for(lock, at_most, [&] { return !queue_->events.empty(); });
  return queue_->pop();
}

Events::Events(std::string run) : hub_(std::make_shared<detail::EventHub>()) {
  RELEVE_CHECK(!run.empty() && run.find('\n') == std::string::npos, "a run has a name");
  hub_->run = std::move(run);
}

void Events::publish(std::string topic, std::string json, std::string place, Right right) {
  RELEVE_CHECK(topic.find_first_of("\r\n") == std::string::npos, "a topic is one line");
  RELEVE_CHECK(json.find('\r') == std::string::npos, "JSON text of ours has no carriage return");
  std::vector<std::shared_ptr<detail::EventQueue>> told;
  {
    const std::lock_guard lock(hub_->mutex);
    const Event& event = hub_->recent.emplace_back(
        Event{hub_->id_of(++hub_->last), std::move(topic), std::move(json), std::move(place), right});
    for (const auto& reader : hub_->readers) {
      if (reader->wants(event.topic)) {
        reader->push(event);
        told.push_back(reader);
      }
    }
    if (hub_->recent.size() > kept) {
      hub_->recent.pop_front();
    }
  }
  // Outside the lock: what a reader does when told may end its own subscription.
  for (const auto& reader : told) {
    if (reader->ready) {
      reader->ready();
    }
  }
}

void Events::resync() {
  publish(std::string(resync_topic), "{}");
}

std::unique_ptr<Subscription> Events::subscribe(std::vector<std::string> prefixes,
                                                const std::optional<std::string>& last_id,
                                                std::function<void()> ready) {
  auto queue = std::make_shared<detail::EventQueue>();
  queue->prefixes = std::move(prefixes);
  queue->ready = std::move(ready);
  const std::lock_guard lock(hub_->mutex);
  if (last_id) {
    hub_->replay(*queue, *last_id);
  }
  hub_->readers.push_back(queue);
  return std::unique_ptr<Subscription>(new Subscription(hub_, queue));
}

std::size_t Events::subscribers() const {
  const std::lock_guard lock(hub_->mutex);
  return hub_->readers.size();
}

}  // namespace releve::api
