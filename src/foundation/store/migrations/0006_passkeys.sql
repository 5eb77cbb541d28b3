-- Passkeys: what is kept to know them again (nothing of it is secret), and which tickets have opened.
create table passkey (
  id text primary key not null,
  account text not null references account (id),
  credential text not null unique,
  algorithm {int64} not null,
  public_key text not null,
  counter {int64} not null,
  name text not null,
  created {int64} not null,
  last_used {int64}
) {strict};

create index passkey_by_account on passkey (account);

create table used_ticket (
  ticket text primary key not null,
  used {int64} not null
) {strict};
