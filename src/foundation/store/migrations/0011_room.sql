-- Crisis rooms and their journals. A line's text is sealed with the key of the instance; its hash covers the text as it
-- was first written and the hash before it. Rows of journal_line are only ever added. {int64}, {strict}: see migrations.hpp.
create table room (
  id text primary key not null,
  facility text not null references facility (id),
  kind text not null,
  name text not null,
  opened {int64} not null,
  opened_by text not null,
  closed {int64}
) {strict};

create index room_facility on room (facility, opened);

create table journal_chain (
  id text primary key not null,
  room text not null references room (id),
  begun_in text not null,
  node text not null,
  own {int64} not null,
  number {int64} not null,
  head text not null
) {strict};

create index journal_chain_room on journal_chain (room);

create table journal_line (
  id text primary key not null,
  room text not null references room (id),
  arrived {int64} not null,
  chain text not null references journal_chain (id),
  number {int64} not null,
  said text not null,
  previous text not null,
  hash text not null,
  unique (room, arrived),
  unique (chain, number)
) {strict};

create table journal_attachment (
  id text primary key not null,
  room text not null references room (id),
  file_hash text not null,
  name text not null,
  type text not null,
  size {int64} not null,
  added {int64} not null,
  added_by text not null
) {strict};

create index journal_attachment_room on journal_attachment (room, file_hash);
