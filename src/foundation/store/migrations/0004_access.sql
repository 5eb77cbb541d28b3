-- Accounts, what they may do and where, sessions, sealed codes, and the trail of it all.
create table account (
  id text primary key not null,
  login text not null unique,
  name text not null,
  contact text not null,
  password text not null,
  totp text not null,
  totp_step {int64} not null,
  active {int64} not null,
  created {int64} not null,
  created_by text not null,
  last_seen {int64}
) {strict};

create table access_grant (
  id text primary key not null,
  account text not null references account (id),
  role text not null,
  place text not null,
  hierarchy text not null,
  recursive {int64} not null,
  starts {int64} not null,
  ends {int64},
  granted {int64} not null,
  granted_by text not null,
  ended {int64},
  ended_by text not null
) {strict};

create index access_grant_by_account on access_grant (account);

create table access_session (
  secret text primary key not null,
  id text not null unique,
  account text not null,
  code text not null,
  strong {int64} not null,
  created {int64} not null,
  last_seen {int64} not null,
  ends {int64} not null,
  peer text not null,
  agent text not null
) {strict};

create index access_session_by_account on access_session (account);

create table invitation (
  secret text primary key not null,
  account text not null references account (id),
  strong {int64} not null,
  created {int64} not null,
  created_by text not null,
  ends {int64} not null
) {strict};

create table recovery_code (
  account text not null references account (id),
  secret text not null,
  primary key (account, secret)
) {strict};

create table sealed_code (
  id text primary key not null,
  secret text not null unique,
  post text not null,
  role text not null,
  place text not null,
  created {int64} not null,
  created_by text not null,
  ends {int64} not null,
  used {int64},
  used_from text not null,
  revoked {int64},
  revoked_by text not null
) {strict};

create table shared_place (
  place text not null,
  role text not null,
  shared {int64} not null,
  shared_by text not null,
  ends {int64},
  primary key (place, role)
) {strict};

create table trail_entry (
  number {int64} primary key not null,
  at {int64} not null,
  actor text not null,
  peer text not null,
  deed text not null,
  place text not null,
  subject text not null,
  detail text not null,
  previous text not null,
  hash text not null
) {strict};

create index trail_entry_by_place on trail_entry (place, number);

create table trail_digest (
  day text primary key not null,
  last {int64} not null,
  hash text not null,
  public_key text not null,
  signature text not null
) {strict};
