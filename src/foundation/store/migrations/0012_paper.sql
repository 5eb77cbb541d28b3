-- The paper sets that were made of a facility's plan. The file is sealed with the key of the instance: it holds
-- people's numbers. {int64}, {strict}: see migrations.hpp.
create table paper_set (
  id text primary key not null,
  facility text not null references facility (id),
  number {int64} not null,
  language text not null,
  pdf_file text not null,
  size {int64} not null,
  made {int64} not null,
  made_by text not null,
  placed text
) {strict};

create index paper_set_of_facility on paper_set (facility, made);
