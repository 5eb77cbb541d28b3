// SPDX-License-Identifier: EUPL-1.2
// Names of the directory's relations, where text is needed: identities of relations in a difference, titles.
#pragma once

#include "foundation/describe/describe.hpp"
#include "intake/directory.hpp"

namespace releve::intake {

constexpr auto describe(Relation*) {
  using enum Relation;
  return Names{name(member_of, "member_of"),
               name(session, "session"),
               name(admin_to, "admin_to"),
               name(can_rdp, "can_rdp"),
               name(can_psremote, "can_psremote"),
               name(execute_dcom, "execute_dcom"),
               name(backup_operator, "backup_operator"),
               name(remote_interactive_logon_right, "remote_interactive_logon_right"),
               name(allowed_to_delegate, "allowed_to_delegate"),
               name(allowed_to_act, "allowed_to_act"),
               name(has_sid_history, "has_sid_history"),
               name(dump_smsa_password, "dump_smsa_password"),
               name(sql_admin, "sql_admin"),
               name(contains, "contains"),
               name(gp_link, "gp_link"),
               name(trust_same_forest, "trust_same_forest"),
               name(trust_cross_forest, "trust_cross_forest"),
               name(spoof_sid_history, "spoof_sid_history"),
               name(abuse_tgt_delegation, "abuse_tgt_delegation"),
               name(published_to, "published_to"),
               name(hosts_ca, "hosts_ca"),
               name(owns, "owns"),
               name(generic_all, "generic_all"),
               name(generic_write, "generic_write"),
               name(write_owner, "write_owner"),
               name(write_dacl, "write_dacl"),
               name(all_extended_rights, "all_extended_rights"),
               name(force_change_password, "force_change_password"),
               name(add_member, "add_member"),
               name(add_self, "add_self"),
               name(get_changes, "get_changes"),
               name(get_changes_all, "get_changes_all"),
               name(get_changes_filtered, "get_changes_filtered"),
               name(read_laps_password, "read_laps_password"),
               name(read_gmsa_password, "read_gmsa_password"),
               name(add_allowed_to_act, "add_allowed_to_act"),
               name(write_spn, "write_spn"),
               name(add_key_credential_link, "add_key_credential_link"),
               name(sync_laps_password, "sync_laps_password"),
               name(write_account_restrictions, "write_account_restrictions"),
               name(write_gp_link, "write_gp_link"),
               name(enroll, "enroll"),
               name(manage_ca, "manage_ca"),
               name(manage_certificates, "manage_certificates"),
               name(write_pki_name_flag, "write_pki_name_flag"),
               name(write_pki_enrollment_flag, "write_pki_enrollment_flag")};
}

}  // namespace releve::intake
