// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/sender.hpp"

namespace releve::recall {

Sender::Sender(Parts parts, unsigned threads_of_each_channel) : parts_(std::move(parts)) {
  threads_.emplace_back([this](const std::stop_token& stop) { watch(stop); });
  for (const Channel channel : {Channel::mail, Channel::gateway}) {
    for (unsigned i = 0; i < threads_of_each_channel; ++i) {
      threads_.emplace_back([this, channel](const std::stop_token& stop) { work(channel, stop); });
    }
  }
}

void Sender::rest(const std::stop_token& stop, std::chrono::milliseconds pause) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stop, pause, [] { return false; });
}

bool Sender::send_one(Channel channel, const std::stop_token& stop) {
  try {
    const auto due = parts_.callouts.take_due(parts_.clock.now(), channel);
    if (!due) {
      return false;
    }
    const ChannelSettings settings = parts_.channels.in_force();
    std::optional<Undelivered> fault = Undelivered{"no channel", true};
    if (settings.has(due->channel)) {
      fault = parts_.deliver(settings, due->channel, due->parcel, stop);
    }
    if (fault && stop.stop_requested()) {
      return false;  // we ended it ourselves: it is due again after a while
    }
    parts_.callouts.done(*due, fault, parts_.clock.now());
    return true;
  } catch (const std::exception& failure) {  // nobody waits for this: the house must not fall over it
    parts_.log(failure.what());
    return false;
  }
}

void Sender::log_failure(const std::function<void()>& task) const {
  try {
    task();
  } catch (const std::exception& failure) {
    parts_.log(failure.what());
  }
}

void Sender::work(Channel channel, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!send_one(channel, stop)) {
      rest(stop, parts_.pause);
    }
  }
}

void Sender::watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    log_failure([&] { parts_.callouts.tell_what_is_left(); });
    log_failure([&] { parts_.callouts.call_deputies(parts_.clock.now()); });
    rest(stop, parts_.between_deputies);
  }
}

}  // namespace releve::recall
