-- The registry: places (nation, regions, GHT, legal entities, sites, GRADeS, suppliers) and where they belong.
-- Facts hold for days: from_day included, to_day excluded, '9999-12-31' while they last (docs/adr/0010). A row whose
-- days are past never changes again. place_within is every ancestor of a place, from the memberships: what a rights
-- filter asks (steer/registry/within.hpp). A job may now work for the whole instance: its facility is then empty.
-- {int64}, {real}, {strict}: see migrations.hpp.
create table place (
  id text primary key not null,
  kind text not null
) {strict};

create table place_version (
  place text not null references place (id),
  from_day text not null,
  to_day text not null,
  source text not null,
  name text not null,
  long_name text not null,
  category text not null,
  category_name text not null,
  sector text not null,
  department text not null,
  insee text not null,
  postcode text not null,
  town text not null,
  siret text not null,
  opened text not null,
  closed text not null,
  primary key (place, from_day)
) {strict};

create index place_version_open on place_version (to_day, place);

create table place_number (
  scheme text not null,
  number text not null,
  place text not null references place (id),
  from_day text not null,
  to_day text not null,
  primary key (scheme, number, from_day)
) {strict};

create index place_number_by_place on place_number (place);

create table membership (
  hierarchy text not null,
  place text not null references place (id),
  parent text not null references place (id),
  role text not null,
  from_day text not null,
  to_day text not null,
  primary key (hierarchy, place, parent, from_day)
) {strict};

create index membership_by_parent on membership (hierarchy, parent, to_day);

create table place_within (
  hierarchy text not null,
  ancestor text not null,
  place text not null,
  from_day text not null,
  to_day text not null,
  primary key (hierarchy, place, ancestor, from_day)
) {strict};

create index place_within_ancestor on place_within (hierarchy, ancestor, to_day, from_day, place);

create table succession (
  place text not null references place (id),
  successor text not null references place (id),
  day text not null,
  primary key (place, successor)
) {strict};

create table place_word (
  word text not null,
  place text not null,
  primary key (word, place)
) {strict};

create index place_word_by_place on place_word (place);

create table capacity (
  place text not null references place (id),
  measure text not null,
  year {int64} not null,
  amount {int64} not null,
  source text not null,
  primary key (place, year, measure)
) {strict};

create table population (
  id text primary key not null,
  name text not null,
  kind text not null,
  source text not null,
  frozen text not null,
  created {int64} not null,
  created_by text not null
) {strict};

create table population_member (
  population text not null references population (id),
  place text not null references place (id),
  excluded text not null,
  primary key (population, place)
) {strict};

create table registry_import (
  id text primary key not null,
  file_name text not null,
  file_hash text not null,
  file_size {int64} not null,
  format text not null,
  source_day text not null,
  state text not null,
  difference text not null,
  findings text not null,
  created {int64} not null,
  created_by text not null,
  accepted {int64}
) {strict};

create table job_of_any (
  id text primary key not null,
  facility text not null,
  kind text not null,
  subject text not null,
  state text not null,
  progress {real} not null,
  detail text not null,
  created {int64} not null,
  started {int64},
  ended {int64}
) {strict};

insert into job_of_any select * from job;
drop table job;
alter table job_of_any rename to job;
create index job_by_state on job (state, created);
