-- Versions: frozen documents. What a version says never changes.

create table document_version (
  id uuid primary key,
  document_id uuid not null references document,
  number integer not null check (number > 0),
  reason text not null
    check (reason in ('named', 'review', 'status', 'burst', 'before_restore', 'large_deletion')),
  name text,
  hash bytea not null check (octet_length(hash) = 32),
  data bytea not null,
  checksum bytea not null,
  state_vector bytea not null,
  last_seq bigint not null,
  contributors uuid[] not null,
  created_by uuid references person,
  created_at timestamptz not null,
  same_until timestamptz not null,
  unique (document_id, number)
);
comment on table document_version is 'A document as it was at one moment.';
comment on column document_version.id is 'Our own id (UUID).';
comment on column document_version.document_id is 'The document.';
comment on column document_version.number is 'Counts within the document, from 1, without gaps.';
comment on column document_version.reason is 'Why it was frozen (lib/version.ts); what somebody meant replaces what the server did by itself.';
comment on column document_version.name is 'What somebody called it, 1 to 100 UTF-16 units. Null: nothing.';
comment on column document_version.hash is 'SHA-256 (32 bytes) of its canonical content (lib/content/canonical.ts).';
comment on column document_version.data is 'Its body with block ids, and who wrote what (server/version/frozen.ts), as JSON, deflated.';
comment on column document_version.checksum is 'SHA-256 of data (32 bytes), checked whenever it is read.';
comment on column document_version.state_vector is 'Yjs state vector (format 1) of the body that it was taken of.';
comment on column document_version.last_seq is 'The largest sequence number that the document''s log had then. 0: everything was folded and archived.';
comment on column document_version.contributors is 'Who wrote or deleted since the version before it.';
comment on column document_version.created_by is 'Who caused it to be frozen. Null: the server.';
comment on column document_version.created_at is 'When.';
comment on column document_version.same_until is 'When the document was last looked at and said the same still.';
-- It is compressed already.
alter table document_version alter column data set storage external;
