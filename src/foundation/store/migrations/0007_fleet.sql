-- The processes that serve this database together, and which of them works on which job (docs/adr/0014). A process is
-- there as long as its row is; "alive_until" is of the database's clock. The first answer of an assessment that runs
-- is for all of them to show. {int64}, {strict}: see migrations.hpp.
create table process (
  id text primary key not null,
  alive_until {int64} not null
) {strict};

create table job_claim (
  job text primary key not null references job (id),
  process text not null,
  stop_wanted {int64} not null
) {strict};

create index job_by_subject on job (subject, state);

create table assessment_preliminary (
  assessment text primary key not null references assessment (id),
  outcome text not null
) {strict};
