// SPDX-License-Identifier: EUPL-1.2
// Printed codes: made, listed, revoked. Opening one is a door (doors_endpoints.cpp).
#include "foundation/api/bind.hpp"
#include "steer/access/access.hpp"

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;

struct SealedCodeView {
  std::string id;
  std::string post;
  std::string role;
  std::string place;
  Instant created{};
  std::string created_by;
  Instant renew{};
  Instant ends{};
  std::optional<Instant> used;
  std::string used_from;
  std::optional<Instant> revoked;
  std::string revoked_by;
};

struct SealedCodeRows {
  std::vector<SealedCodeView> items;
};

struct PrintBody {
  std::string post;
  std::string role;
  std::string place;
};

struct PrintedCode {
  SealedCodeView sheet;
  std::string code;
};

struct SealedCodePath {
  std::string id;
};

constexpr auto describe(SealedCodeView*) {
  return Fields{field<&SealedCodeView::id>("identity"),
                field<&SealedCodeView::post>("for which post"),
                field<&SealedCodeView::role>("what it opens"),
                field<&SealedCodeView::place>("where; empty: everywhere"),
                field<&SealedCodeView::created>("printed at"),
                field<&SealedCodeView::created_by>("by whom"),
                field<&SealedCodeView::renew>("to be replaced from this day on"),
                field<&SealedCodeView::ends>("until"),
                field<&SealedCodeView::used>("opened at"),
                field<&SealedCodeView::used_from>("address of the client"),
                field<&SealedCodeView::revoked>("no longer valid since"),
                field<&SealedCodeView::revoked_by>("by whom")};
}

constexpr auto describe(SealedCodeRows*) {
  return Fields{field<&SealedCodeRows::items>("newest first")};
}

constexpr auto describe(PrintBody*) {
  return Fields{field<&PrintBody::post>("for which post", {.min_length = 1, .max_length = 100}),
                field<&PrintBody::role>("what it opens", {.min_length = 1, .max_length = 40}),
                field<&PrintBody::place>("where; empty: everywhere", {.max_length = 64})};
}

constexpr auto describe(PrintedCode*) {
  return Fields{field<&PrintedCode::sheet>("what stands beside the code"),
                field<&PrintedCode::code>("sixteen letters; shown this once")};
}

constexpr auto describe(SealedCodePath*) {
  return Fields{field<&SealedCodePath::id>("code")};
}

namespace {

SealedCodeView view_of(const SealedCode& code) {
  return {code.id,
          code.post,
          code.role,
          code.place,
          code.created,
          code.created_by,
          code.created + code_renewed_after,
          code.ends,
          code.used,
          code.used_from,
          code.revoked,
          code.revoked_by};
}

SealedCodeRows rows_of(const Night& night, const Session& by) {
  SealedCodeRows rows;
  for (const SealedCode& code : night.list(by)) {
    rows.items.push_back(view_of(code));
  }
  return rows;
}

}  // namespace

std::vector<api::Endpoint> night_endpoints(Night& night) {
  using api::on;
  return {
      api::listed(on(Method::get, "/sealed-codes", Right::grant, "Printed codes within reach",
                     [&night](const Session& by, const Nothing&) -> Result<SealedCodeRows> {
                       return rows_of(night, by);
                     })),
      api::with_own_trail(api::listed(
          on(Method::post, "/sealed-codes", Right::grant, "Print a code for a post",
             [&night](const Session& by, const PrintBody& given) -> Result<PrintedCode> {
               const auto [code, letters] = TRY(night.print(by, given.post, given.role, given.place));
               return PrintedCode{view_of(code), letters};
             }))),
      api::with_own_trail(
          api::listed(on(Method::post, "/sealed-codes/{id}/revoke", Right::grant, "Revoke a code",
                         [&night](const Session& by, const SealedCodePath& at) -> Result<SealedCodeRows> {
                           TRY(night.revoke(by, at.id));
                           return rows_of(night, by);
                         }))),
  };
}

}  // namespace releve::access
