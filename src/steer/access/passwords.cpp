// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/passwords.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/secrets.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>
#include <set>

namespace releve::access {

/// A place at the desk, taken and given back.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& desk) : desk_(desk) {
    std::unique_lock lock(desk_.mutex_);
    if (desk_.running_ == desk_.at_once_) {
      if (desk_.queued_ == desk_.waiting_) {
        return;
      }
      ++desk_.queued_;
      desk_.freed_.wait(lock, [&] { return desk_.running_ < desk_.at_once_; });
      --desk_.queued_;
    }
    ++desk_.running_;
    has_ = true;
  }

  ~Turn() {
    if (has_) {
      const std::lock_guard lock(desk_.mutex_);
      --desk_.running_;
      desk_.freed_.notify_one();
    }
  }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Status taken() const {
    return has_ ? Status(Done{}) : Error{ErrorKind::unavailable, message("access.busy"), {}};
  }

 private:
  Passwords& desk_;
  bool has_ = false;
};

Passwords::Passwords(unsigned at_once, unsigned waiting)
    : at_once_(at_once), waiting_(waiting), nobody_(hash_password(random_hex(16))) {}

Result<std::string> Passwords::hash(std::string_view password) {
  const Turn turn(*this);
  TRY(turn.taken());
  ++done_;
  return hash_password(password);
}

Result<bool> Passwords::verify(const std::string& hash, std::string_view password) {
  const Turn turn(*this);
  TRY(turn.taken());
  ++done_;
  const bool right = verify_password(hash.empty() ? nobody_ : hash, password);
  return right && !hash.empty();
}

Status check_password(std::string_view password, std::string_view login) {
  const auto characters = std::count_if(password.begin(), password.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  const std::set<char> different(password.begin(), password.end());
  if (characters < 12 || password.size() > 256 || different.size() < 4 ||
      (login.size() >= 3 && to_lower(password).find(to_lower(login)) != std::string::npos)) {
    return Error{ErrorKind::invalid, message("access.weak_password"), "password"};
  }
  return Done{};
}

}  // namespace releve::access
