// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/zip.hpp"
#include "prepare/fiction/chance.hpp"
#include "prepare/fiction/sharphound_records.hpp"
#include "prepare/fiction/writers.hpp"

#include <array>

namespace releve::fiction {

using intake::ObjectKind;

namespace {

constexpr const char* collected_at = "20261102060000";
constexpr std::size_t stretch_users_per_file = 20'000;

struct Kind {
  ObjectKind kind;
  const char* file;
};

constexpr std::array<Kind, 12> kinds{{{ObjectKind::aia_ca, "aiacas"},
                                      {ObjectKind::cert_template, "certtemplates"},
                                      {ObjectKind::computer, "computers"},
                                      {ObjectKind::container, "containers"},
                                      {ObjectKind::domain, "domains"},
                                      {ObjectKind::enterprise_ca, "enterprisecas"},
                                      {ObjectKind::gpo, "gpos"},
                                      {ObjectKind::group, "groups"},
                                      {ObjectKind::nt_auth_store, "ntauthstores"},
                                      {ObjectKind::ou, "ous"},
                                      {ObjectKind::root_ca, "rootcas"},
                                      {ObjectKind::user, "users"}}};

/// One file of a collection, `meta` last as SharpHound writes it.
class TypeFile {
 public:
  TypeFile(report::ZipWriter& zip, const std::string& type, const std::string& suffix = {})
      : zip_(zip), type_(type) {
    zip_.begin_entry(std::string(collected_at) + "_" + type + suffix + ".json");
    zip_.write("{\"data\":[");
  }

  void add(const std::string& record) {
    if (count_++ > 0) {
      zip_.write(",");
    }
    zip_.write(record);
  }

  void end() {
    zip_.write("],\"meta\":{\"methods\":521215,\"type\":\"" + type_ +
               "\",\"count\":" + std::to_string(count_) + ",\"version\":6}}");
  }

 private:
  report::ZipWriter& zip_;
  std::string type_;
  std::size_t count_ = 0;
};

/// A user as large as real ones, with some forty rights, that nothing can pack well: every right carries its
/// own hash, as inherited rights do in reality.
std::string stretch_user(const FictionalHospital& hospital, const Chance& chance, std::uint32_t number) {
  const auto& domain = hospital.directory.facts.domains[0];
  const std::string key = "stretch/" + std::to_string(number);
  const std::string name = chance.hex(key, 2);
  std::string text = R"({"Properties":{"domain":")" + domain.name + R"(","name":"X)" + name + "-" +
                     std::to_string(number) + "@" + domain.name + R"(","domainsid":")" + domain.sid +
                     R"(","enabled":true,"pwdlastset":)" +
                     std::to_string(files_made - chance.below(key, 90'000'000)) +
                     R"(},"AllowedToDelegate":[],"PrimaryGroupSID":")" + domain.sid +
                     R"(-513","HasSIDHistory":[],"SPNTargets":[],"Aces":[)";
  static constexpr std::array rights{"Owns",       "GenericAll",   "WriteDacl",
                                     "WriteOwner", "GenericWrite", "ForceChangePassword"};
  static constexpr std::array rids{"-512", "-519", "-526", "-527", "-515", "-516"};
  const std::string hash = chance.hex(key + "/rights", 5 * rights.size() * rids.size());
  for (std::size_t i = 0; i < rights.size() * rids.size(); ++i) {
    text += (i > 0 ? "," : "") + std::string(R"({"PrincipalSID":")") + domain.sid + rids[i % rids.size()] +
            R"(","PrincipalType":"Group","RightName":")" + rights[i / rids.size()] +
            R"(","IsInherited":true,"InheritanceHash":")" + hash.substr(i * 40, 40) + "\"}";
  }
  return text + R"(],"ObjectIdentifier":")" + domain.sid + "-" + std::to_string(5'000'000 + number) +
         R"(","IsDeleted":false,"IsACLProtected":false,"ContainedBy":null})";
}

void write_stretch(const FictionalHospital& hospital, report::ZipWriter& zip, std::uint64_t bytes) {
  const Chance chance(hospital.seed);
  std::uint32_t number = 0;
  for (std::size_t file = 2; zip.bytes_written() < bytes; ++file) {
    TypeFile users(zip, "users", "_" + std::to_string(file));
    for (std::size_t i = 0; i < stretch_users_per_file && zip.bytes_written() < bytes; ++i) {
      users.add(stretch_user(hospital, chance, number++));
    }
    users.end();
  }
}

}  // namespace

void write_sharphound(const FictionalHospital& hospital, const std::string& path, Stretch stretch) {
  const Records records(hospital);
  const auto& objects = hospital.directory.facts.objects;
  report::ZipWriter zip(path);
  for (const Kind& kind : kinds) {
    TypeFile file(zip, kind.file);
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
      if (objects[i].kind == kind.kind) {
        file.add(records.record(i));
      }
    }
    file.end();
  }
  write_stretch(hospital, zip, stretch.bytes);
  zip.finish();
}

}  // namespace releve::fiction
