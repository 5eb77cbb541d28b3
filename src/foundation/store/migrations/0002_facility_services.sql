-- How many care services a facility has, and in which version: a list of facilities reads no file again.
alter table facility add column services {int64} not null default 0;
alter table facility add column counted {int64} not null default 0;
