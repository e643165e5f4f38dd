-- Which runs of the server ended cleanly. After one that did not, people's browsers may hold text that the
-- log does not, and bring it back for one another.

create table server_run (
  id uuid primary key,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  found_dead_at timestamptz
);
comment on table server_run is 'One run of one server process.';
comment on column server_run.id is 'Made at each start (UUID).';
comment on column server_run.started_at is 'When it began to serve documents.';
comment on column server_run.ended_at is 'When it ended with everything committed. Null: it runs, or it was killed.';
comment on column server_run.found_dead_at is 'When a later run found that it had not ended. From then on, recovery.';
create index server_run_open on server_run (started_at) where ended_at is null and found_dead_at is null;
create index server_run_dead on server_run (found_dead_at desc) where found_dead_at is not null;
