// SPDX-License-Identifier: EUPL-1.2
#include "respond/laptop/pack_file.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/passphrase.hpp"

#include <gtest/gtest.h>

namespace releve::laptop {
namespace {

const InstanceKey key(std::array<unsigned char, 32>{7});

Pack a_pack() {
  Pack pack;
  pack.head.facility = "990000001";
  pack.head.name = "CH de la Baie";
  pack.head.plan = 3;
  pack.plan.frame.title = "Plan blanc numérique";
  pack.plan.contacts = {{.id = "lea", .name = "Léa Martin", .phone = "06 39 98 12 34"}};
  pack.inventory = to_base64url("classeur");
  return pack;
}

std::string code(const Result<Pack>& read) {
  return read.ok() ? "" : read.error().message.code;
}

TEST(pack_file, opens_with_its_passphrase_and_tells_nothing_without) {
  const std::string bytes = write_pack(a_pack(), "une phrase de passe", key);
  EXPECT_EQ(bytes.find("06 39"), std::string::npos);
  EXPECT_EQ(bytes.find("Martin"), std::string::npos);
  const auto read = read_pack(bytes, "une phrase de passe");
  ASSERT_TRUE(read.ok()) << code(read);
  EXPECT_EQ(read->plan, a_pack().plan);
  EXPECT_EQ(read->head.plan, 3);
  EXPECT_EQ(code(read_pack(bytes, "une autre")), "pack.wrong_passphrase");
}

TEST(pack_file, every_changed_byte_is_noticed_before_the_passphrase_is_asked_for) {
  const std::string bytes = write_pack(a_pack(), "une phrase de passe", key);
  for (const std::size_t place :
       {std::size_t{60}, bytes.find('\n') + 1, bytes.find('\n') + 40, bytes.size() - 1}) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    const std::string said = code(read_pack(changed, "une autre"));
    EXPECT_TRUE(said == "pack.tampered" || said == "pack.not_one") << place << ": " << said;
  }
  EXPECT_EQ(code(read_pack(bytes.substr(0, bytes.size() - 1), "x")), "pack.tampered");
  EXPECT_EQ(code(read_pack("", "x")), "pack.not_one");
  EXPECT_EQ(code(read_pack("PK\x03\x04\n", "x")), "pack.not_one");
}

TEST(pack_file, a_whole_file_of_another_program_is_not_called_tampered_with) {
  PackHead head = a_pack().head;
  head.public_key = key.public_key();
  const std::string sealed = seal_for("une phrase de passe", R"({"of":"a later version"})");
  head.signature = key.sign("releve pack " + to_json(head) + " " + content_hash(sealed));
  EXPECT_EQ(code(read_pack(to_json(head) + "\n" + sealed, "une phrase de passe")), "pack.other_version");
}

TEST(pack_file, a_head_signed_anew_does_not_fit_what_is_sealed) {
  const std::string bytes = write_pack(a_pack(), "une phrase de passe", key);
  const InstanceKey other(std::array<unsigned char, 32>{8});
  // Somebody keeps what is sealed and signs a head of his own.
  PackHead head = from_json<PackHead>(bytes.substr(0, bytes.find('\n'))).value();
  const std::string sealed = bytes.substr(bytes.find('\n') + 1);
  head.public_key = other.public_key();
  head.signature.clear();
  head.signature = other.sign("releve pack " + to_json(head) + " " + content_hash(sealed));
  EXPECT_EQ(code(read_pack(to_json(head) + "\n" + sealed, "une phrase de passe")), "pack.tampered");
}

TEST(pack_file, the_inventory_carries_care_and_not_the_way_in) {
  cartography::Cartography hospital;
  hospital.services = {{.id = "LAB", .name = "Laboratoire"}};
  hospital.applications = {{.id = "LIS", .name = "SIL", .vendor = "Editeur"}};
  cartography::Component server{.id = "SRV", .name = "Serveur du SIL"};
  server.host_name = "SRVLIS01";
  server.ip = "10.20.30.40";
  server.sid = "S-1-5-21-1-1104";
  server.zone = "ZONE-SRV";
  server.supplier_access = "Fournisseur X";
  server.operating_system = "Windows Server 2012";
  hospital.components = {server};
  hospital.dependencies = {{.id = "1", .consumer = "LAB", .target = "LIS"},
                           {.id = "2", .consumer = "LIS", .target = "SRV"}};
  hospital.zones = {{.id = "ZONE-SRV", .name = "Serveurs", .addresses = {"10.20.30.0/24"}}};
  const cartography::Inventory carried = care_inventory(hospital);
  EXPECT_EQ(carried.services.size(), 1U);
  EXPECT_EQ(carried.dependencies.size(), 2U);
  EXPECT_TRUE(carried.zones.empty());
  ASSERT_EQ(carried.components.size(), 1U);
  const cartography::Component& component = carried.components[0];
  EXPECT_FALSE(component.host_name || component.ip || component.sid || component.zone ||
               component.supplier_access || component.operating_system);
}

}  // namespace
}  // namespace releve::laptop
