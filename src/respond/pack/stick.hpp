// SPDX-License-Identifier: EUPL-1.2
// The page for a USB stick: one HTML file with the plan in force and a room of one post, which any browser
// opens without a server. It is built from web/stick; here a plan is put into it. As on paper, nothing of how
// an attacker would move is in it.
#pragma once

#include "respond/crisis/obligations.hpp"
#include "respond/pack/paper.hpp"

namespace releve::pack {

/// What a page is made from besides the plan.
struct StickSource {
  const plan::Plans& plans;
  std::string_view built;  // web/stick/dist/index.html; empty: the program was built without its pages
  std::function<std::shared_ptr<const crisis::Obligations>()> obligations;
};

/// The whole page; of `settings` it takes facility, name, day and language. Pure, thread-safe. Error:
/// pack.stick_not_built.
Result<std::string> stick_page(std::string_view built, const plan::OpenPlan& plan,
                               const PaperSettings& settings, const crisis::Obligations& obligations);

}  // namespace releve::pack
