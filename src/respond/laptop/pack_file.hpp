// SPDX-License-Identifier: EUPL-1.2
// What a crisis laptop is given before the attack: the plan in force, its directory, and the hospital's care,
// applications and what they need. Never how an attacker moves: no machine of a scan, no account, no
// weakness, no zone, no address.
//
// The file: a line of JSON that says whose it is and carries a signature, then bytes sealed for whoever knows
// the passphrase. Thread-safe.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/describe/json.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/plan/version.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::laptop {

inline constexpr std::uint64_t max_pack = 64ULL << 20;  // bytes

/// What anybody may read of a pack.
struct PackHead {
  std::int64_t version = 1;
  std::string facility;
  std::string name;
  Instant made{};
  std::int64_t plan = 0;   // number of its version
  std::string public_key;  // of the instance that made it, Ed25519
  std::string signature;   // over the head without this member, and the hash of what is sealed
};

/// A data table that is not the built-in one.
struct PackTable {
  std::string file;
  std::string text;
};

struct Pack {
  PackHead head;
  plan::PlanDocument plan;
  plan::Adoption adoption;
  std::string inventory;  // the template's workbook (XLSX), in base64url
  std::vector<PackTable> tables;
};

constexpr auto describe(PackHead*) {
  constexpr Rules line{.max_length = 300};
  return Fields{field<&PackHead::version>("1", {.minimum = 1, .maximum = 1}),
                field<&PackHead::facility>("whose", {.min_length = 1, .max_length = 64}),
                field<&PackHead::name>("its name", line),
                field<&PackHead::made>("when"),
                field<&PackHead::plan>("version of the plan", {.minimum = 1}),
                field<&PackHead::public_key>("of the instance that made it", line),
                field<&PackHead::signature>("Ed25519", line)};
}

constexpr auto describe(PackTable*) {
  return Fields{field<&PackTable::file>("obligations.json", {.min_length = 1, .max_length = 100}),
                field<&PackTable::text>("JSON", {.max_length = max_pack})};
}

constexpr auto describe(Pack*) {
  return Fields{field<&Pack::head>("what anybody may read"), field<&Pack::plan>("in force when it was made"),
                field<&Pack::adoption>("of that version"),
                field<&Pack::inventory>("workbook, base64url", {.max_length = max_pack}),
                field<&Pack::tables>("deadlines and what care bears, as the hospital set them",
                                     {.max_length = 20, .optional = true})};
}

/// The care side of a cartography: what a forecast needs and no more.
cartography::Inventory care_inventory(const cartography::Cartography& cartography);

/// The bytes of the file. `pack.head` gets its key and signature.
std::string write_pack(Pack pack, std::string_view passphrase, const InstanceKey& key);

/// Errors: pack.not_one, pack.tampered (it is not what the instance signed), pack.wrong_passphrase,
/// pack.other_version (whole, and written by a program that knows more or less).
Result<Pack> read_pack(std::string_view bytes, std::string_view passphrase);

}  // namespace releve::laptop
