// SPDX-License-Identifier: EUPL-1.2
// For the night when single sign-on, mail and phones are dead: a code printed beforehand and kept sealed in
// the post's envelope. It opens once; revoking it ends the session that it opened. Thread-safe.
#pragma once

#include "steer/access/office.hpp"

#include <string>
#include <utility>
#include <vector>

namespace releve::access {

/// An envelope is to be replaced after a year. Its code opens half a year longer: a round that was put off
/// locks nobody out at night.
inline constexpr std::chrono::hours code_renewed_after{24 * 365};
inline constexpr std::chrono::hours code_lasts{24 * 548};

class Night {
 public:
  explicit Night(Office& office) : office_(office) {}

  /// Those of the places where the reader holds `grant`, newest first.
  std::vector<SealedCode> list(const api::Session& by) const;
  /// A code for a post, with its sixteen letters: shown this once. Errors: Grants::may_give(),
  /// access.sealed_role (the role is held by accounts).
  Result<std::pair<SealedCode, std::string>> print(const api::Session& by, const std::string& post,
                                                   const std::string& role, const std::string& place);
  /// Error access.no_such_code.
  Status revoke(const api::Session& by, const std::string& id);

 private:
  Office& office_;
};

}  // namespace releve::access
