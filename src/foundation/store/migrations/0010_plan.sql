-- The versions of a facility's digital white plan. The document holds people's numbers and is sealed with the key of
-- the instance. At most one version is not adopted: the draft. {int64}, {strict}: see migrations.hpp.
create table plan_version (
  id text primary key not null,
  facility text not null references facility (id),
  number {int64} not null,
  revision {int64} not null,
  document text not null,
  opinions text not null,
  adoption text,
  created {int64} not null,
  created_by text not null,
  changed {int64} not null,
  changed_by text not null,
  unique (facility, number)
) {strict};

create unique index plan_draft on plan_version (facility) where adoption is null;
