// SPDX-License-Identifier: EUPL-1.2
// What a collection means. Hostile input is in sharphound_hostile_test.cpp.
#include "intake/packed_for_tests.hpp"
#include "intake/readers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace releve::intake {
namespace {

using R = Relation;

std::string file_of(const std::string& type, const std::string& records, int count, int version = 6) {
  return R"({"data":[)" + records + R"(],"meta":{"methods":0,"type":")" + type + R"(","count":)" +
         std::to_string(count) + R"(,"version":)" + std::to_string(version) + "}}";
}

Imported<Directory> read(const std::string& bytes, const std::string& name = "export.json") {
  MemorySource source(bytes);
  return read_sharphound(source, name, Limits{}, Watch{});
}

/// One record of a type, without findings other than those on what is not there.
Directory read_one(const std::string& type, const std::string& record) {
  Imported<Directory> imported = read(file_of(type, record, 1));
  EXPECT_TRUE(imported.usable()) << type << " " << record;
  return std::move(imported.value);
}

const DirectoryObject* find(const Directory& directory, const std::string& id) {
  for (const DirectoryObject& object : directory.objects) {
    if (object.id == id) {
      return &object;
    }
  }
  return nullptr;
}

bool has(const Directory& directory, const std::string& source, R relation, const std::string& target) {
  for (const DirectoryRelation& found : directory.relations) {
    if (found.relation == relation && directory.objects[found.source].id == source &&
        directory.objects[found.target].id == target) {
      return true;
    }
  }
  return false;
}

TEST(sharphound, each_field_gives_its_relation_in_the_direction_of_control) {
  struct Case {
    const char* type;
    const char* field;  // of a record with id ME
    const char* source;
    R relation;
    const char* target;
  };

  const Case cases[] = {
      {"users", R"("PrimaryGroupSID":"G")", "ME", R::member_of, "G"},
      {"users", R"("PrimaryGroupSid":"G")", "ME", R::member_of, "G"},
      {"users", R"("HasSIDHistory":[{"ObjectIdentifier":"X"}])", "ME", R::has_sid_history, "X"},
      {"users", R"("AllowedToDelegate":[{"ObjectIdentifier":"X"}])", "ME", R::allowed_to_delegate, "X"},
      {"users", R"("AllowedToDelegate":["X"])", "ME", R::allowed_to_delegate, "X"},
      {"users", R"("SPNTargets":[{"ComputerSID":"X","Port":1433,"Service":"SQLAdmin"}])", "ME", R::sql_admin,
       "X"},
      {"users", R"("ContainedBy":{"ObjectIdentifier":"OU"})", "OU", R::contains, "ME"},
      {"groups", R"("Members":[{"ObjectIdentifier":"X","ObjectType":"User"}])", "X", R::member_of, "ME"},
      {"groups", R"("Members":[{"MemberId":"X","MemberType":"User"}])", "X", R::member_of, "ME"},
      {"computers", R"("AllowedToAct":[{"ObjectIdentifier":"X"}])", "X", R::allowed_to_act, "ME"},
      {"computers", R"("DumpSMSAPassword":[{"ObjectIdentifier":"X"}])", "ME", R::dump_smsa_password, "X"},
      {"computers", R"("Sessions":{"Collected":true,"Results":[{"UserSID":"U","ComputerSID":"ME"}]})", "ME",
       R::session, "U"},
      {"computers", R"("PrivilegedSessions":{"Results":[{"UserSID":"U"}],"Collected":true})", "ME",
       R::session, "U"},
      {"computers", R"("RegistrySessions":{"Results":[{"UserSID":"U","ComputerSID":"C2"}],"Collected":true})",
       "C2", R::session, "U"},
      {"computers", R"("Sessions":[{"UserId":"U","ComputerId":"ME"}])", "ME", R::session, "U"},
      {"computers", R"("LocalAdmins":{"Results":[{"ObjectIdentifier":"X"}],"Collected":true})", "X",
       R::admin_to, "ME"},
      {"computers", R"("LocalAdmins":[{"MemberId":"X"}])", "X", R::admin_to, "ME"},
      {"computers", R"("RemoteDesktopUsers":{"Results":[{"ObjectIdentifier":"X"}]})", "X", R::can_rdp, "ME"},
      {"computers", R"("DcomUsers":{"Results":[{"ObjectIdentifier":"X"}]})", "X", R::execute_dcom, "ME"},
      {"computers", R"("PSRemoteUsers":{"Results":[{"ObjectIdentifier":"X"}]})", "X", R::can_psremote, "ME"},
      {"computers",
       R"("LocalGroups":[{"ObjectIdentifier":"S-1-5-21-9-544","Results":[{"ObjectIdentifier":"X"}],
              "Collected":true}])",
       "X", R::admin_to, "ME"},
      {"computers",
       R"("LocalGroups":[{"Results":[{"ObjectIdentifier":"X"}],"ObjectIdentifier":"S-1-5-21-9-555"}])", "X",
       R::can_rdp, "ME"},
      {"computers",
       R"("LocalGroups":[{"Results":[{"ObjectIdentifier":"X"}],
              "ObjectIdentifier":"CHSA.LOCAL-S-1-5-32-551"}])",
       "X", R::backup_operator, "ME"},
      {"computers", R"("LocalGroups":[{"Results":[{"ObjectIdentifier":"X"}],"ObjectIdentifier":"S-9-562"}])",
       "X", R::execute_dcom, "ME"},
      {"computers", R"("LocalGroups":[{"Results":[{"ObjectIdentifier":"X"}],"ObjectIdentifier":"S-9-580"}])",
       "X", R::can_psremote, "ME"},
      {"computers",
       R"("UserRights":[{"Privilege":"SeRemoteInteractiveLogonRight","Results":[{"ObjectIdentifier":"X"}],
              "Collected":true}])",
       "X", R::remote_interactive_logon_right, "ME"},
      {"computers",
       R"("UserRights":[{"Privilege":"SeBackupPrivilege","Results":[{"ObjectIdentifier":"X"}],
              "Collected":true}])",
       "X", R::backup_operator, "ME"},
      {"ous", R"("ChildObjects":[{"ObjectIdentifier":"X"}])", "ME", R::contains, "X"},
      {"ous", R"("Links":[{"GUID":"X","IsEnforced":true}])", "X", R::gp_link, "ME"},
      {"ous", R"("Links":[{"Guid":"X"}])", "X", R::gp_link, "ME"},
      {"ous",
       R"("GPOChanges":{"PSRemoteUsers":[{"ObjectIdentifier":"X"}],
              "AffectedComputers":[{"ObjectIdentifier":"C"}]})",
       "X", R::can_psremote, "C"},
      {"enterprisecas", R"("EnabledCertTemplates":[{"ObjectIdentifier":"T"}])", "T", R::published_to, "ME"},
      {"enterprisecas", R"("HostingComputer":"C")", "C", R::hosts_ca, "ME"},
      {"domains", R"("Aces":[{"PrincipalSID":"X","RightName":"GetChangesInFilteredSet"}])", "X",
       R::get_changes_filtered, "ME"},
  };
  for (const Case& c : cases) {
    const Directory directory = read_one(c.type, std::string(R"({"ObjectIdentifier":"me",)") + c.field + "}");
    EXPECT_TRUE(has(directory, c.source, c.relation, c.target)) << c.field;
    EXPECT_EQ(directory.relations.size(), 1U) << c.field;
  }
}

TEST(sharphound, rights_of_every_version) {
  const std::vector<std::tuple<std::string, std::string, R>> cases{
      {"GenericAll", "", R::generic_all},
      {"GenericWrite", "", R::generic_write},
      {"Owns", "", R::owns},
      {"Owner", "", R::owns},
      {"WriteDacl", "", R::write_dacl},
      {"ExtendedRight", "All", R::all_extended_rights},
      {"ExtendedRight", "", R::all_extended_rights},
      {"ExtendedRight", "User-Force-Change-Password", R::force_change_password},
      {"ExtendedRight", "GetChangesAll", R::get_changes_all},
      {"WriteProperty", "AddMember", R::add_member},
      {"WriteProperty", "AllowedToAct", R::add_allowed_to_act},
      {"WriteSPN", "", R::write_spn},
      {"ReadLAPSPassword", "", R::read_laps_password},
      {"WritePKINameFlag", "", R::write_pki_name_flag}};
  for (const auto& [right, type, relation] : cases) {
    for (const bool type_first : {false, true}) {
      const std::string words[] = {R"("RightName":")" + right + "\"", R"("AceType":")" + type + "\""};
      const Directory directory =
          read_one("groups", R"({"ObjectIdentifier":"ME","Aces":[{"PrincipalSID":"X",)" +
                                 words[type_first ? 1 : 0] + "," + words[type_first ? 0 : 1] + "}]}");
      EXPECT_TRUE(has(directory, "X", relation, "ME")) << right << " " << type;
    }
  }
}

TEST(sharphound, inheritance_of_an_entry_is_kept) {
  const Directory directory = read_one("users", R"({"ObjectIdentifier":"ME","Aces":[
      {"PrincipalSID":"X","RightName":"GenericAll","IsInherited":true},
      {"PrincipalSID":"Y","RightName":"GenericAll","IsInherited":false},
      {"PrincipalSID":"ME","RightName":"GenericAll"}]})");
  ASSERT_EQ(directory.relations.size(), 2U);
  EXPECT_TRUE(directory.relations[0].inherited != directory.relations[1].inherited);
}

TEST(sharphound, what_was_not_collected_is_no_observation) {
  const Directory directory = read_one("computers", R"({"ObjectIdentifier":"ME",
      "Sessions":{"Results":[{"UserSID":"U"}],"Collected":false},
      "LocalGroups":[{"ObjectIdentifier":"S-544","Results":[{"ObjectIdentifier":"X"}],"Collected":false}],
      "LocalAdmins":{"Collected":false,"Results":[{"ObjectIdentifier":"X"}]},
      "RemoteDesktopUsers":null,"Aces":null,"AllowedToAct":[null,{"ObjectIdentifier":null}],
              "PrimaryGroupSID":null})");
  EXPECT_TRUE(directory.relations.empty());
  EXPECT_EQ(directory.objects.size(), 1U);
}

TEST(sharphound, facts_and_properties) {
  const Directory directory =
      read_one("computers", R"({"Properties":{"name":"SRV.CHSA.LOCAL","domain":"CHSA.LOCAL",
      "domainsid":"S-1-5-21-1-2-3","distinguishedname":"CN=SRV,DC=CHSA,DC=LOCAL",
              "enabled":false,"haslaps":false,
      "unconstraineddelegation":true,"operatingsystem":"Windows Server 2012 R2","lastlogon":1700000000,
      "lastlogontimestamp":1699999999,"admincount":"True","sensitive":1},
              "IsDC":true,"ObjectIdentifier":"S-1-5-21-1-2-3-1000"})");
  const DirectoryObject& srv = directory.objects.at(0);
  EXPECT_EQ(srv.kind, ObjectKind::computer);
  EXPECT_EQ(srv.name, "SRV.CHSA.LOCAL");
  EXPECT_EQ(srv.operating_system, "Windows Server 2012 R2");
  EXPECT_EQ(srv.distinguished_name, "CN=SRV,DC=CHSA,DC=LOCAL");
  EXPECT_EQ(srv.last_logon, 1'700'000'000);
  EXPECT_EQ(directory.domains.at(srv.domain), (DirectoryDomain{"S-1-5-21-1-2-3", "CHSA.LOCAL"}));
  for (const Fact yes : {Fact::unconstrained_delegation, Fact::known_laps, Fact::admin_count, Fact::sensitive,
                         Fact::is_dc, Fact::described}) {
    EXPECT_TRUE(srv.is(yes)) << static_cast<unsigned>(yes);
  }
  EXPECT_FALSE(srv.is(Fact::enabled));
  EXPECT_FALSE(srv.is(Fact::has_laps));
  EXPECT_TRUE(
      read_one("users", R"({"ObjectIdentifier":"U","Properties":{}})").objects.at(0).is(Fact::enabled));
  EXPECT_TRUE(read_one("computers", R"({"ObjectIdentifier":"C","PrimaryGroupSID":"S-1-5-21-1-516"})")
                  .objects.at(0)
                  .is(Fact::is_dc));
}

TEST(sharphound, signatures_count_from_the_second_version_of_templates) {
  const auto required = [](const char* properties) {
    return read_one("certtemplates",
                    std::string(R"({"ObjectIdentifier":"T","Properties":{)") + properties + "}}")
        .objects.at(0)
        .is(Fact::signatures_required);
  };
  EXPECT_FALSE(required(R"("schemaversion":1,"authorizedsignatures":1)"));
  EXPECT_TRUE(required(R"("schemaversion":2,"authorizedsignatures":1)"));
  EXPECT_FALSE(required(R"("schemaversion":2,"authorizedsignatures":0)"));
}

TEST(sharphound, trusts_in_words_and_numbers) {
  const auto trust = [](const std::string& words) {
    return read_one(
        "domains",
        R"({"ObjectIdentifier":"A","Trusts":[{"TargetDomainSid":"B","TargetDomainName":"b.local",)" + words +
            "}]}");
  };
  for (const char* inside :
       {R"("TrustDirection":"Inbound","TrustType":"ParentChild")", R"("TrustDirection":3,"TrustType":1)"}) {
    const Directory directory = trust(inside);
    EXPECT_TRUE(has(directory, "A", R::trust_same_forest, "B")) << inside;
    EXPECT_TRUE(has(directory, "B", R::trust_same_forest, "A")) << inside;
    EXPECT_EQ(find(directory, "B")->name, "B.LOCAL");
  }
  Directory directory =
      trust(R"("TrustDirection":"Outbound","TrustType":"External","SidFilteringEnabled":false)");
  EXPECT_TRUE(has(directory, "A", R::trust_cross_forest, "B"));
  EXPECT_TRUE(has(directory, "B", R::spoof_sid_history, "A"));
  EXPECT_EQ(directory.relations.size(), 2U);
  directory =
      trust(R"("TrustDirection":1,"TrustType":2,"SidFilteringEnabled":false,"TGTDelegationEnabled":true)");
  EXPECT_TRUE(has(directory, "B", R::trust_cross_forest, "A"));
  EXPECT_TRUE(has(directory, "B", R::abuse_tgt_delegation, "A"));
  EXPECT_EQ(directory.relations.size(), 2U);
  EXPECT_TRUE(trust(R"("TrustDirection":"Disabled","TrustType":"Forest")").relations.empty());
}

TEST(sharphound, members_named_by_distinguished_name_are_found_at_the_end) {
  const Imported<Directory> imported = read(make_zip(
      {{"groups.json",
        file_of("groups", R"({"ObjectIdentifier":"G","Members":[{"ObjectIdentifier":"DN=cn=bob,dc=x"},
                                            {"ObjectIdentifier":"DN=CN=NOBODY,DC=X"}]})",
                1)},
       {"users.json",
        file_of("users", R"({"ObjectIdentifier":"BOB","Properties":{"distinguishedname":"CN=BOB,DC=X"}})",
                1)}}));
  EXPECT_TRUE(has(imported.value, "BOB", R::member_of, "G"));
  ASSERT_NE(find_finding(imported, "sharphound.names_unresolved"), nullptr);
  EXPECT_EQ(param(*find_finding(imported, "sharphound.names_unresolved"), "count"), "1");
}

TEST(sharphound, version_3_puts_policies_and_children_in_the_record) {
  const Imported<Directory> imported =
      read(R"({"ous":[{"ObjectIdentifier":"ou","Users":["u"],"Computers":["c1","c2"],
      "ChildOus":["sub"],"LocalAdmins":[{"MemberId":"g"}],"Links":[{"Guid":"p"}]}],
              "meta":{"count":1,"type":"ous","version":3}})");
  const Directory& directory = imported.value;
  EXPECT_EQ(directory.format_version, 3);
  EXPECT_TRUE(has(directory, "G", R::admin_to, "C1"));
  EXPECT_TRUE(has(directory, "G", R::admin_to, "C2"));
  EXPECT_FALSE(has(directory, "G", R::admin_to, "OU"));
  for (const char* child : {"U", "C1", "C2", "SUB"}) {
    EXPECT_TRUE(has(directory, "OU", R::contains, child)) << child;
  }
  EXPECT_EQ(directory.relations.size(), 7U);
}

TEST(sharphound, security_of_an_authority_replaces_its_directory_entries) {
  const std::string entries =
      R"("HostingComputer":"HOST","Aces":[{"PrincipalSID":"OLD","RightName":"ManageCA"},
      {"PrincipalSID":"HOST","RightName":"ManageCA"},{"PrincipalSID":"OLD","RightName":"WriteDacl"}],
      "CARegistryData":{"CASecurity":{"Data":[{"PrincipalSID":"NEW","RightName":"Enroll"},
              {"PrincipalSID":"NEW","RightName":"Owns"},
      {"PrincipalSID":"LG","PrincipalType":"LocalGroup","RightName":"ManageCA"}],"Collected":)";
  Directory directory = read_one("enterprisecas", R"({"ObjectIdentifier":"CA",)" + entries + "true}}}");
  EXPECT_TRUE(has(directory, "NEW", R::enroll, "CA"));
  EXPECT_TRUE(has(directory, "HOST", R::manage_ca, "CA"));
  EXPECT_TRUE(has(directory, "OLD", R::write_dacl, "CA"));
  EXPECT_EQ(directory.relations.size(), 4U);
  directory = read_one("enterprisecas", R"({"ObjectIdentifier":"CA",)" + entries + "false}}}");
  EXPECT_TRUE(has(directory, "OLD", R::manage_ca, "CA"));
  EXPECT_FALSE(has(directory, "NEW", R::enroll, "CA"));
}

TEST(sharphound, authorities_are_trusted_when_the_store_lists_them) {
  const std::string authorities =
      file_of("enterprisecas", R"({"ObjectIdentifier":"CA1","Properties":{"certthumbprint":"aa"}},
      {"ObjectIdentifier":"CA2","Properties":{"certthumbprint":"BB"}})",
              2);
  const std::string store =
      file_of("ntauthstores", R"({"ObjectIdentifier":"S","Properties":{"certthumbprints":["AA"]}})", 1);
  const Imported<Directory> known = read(make_zip({{"cas.json", authorities}, {"ntauthstores.json", store}}));
  EXPECT_TRUE(find(known.value, "CA1")->is(Fact::trusted_for_authentication));
  EXPECT_FALSE(find(known.value, "CA2")->is(Fact::trusted_for_authentication));
  EXPECT_EQ(known.value.kinds_not_modelled, std::vector<std::string>{"ntauthstores"});
  const Imported<Directory> unknown = read(authorities);
  EXPECT_TRUE(find(unknown.value, "CA2")->is(Fact::trusted_for_authentication));
  ASSERT_NE(find_finding(unknown, "sharphound.nt_auth_unknown"), nullptr);
  EXPECT_EQ(param(*find_finding(unknown, "sharphound.nt_auth_unknown"), "count"), "2");
}

TEST(sharphound, the_whole_is_summed_up_in_one_note_each) {
  const Imported<Directory> imported =
      read(make_zip({{"20260102030405_computers.json",
                      file_of("computers", R"({"ObjectIdentifier":"c","Properties":{"haslaps":true}},
          {"ObjectIdentifier":"C","Properties":{"name":"LATER"}},{"ObjectIdentifier":"GONE","IsDeleted":true,
          "PrimaryGroupSID":"ONLY-HERE"},{"ObjectIdentifier":"D","LocalGroups":[{"ObjectIdentifier":"S-545",
              "Results":["U"]}],
          "SmbInfo":{"Result":{"SigningEnabled":false},"Collected":true},"Aces":[{"PrincipalSID":"U",
              "RightName":"FlyToTheMoon"},
          {"PrincipalSID":"U","RightName":"FlyToTheMoon"},{"PrincipalSID":"V","RightName":"Owns"}]})",
                              3)},
                     {"gadgets.json", file_of("gadgets", R"({"ObjectIdentifier":"X"})", 1, 7)}}),
           "archive.zip");
  ASSERT_TRUE(imported.usable());
  std::map<std::string, std::string> counts;
  for (const Finding& finding : imported.findings) {
    counts[finding.message.code + " " + finding.file + " " + finding.place] +=
        param(finding, "count") + param(finding, "read");
  }
  EXPECT_EQ(counts,
            (std::map<std::string, std::string>{
                {"sharphound.count_differs archive.zip!20260102030405_computers.json meta.count", "4"},
                {"sharphound.dangling archive.zip ", "1"},
                {"sharphound.deleted archive.zip ", "1"},
                {"sharphound.duplicates archive.zip ", "1"},
                {"sharphound.not_modelled archive.zip ", ""},
                {"sharphound.unknown_right archive.zip ", "21"},
                {"sharphound.unknown_type archive.zip!gadgets.json meta.type", "1"},
                {"sharphound.version_new archive.zip!gadgets.json meta.version", ""}}));
  EXPECT_EQ(find(imported.value, "C")->name, "LATER");
  EXPECT_TRUE(find(imported.value, "C")->is(Fact::has_laps));
  EXPECT_EQ(find(imported.value, "ONLY-HERE"), nullptr);
  EXPECT_EQ(find(imported.value, "V")->kind, ObjectKind::unknown);
  EXPECT_EQ(imported.value.kinds_not_modelled, (std::vector<std::string>{"SmbInfo", "gadgets"}));
  EXPECT_EQ(to_rfc3339(*imported.value.collected), "2026-01-02T03:04:05.000Z");
}

TEST(sharphound, objects_find_their_domain) {
  const Imported<Directory> imported = read(make_zip(
      {{"domains.json",
        file_of("domains",
                R"({"ObjectIdentifier":"S-1-5-21-1","Properties":{"name":"CHSA.LOCAL","domain":"CHSA.LOCAL"}},
                                              {"ObjectIdentifier":"S-1-5-21-2",
              "Properties":{"name":"GHT.LOCAL"}})",
                2)},
       {"users.json",
        file_of("users",
                R"({"ObjectIdentifier":"S-1-5-21-2-1000","Aces":[{"PrincipalSID":"chsa.local-S-1-5-32-544",
           "RightName":"Owns"},{"PrincipalSID":"S-1-5-21-7-500","RightName":"Owns"}]})",
                1)}}));
  const auto domain_of = [&](const std::string& id) {
    return imported.value.domains.at(find(imported.value, id)->domain).name;
  };
  EXPECT_EQ(domain_of("S-1-5-21-1"), "CHSA.LOCAL");
  EXPECT_EQ(domain_of("S-1-5-21-2-1000"), "GHT.LOCAL");
  EXPECT_EQ(domain_of("CHSA.LOCAL-S-1-5-32-544"), "CHSA.LOCAL");
  EXPECT_EQ(domain_of("S-1-5-21-7-500"), "");
  EXPECT_EQ(imported.value.domains.size(), 3U);
}

TEST(sharphound, type_may_come_last_or_only_in_the_name) {
  const Directory last = read_one("groups", R"({"ObjectIdentifier":"G"})");
  EXPECT_EQ(last.objects.at(0).kind, ObjectKind::group);
  const Imported<Directory> named =
      read(R"({"data":[{"ObjectIdentifier":"G"}]})", "folder/20260301_groups.json");
  EXPECT_EQ(named.value.objects.at(0).kind, ObjectKind::group);
  const Imported<Directory> sessions = read(
      file_of("sessions", R"({"UserSID":"U","ComputerSID":"C","LogonType":2},{"ObjectIdentifier":"X"})", 2));
  EXPECT_TRUE(has(sessions.value, "C", R::session, "U"));
}

TEST(sharphound, public_collection_gives_the_numbers_counted_by_hand) {
  const std::string path =
      std::string(RELEVE_SHARED_DATA) + "/active-directory/bloodhound-ce-v6-domaine1.zip";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "no real data";
  }
  FileSource source(path);
  const Imported<Directory> imported = read_sharphound(source, "export.zip", Limits{}, Watch{});
  ASSERT_TRUE(imported.usable());
  std::map<ObjectKind, int> kinds;
  for (const DirectoryObject& object : imported.value.objects) {
    ++kinds[object.kind];
  }
  using K = ObjectKind;
  EXPECT_EQ(kinds, (std::map<K, int>{{K::unknown, 8},
                                     {K::user, 52},
                                     {K::computer, 21},
                                     {K::group, 87},
                                     {K::domain, 1},
                                     {K::ou, 13},
                                     {K::gpo, 22},
                                     {K::container, 208},
                                     {K::cert_template, 63},
                                     {K::enterprise_ca, 2},
                                     {K::root_ca, 4},
                                     {K::aia_ca, 4},
                                     {K::nt_auth_store, 1}}));
  std::map<R, int> relations;
  for (const DirectoryRelation& relation : imported.value.relations) {
    ++relations[relation.relation];
  }
  EXPECT_EQ(imported.value.relations.size(), 4125U);
  EXPECT_EQ(relations[R::member_of], 151);
  EXPECT_EQ(relations[R::session], 26);
  EXPECT_EQ(relations[R::admin_to], 11);
  EXPECT_EQ(relations[R::contains], 450);
  EXPECT_EQ(relations[R::generic_all], 451);
  EXPECT_EQ(relations[R::write_dacl], 875);
  EXPECT_EQ(relations[R::enroll], 177);
  EXPECT_EQ(relations[R::published_to], 54);
  EXPECT_EQ(relations[R::trust_same_forest], 2);
  EXPECT_EQ(relations[R::trust_cross_forest], 3);
  EXPECT_EQ(param(*find_finding(imported, "sharphound.duplicates"), "count"), "29");
}

}  // namespace
}  // namespace releve::intake
