// SPDX-License-Identifier: EUPL-1.2
#include "respond/laptop/pack_file.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/passphrase.hpp"

namespace releve::laptop {

namespace {

constexpr std::size_t longest_head = 4'000;

/// What the signature is over.
std::string signed_text(PackHead head, std::string_view sealed) {
  head.signature.clear();
  return "releve pack " + to_json(head) + " " + content_hash(sealed);
}

cartography::Component without_address(const cartography::Component& component) {
  cartography::Component plain;
  plain.id = component.id;
  plain.name = component.name;
  plain.kind = component.kind;
  plain.count = component.count;
  plain.kept_on_shutdown = component.kept_on_shutdown;
  return plain;
}

}  // namespace

cartography::Inventory care_inventory(const cartography::Cartography& cartography) {
  cartography::Inventory inventory;
  inventory.services = cartography.services;
  inventory.applications = cartography.applications;
  for (const cartography::Component& one : cartography.components) {
    inventory.components.push_back(without_address(one));
  }
  inventory.dependencies = cartography.dependencies;
  return inventory;
}

std::string write_pack(Pack pack, std::string_view passphrase, const InstanceKey& key) {
  pack.head.public_key = key.public_key();
  pack.head.signature.clear();
  const std::string sealed = seal_for(passphrase, to_json(pack));
  pack.head.signature = key.sign(signed_text(pack.head, sealed));
  return to_json(pack.head) + "\n" + sealed;
}

Result<Pack> read_pack(std::string_view bytes, std::string_view passphrase) {
  const auto not_one = Error{ErrorKind::invalid, message("pack.not_one"), {}};
  const auto end = bytes.substr(0, longest_head).find('\n');
  if (end == std::string_view::npos || bytes.size() > max_pack) {
    return not_one;
  }
  const auto head = from_json<PackHead>(bytes.substr(0, end));
  if (!head) {
    return not_one;
  }
  const std::string_view sealed = bytes.substr(end + 1);
  if (!verify_signature(head->public_key, signed_text(*head, sealed), head->signature)) {
    return Error{ErrorKind::invalid, message("pack.tampered"), {}};
  }
  const auto text = unseal_by(passphrase, sealed);
  if (!text) {
    return Error{ErrorKind::invalid, message("pack.wrong_passphrase"), {}};
  }
  auto pack = from_json<Pack>(*text);
  if (!pack) {  // whole, and not what this program knows
    return Error{ErrorKind::invalid, message("pack.other_version"), {}};
  }
  // A head that was signed anew by another hand has another key than what is sealed.
  if (pack->head.public_key != head->public_key) {
    return Error{ErrorKind::invalid, message("pack.tampered"), {}};
  }
  return std::move(*pack);
}

}  // namespace releve::laptop
