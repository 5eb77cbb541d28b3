-- Places below that a role does not reach: a JSON list of their ids.
alter table access_grant add column exceptions text not null default '[]';
