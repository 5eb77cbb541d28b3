// SPDX-License-Identifier: EUPL-1.2
// A reply that stays open (server-sent events). The transport pulls when its client can take more; who has
// something new says wake(). So the text waits in one bounded place, the publisher's, and a slow client
// costs no worker and no memory here.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace releve::http {

/// Thread-safe. The transport releases it when the client has gone; destroying `pull` then is how the
/// publisher learns of it.
class Stream {
 public:
  /// Called on the event thread: must not block. The next piece of text, or nothing for now. Throwing
  /// ends the stream.
  using Pull = std::function<std::optional<std::string>()>;

  explicit Stream(Pull pull) : pull_(std::move(pull)) {}

  /// There may be something to pull. Cheap; from any thread.
  void wake();
  /// Ends the stream once nothing is left to pull.
  void close();
  bool closed() const;

  // For the transport.

  /// `resume` makes the event thread pull again after sleep().
  void attach(std::function<void()> resume);
  void detach();

  std::optional<std::string> pull() { return pull_(); }

  /// Calls `suspend` and returns true, unless somebody said wake() or close() since the last sleep().
  bool sleep(const std::function<void()>& suspend);

 private:
  Pull pull_;
  mutable std::mutex mutex_;
  std::function<void()> resume_;
  bool woken_ = false;
  bool asleep_ = false;
  bool closed_ = false;
};

}  // namespace releve::http
