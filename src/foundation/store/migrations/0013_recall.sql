-- Recalling staff: the directory of who can be called, call-outs from a crisis room, and what has been sent to whom.
-- Numbers, addresses and messages are sealed with the key of the instance. A personal link is kept as its tag alone.
-- A call-out does not refer to its room by a key: it is let go of long before the journal is. {int64}, {strict}: see
-- migrations.hpp.
create table staff_directory (
  facility text primary key not null references facility (id),
  file text not null,
  people {int64} not null,
  imported {int64} not null,
  imported_by text not null
) {strict};

create table staff (
  id text primary key not null,
  facility text not null references facility (id),
  place {int64} not null,
  name text not null,
  site text not null,
  unit text not null,
  post text not null,
  skills text not null,
  words text not null,
  contact text not null,
  source_row {int64} not null
) {strict};

create index staff_facility on staff (facility, place);

create table callout (
  id text primary key not null,
  facility text not null references facility (id),
  room text not null,
  said text not null,
  asked text not null,
  begun {int64} not null,
  begun_by text not null,
  language text not null,
  origin text not null,
  deputies_after {int64},
  line text not null,
  told {int64} not null
) {strict};

create index callout_room on callout (room);

create table called (
  id text primary key not null,
  callout text not null references callout (id),
  place {int64} not null,
  who text not null,
  person text not null,
  site text not null,
  unit text not null,
  cell text not null,
  post text not null,
  skills text not null,
  contact text not null,
  in_place_of text not null,
  token_tag text not null unique,
  called {int64} not null,
  reached {int64},
  line text not null,
  told {int64} not null,
  unique (callout, who)
) {strict};

create table call_sending (
  id text primary key not null,
  called text not null references called (id),
  channel text not null,
  reminder {int64} not null,
  state text not null,
  due {int64} not null,
  tries {int64} not null,
  ended {int64},
  why text not null
) {strict};

create index call_sending_called on call_sending (called);
create index call_sending_due on call_sending (state, due);
