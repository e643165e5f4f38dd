-- The raw history of a body, compressed: one block for at most a megabyte of updates of one document.

create table document_archive (
  id bigint generated always as identity primary key,
  document_id uuid not null,
  first_seq bigint not null,
  last_seq bigint not null,
  last_at timestamptz not null,
  snapshot_id bigint not null,
  updates integer not null,
  raw_bytes integer not null,
  data bytea,
  checksum bytea not null
);
comment on table document_archive is 'Updates that a snapshot contains and a later one was built upon: for playback and authorship, and for reading a body none of whose snapshots is intact.';
comment on column document_archive.id is 'Order of making.';
comment on column document_archive.document_id is 'The document.';
comment on column document_archive.first_seq is 'Smallest sequence number in it. Blocks may overlap: commits overtake one another.';
comment on column document_archive.last_seq is 'Largest sequence number in it.';
comment on column document_archive.last_at is 'When the newest of its updates was stored.';
comment on column document_archive.snapshot_id is 'A snapshot that contains all of it, as does every later one.';
comment on column document_archive.updates is 'How many updates are in it.';
comment on column document_archive.raw_bytes is 'How long the updates were, in bytes.';
comment on column document_archive.data is 'The updates with writer and time (server/document/archive-block.ts), deflated. Null: dropped by its age (ARCHIVE_DAYS).';
comment on column document_archive.checksum is 'SHA-256 of data (32 bytes), checked whenever it is read.';
create index document_archive_order on document_archive (document_id, first_seq, id);
create index document_archive_age on document_archive (last_at) where data is not null;
-- It is compressed already.
alter table document_archive alter column data set storage external;

-- What was archived row by row goes back among the folded updates: the next foldings of its document move it here.
-- Nodes of the release before read that table with every body and fold into it: it stays, and the next release drops
-- it. They must not fold while this runs, which would add rows behind what is moved.
lock table document_update_archive in exclusive mode;
with moved as (delete from document_update_archive returning *)
insert into document_update (seq, document_id, person_id, relayed_by, client_id, write_epoch, data, checksum, folded_into, at)
overriding system value
select seq, document_id, person_id, relayed_by, client_id, write_epoch, data, checksum, folded_into, at from moved;
