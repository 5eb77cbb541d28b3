-- Facilities, imports, answers, assessments, jobs. For {int64}, {real} and {strict} see migrations.hpp.
create table facility (
  id text primary key not null,
  name text not null,
  fictional {int64} not null,
  settings text not null,
  version {int64} not null,
  created {int64} not null
) {strict};

create table import (
  id text primary key not null,
  facility text not null references facility (id),
  file_name text not null,
  file_hash text not null,
  file_size {int64} not null,
  format text not null,
  mapping text not null,
  state text not null,
  summary text not null,
  findings text not null,
  created {int64} not null,
  created_by text not null,
  committed {int64},
  position {int64}
) {strict};

create index import_by_facility on import (facility, state, position);

create table answer (
  facility text not null references facility (id),
  element text not null,
  field text not null,
  value text not null,
  answered {int64} not null,
  answered_by text not null,
  primary key (facility, element, field)
) {strict};

create table column_mapping (
  facility text not null references facility (id),
  header_hash text not null,
  mapping text not null,
  saved {int64} not null,
  primary key (facility, header_hash)
) {strict};

create table job (
  id text primary key not null,
  facility text not null references facility (id),
  kind text not null,
  subject text not null,
  state text not null,
  progress {real} not null,
  detail text not null,
  created {int64} not null,
  started {int64},
  ended {int64}
) {strict};

create index job_by_state on job (state, created);

create table assessment (
  id text primary key not null,
  facility text not null references facility (id),
  parameters text not null,
  state text not null,
  seed text not null,
  worlds {int64} not null,
  model_version text not null,
  input_hash text not null,
  outcome_file text not null,
  headline text,
  created {int64} not null,
  created_by text not null
) {strict};

create index assessment_by_facility on assessment (facility, created);

create table instance_setting (
  name text primary key not null,
  value text not null,
  changed {int64} not null
) {strict};
