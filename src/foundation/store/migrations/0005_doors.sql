-- Identities that a provider vouches for, and tokens for programs.
create table identity (
  id text primary key not null,
  account text not null references account (id),
  provider text not null,
  subject text not null unique,
  shown text not null,
  siret text not null,
  linked {int64} not null,
  linked_by text not null,
  last_seen {int64}
) {strict};

create index identity_by_account on identity (account);

create table used_attempt (
  state text primary key not null,
  used {int64} not null
) {strict};

create table provider_session (
  session text primary key not null,
  provider text not null,
  token text not null,
  back text not null
) {strict};

create table api_token (
  id text primary key not null,
  secret text not null unique,
  account text not null references account (id),
  name text not null,
  rights text not null,
  place text not null,
  strong {int64} not null,
  created {int64} not null,
  ends {int64} not null,
  last_used {int64},
  last_peer text not null,
  ended {int64},
  ended_by text not null
) {strict};

create index api_token_by_account on api_token (account);
