// SPDX-License-Identifier: EUPL-1.2
// The closed lists of words that the server sends; a test holds each against both catalogues.

export const layers = ['care', 'application', 'infrastructure', 'account', 'zone', 'dependency'] as const
export const scenarios = ['crisis', 'national_mix'] as const
export const elements = ['service', 'application', 'component', 'dependency', 'zone'] as const

/** Rights that a token may carry: what is a person's own is not among them. */
export const tokenRights = ['indicators', 'view', 'edit', 'run', 'audit', 'steer'] as const

const plan_parts = ['frame', 'criteria', 'delegations', 'cells', 'roles', 'contacts', 'calls', 'cards', 'services', 'forms', 'messages', 'kits', 'stocks', 'trainings']

export const vocabulary: Record<string, readonly string[]> = {
  'ui.layer': layers,
  'access.right': tokenRights,
  'ui.scenario': scenarios,
  'ui.ending': ['no_entry', 'no_goal', 'cut_before', 'stole_only', 'nothing_hit', 'struck'],
  'ui.door': ['credentials', 'exposed_flaw', 'phishing', 'supplier'],
  'ui.element': [...elements, 'services', 'applications', 'components', 'dependencies', 'zones', 'machines', 'accounts', 'relations',
    'weaknesses', 'machine', 'account', 'relation', 'weakness'],
  'ui.change': ['created', 'kept', 'changed', 'gone', 'back', 'reidentified'],
  'ui.import_state': ['reading', 'ready', 'refused', 'committed', 'undone', 'discarded'],
  'ui.recall.state': ['called', 'reached', 'coming', 'present', 'left', 'unavailable', 'failed'],
  'ui.recall.channel': ['mail', 'gateway'],
  'ui.recall.sending': ['waiting', 'sent', 'failed'],
  'ui.channels.security': ['none', 'starttls', 'tls'],
  'ui.severity': ['note', 'warning', 'error'],
  'ui.trust': ['confirmed', 'partly', 'default'],
  'ui.job_state': ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'],
  'ui.choke': ['account', 'host', 'power'],
  'ui.lane': ['technical', 'care'],
  'ui.dependency': ['needs', 'interface', 'backed_up_by'],
  'ui.least_state': ['read_only', 'not_linked', 'full'],
  'ui.origin': ['import', 'answer', 'manual'],
  'ui.choice': ['true', 'false', 'on_site', 'hosted', 'saas', 'none', 'antivirus', 'edr', 'edr_24x7'],
  'ui.kind': [
    'emergency', 'intensive_care', 'neonatal', 'theatre', 'surgery', 'medicine', 'obstetrics', 'paediatrics', 'dialysis', 'radiotherapy',
    'chemotherapy', 'laboratory', 'imaging', 'pharmacy', 'blood_bank', 'sterilisation', 'kitchen', 'admissions', 'outpatients',
    'emergency_call', 'psychiatry', 'rehabilitation', 'long_term_care', 'logistics', 'administration', 'other', 'patient_record',
    'prescription', 'bed_map', 'staff_recall', 'staff_planning', 'payroll', 'finance', 'messaging', 'telephony', 'interface_engine',
    'identity', 'appointment', 'maternity', 'office', 'server', 'workstations', 'hypervisor', 'storage', 'directory', 'dns', 'network',
    'medical_device', 'backup', 'saas', 'user', 'group', 'computer', 'zone', 'needs', 'interface', 'backed_up_by', 'host', 'machine',
    'domain_controller', 'workstation', 'domain', 'ou', 'gpo', 'container', 'cert_template', 'enterprise_ca',
  ],
  'ui.field': [
    'id', 'name', 'sector', 'beds', 'daily_activity', 'activity_unit', 'weight', 'occupancy', 'capacity_2h', 'capacity_8h', 'capacity_24h',
    'capacity_72h', 'capacity_1w', 'capacity_4w', 'role', 'vendor', 'hosting', 'rto_h', 'rpo_h', 'availability', 'integrity',
    'confidentiality', 'kind', 'count', 'zone', 'host_name', 'fqdn', 'ip', 'sid', 'operating_system', 'domain_joined', 'internet_exposed',
    'supplier_access', 'offline_backup', 'immutable_backup', 'kept_on_shutdown', 'consumer', 'target', 'alternative', 'needed',
    'autonomy_h', 'least_state', 'addresses', 'flows', 'watch', 'remote_access_group', 'remote_access_mfa',
    'reaction_night_h', 'teams_infrastructure', 'teams_applications', 'teams_security', 'teams_ward', 'teams_workplace',
  ],
  'ui.match': ['sid', 'fqdn', 'host_name', 'ip', 'pattern', 'component'],
  'ui.source': ['sharphound', 'nmap', 'nessus', 'openvas', 'pingcastle', 'template', 'sheet'],
  technique: [
    'adcs_esc1', 'asrep_roast', 'backup_takeover', 'dcsync', 'delegation', 'directory_takeover', 'exploit_known', 'exploit_likely',
    'exploit_public', 'exploit_ransomware', 'gateway_credentials', 'kerberoast', 'object_control', 'platform_takeover', 'remote_admin',
    'remote_desktop', 'session_fresh', 'session_old', 'sql_admin', 'supplier_pivot', 'unconstrained_delegation',
  ],
  'ui.account': ['disabled'],
  'ui.place_kind': ['nation', 'region', 'ght', 'legal', 'site', 'grades', 'supplier'],
  'ui.capacity': ['beds', 'beds_medicine', 'beds_surgery', 'beds_obstetrics', 'day_places', 'stays', 'emergency', 'emergency_children'],
  'ui.registry_source': ['table', 'manual', 'finess', 'sae', 'ght_list'],
  'ui.registry_import_state': ['reading', 'ready', 'refused', 'accepting', 'accepted', 'discarded'],
  'ui.registry_change': ['opened', 'closed', 'reopened', 'renamed', 'moved', 'recategorised', 'regrouped', 'renumbered', 'merged'],
  'ui.population_kind': ['ose', 'regional', 'other'],
  'ui.user': ['owner'],
  'ui.plan.part': plan_parts,
  'ui.plan.new': plan_parts.slice(1),
  'ui.plan.act': ['decide', 'cut_network', 'declare', 'complain'],
  'ui.plan.cell': ['decision', 'secretary', 'care', 'safety', 'families', 'logistics', 'communication', 'cyber'],
  'ui.plan.phase': ['alert', 'mobilise', 'contain', 'degraded', 'evict', 'rebuild', 'reconnect', 'close'],
  'ui.plan.horizon': ['h2', 'h8', 'h24', 'h72', 'w1', 'w4'],
  'ui.plan.audience': ['staff', 'patients', 'press', 'partners'],
  'ui.plan.group': ['staff', 'authority', 'partner', 'supplier'],
  'ui.plan.level': ['internal_mobilisation', 'plan_blanc'],
  'ui.plan.kind': ['activate', 'lift'],
  'ui.plan.body': ['directoire', 'cme', 'cse'],
  'ui.plan.opinion': ['favourable', 'with_reserve', 'unfavourable', 'none'],
  'ui.plan.state': ['draft', 'adopted', 'in_force', 'past'],
  'ui.paper.reprint': ['no', 'none_in_place', 'newer_plan', 'too_old'],
  'ui.plan.change': ['added', 'changed', 'removed', 'reordered'],
  'room.words.kind': ['real', 'exercise'],
  'room.words.line_kind': ['fact', 'information', 'decision', 'action', 'call'],
  'room.words.layer': ['service', 'application', 'component'],
  'room.words.state': ['down', 'read_only', 'not_linked', 'full'],
  'room.words.cause': ['unknown', 'encrypted', 'shut_down', 'dependency'],
  'room.words.task_state': ['open', 'doing', 'done', 'dropped'],
  'room.words.decision_state': ['pending', 'taken', 'revoked'],
  'room.words.presence_state': ['called', 'coming', 'present', 'left', 'unavailable'],
  'room.words.request_kind': ['resource', 'close_emergency', 'move_patients', 'other'],
  'room.words.request_state': ['asked', 'granted', 'refused', 'arrived', 'withdrawn'],
  'room.words.placement_state': ['here', 'to_move', 'moved', 'gone'],
  'room.words.clock_state': ['waiting', 'running', 'late', 'met', 'not_applicable'],
  'ui.room.layer': ['service', 'application', 'component'],
  'ui.room.deed': ['opening', 'level', 'impact', 'task', 'tick', 'decision', 'presence', 'handover', 'request', 'placement', 'milestone', 'notice', 'report', 'joined', 'closing'],
  'ui.room.send': ['sending', 'waiting', 'refused'],
  'ui.room.banner': ['real', 'exercise'],
  'ui.activate.kind': ['real', 'exercise'],
  'ui.activate.level': ['internal_mobilisation', 'plan_blanc'],
  'ui.activate.suggestion': ['encrypted', 'ransom_note', 'laboratory', 'no_record', 'supplier', 'unknown'],
  'ui.room.form': ['declare', 'decision', 'task', 'document'],
  'ui.room.order': ['arrived', 'happened'],
  'ui.room.task.to': ['open', 'doing', 'done', 'dropped'],
  'ui.room.person.to': ['present', 'left', 'unavailable'],
  'ui.room': ['board', 'clocks', 'tasks', 'cards', 'decisions', 'people', 'requests', 'beds', 'reports', 'file', 'journal'],
  'ui.room.field': ['element', 'state', 'cause', 'layer', 'capacity', 'transfers', 'happened', 'from', 'whom', 'how', 'reference', 'event_at', 'task', 'whose', 'due', 'decision', 'reason',
    'decided_by', 'authority', 'care_cost', 'review', 'person', 'cell', 'function', 'presence', 'expected', 'leaves', 'comes', 'request_kind', 'what', 'quantity', 'of_whom', 'request_state',
    'answer', 'number', 'service', 'bed', 'destination', 'placement', 'approved_by'],
  'ui.confidence': ['verified', 'derived', 'expert'],
  'ui.activity': ['activity', 'bed_days', 'acts', 'admissions', 'analyses', 'bed-days', 'births', 'calls', 'consultations', 'cycles', 'deliveries', 'dispensings',
    'examinations', 'files', 'meals', 'operations', 'passages', 'sessions', 'units issued'],
}

/** The nature of a zone is how it is watched; of everything else, its kind. */
export const kindWords = (layer: string) => (layer === 'zone' ? 'ui.choice' : 'ui.kind')

/** The fields a column of a spreadsheet may fill, by kind of row. */
export const mappable: Record<(typeof elements)[number], readonly string[]> = {
  service: ['id', 'name', 'sector', 'beds', 'daily_activity', 'activity_unit', 'weight', 'occupancy', 'capacity_2h', 'capacity_8h',
    'capacity_24h', 'capacity_72h', 'capacity_1w', 'capacity_4w'],
  application: ['id', 'name', 'role', 'vendor', 'hosting', 'rto_h', 'rpo_h', 'availability', 'integrity', 'confidentiality'],
  component: ['id', 'name', 'kind', 'count', 'zone', 'host_name', 'fqdn', 'ip', 'sid', 'operating_system', 'domain_joined',
    'internet_exposed', 'supplier_access', 'offline_backup', 'immutable_backup', 'kept_on_shutdown'],
  dependency: ['id', 'consumer', 'target', 'kind', 'alternative', 'needed', 'autonomy_h', 'least_state'],
  zone: ['id', 'name', 'addresses', 'flows', 'watch', 'remote_access_group', 'remote_access_mfa'],
}

/** How a field is asked: what is not named here is a number. */
export const yes_no_fields = ['domain_joined', 'internet_exposed', 'offline_backup', 'immutable_backup', 'kept_on_shutdown', 'remote_access_mfa']
export const share_fields = ['occupancy', 'capacity_2h', 'capacity_8h', 'capacity_24h', 'capacity_72h', 'capacity_1w', 'capacity_4w']
export const hour_fields = ['rto_h', 'rpo_h', 'autonomy_h', 'reaction_night_h']
export const choice_fields: Record<string, readonly string[]> = {
  hosting: ['on_site', 'hosted', 'saas'],
  watch: ['none', 'antivirus', 'edr', 'edr_24x7'],
  least_state: ['read_only', 'not_linked', 'full'],
}
