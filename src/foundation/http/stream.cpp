// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/stream.hpp"

namespace releve::http {

void Stream::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  if (asleep_ && resume_) {
    asleep_ = false;
    resume_();
  }
}

void Stream::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake();
}

bool Stream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void Stream::attach(std::function<void()> resume) {
  const std::lock_guard lock(mutex_);
  resume_ = std::move(resume);
}

void Stream::detach() {
  const std::lock_guard lock(mutex_);
  resume_ = nullptr;
  asleep_ = false;
  closed_ = true;
}

bool Stream::sleep(const std::function<void()>& suspend) {
  const std::lock_guard lock(mutex_);
  if (woken_ || closed_) {
    woken_ = false;
    return false;
  }
  suspend();  // under the lock: a wake() now waits, and then resumes what is really suspended
  asleep_ = true;
  return true;
}

}  // namespace releve::http
