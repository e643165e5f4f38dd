-- The foundation: people and their credentials, documents and who may use them, and the log of updates
-- that is the truth of every body. Times are instants (timestamptz, microseconds). Digests are SHA-256.

create table setting (
  key text primary key,
  value text not null,
  set_at timestamptz not null default now()
);
comment on table setting is 'Values that all processes of one installation share.';
comment on column setting.key is 'Name, for example auth_secret.';
comment on column setting.value is 'Value as text; secrets are base64url.';
comment on column setting.set_at is 'When it was made.';

create table person (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  name text not null,
  search_key text not null,
  email text,
  picture text,
  color text not null,
  workspace_role text not null check (workspace_role in ('admin', 'member', 'guest')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  suspended_at timestamptz,
  unique (issuer, subject)
);
comment on table person is 'Somebody who has signed in. Identity is (issuer, subject), never the address.';
comment on column person.id is 'Our own id (UUID).';
comment on column person.issuer is 'The configured OpenID issuer; built-in: for the provider that comes with Rationale.';
comment on column person.subject is 'The sub claim, unique within the issuer.';
comment on column person.name is 'Display name, from the claims at the last sign-in.';
comment on column person.search_key is 'Words of name and address, folded for searching (lib/search.ts).';
comment on column person.email is 'Address from the claims; shown, never used as identity. Null: not told.';
comment on column person.picture is 'Address of a picture from the claims. Null: initials are drawn.';
comment on column person.color is 'Colour of caret and avatar, #rrggbb.';
comment on column person.workspace_role is 'admin, member or guest.';
comment on column person.created_at is 'First sign-in.';
comment on column person.seen_at is 'Last sign-in.';
comment on column person.suspended_at is 'Since when this person may do nothing. Null: active.';

create table session (
  token_hash bytea primary key,
  person_id uuid not null references person,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table session is 'A browser that is signed in.';
comment on column session.token_hash is 'SHA-256 of the cookie''s value (32 bytes).';
comment on column session.person_id is 'Whose session.';
comment on column session.created_at is 'When it began.';
comment on column session.expires_at is 'From when it counts no more.';
create index session_person on session (person_id);

create table token (
  id uuid primary key,
  hash bytea not null unique,
  person_id uuid not null references person,
  scope text not null check (scope in ('read', 'comment', 'write', 'admin')),
  name text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
comment on table token is 'A personal token, for programs.';
comment on column token.id is 'Our own id (UUID).';
comment on column token.hash is 'SHA-256 of the whole token (32 bytes).';
comment on column token.person_id is 'In whose name it acts.';
comment on column token.scope is 'The most that it may be used for.';
comment on column token.name is 'What its owner calls it.';
comment on column token.created_at is 'When it was made.';
comment on column token.expires_at is 'From when it counts no more. Null: it does not expire.';
comment on column token.revoked_at is 'When it was taken back. Null: it was not.';
create index token_person on token (person_id);

create sequence document_number;
comment on sequence document_number is 'Numbers of documents: unique, never used again, gaps allowed.';

create table document (
  id uuid primary key,
  prefix text not null,
  number integer unique,
  title text not null,
  search_key text not null,
  status text not null default 'draft'
    check (status in ('draft', 'in_review', 'approved', 'implemented', 'superseded', 'abandoned')),
  template_key text not null,
  owner_id uuid not null references person,
  write_epoch bigint not null default 1,
  schema_version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  binned_at timestamptz,
  binned_by uuid references person
);
comment on table document is 'A document, without its body.';
comment on column document.id is 'Our own id (UUID).';
comment on column document.prefix is 'Letters before the number, from the template: TDD.';
comment on column document.number is 'Number within the workspace. Null: the sample, which has none.';
comment on column document.title is 'Title, normalised (lib/document.ts), 1 to 200 UTF-16 units.';
comment on column document.search_key is 'Number and words of the title, folded for searching (lib/search.ts).';
comment on column document.status is 'State of lib/document.ts.';
comment on column document.template_key is 'The template that it was made from or recognised as.';
comment on column document.owner_id is 'The owner; also a row in document_member.';
comment on column document.write_epoch is 'The fence: rises with every change of status or access; an update accepted under an older one is not stored.';
comment on column document.schema_version is 'The highest version of the content schema that its body uses.';
comment on column document.created_at is 'When it was made.';
comment on column document.updated_at is 'Last change of body or title.';
comment on column document.binned_at is 'When it was moved to the bin. Null: it is not there.';
comment on column document.binned_by is 'Who moved it there.';
create index document_updated on document (updated_at desc, id);

create table document_member (
  document_id uuid not null references document,
  person_id uuid not null references person,
  role text not null check (role in ('owner', 'editor', 'commenter', 'viewer')),
  added_by uuid references person,
  added_at timestamptz not null default now(),
  primary key (document_id, person_id)
);
comment on table document_member is 'Who may use a document, and how.';
comment on column document_member.document_id is 'The document.';
comment on column document_member.person_id is 'The person.';
comment on column document_member.role is 'Role of lib/access.ts.';
comment on column document_member.added_by is 'Who gave the role. Null: the server, for the sample document.';
comment on column document_member.added_at is 'When.';
create index document_member_person on document_member (person_id, document_id);

create table document_section (
  document_id uuid not null references document,
  heading_id text not null,
  template_section text not null,
  primary key (document_id, heading_id)
);
comment on table document_section is 'Which heading is which section of the template.';
comment on column document_section.document_id is 'The document.';
comment on column document_section.heading_id is 'Block id of the heading.';
comment on column document_section.template_section is 'Key of the section in the template.';

create table document_snapshot (
  id bigint generated always as identity primary key,
  document_id uuid not null,
  data bytea not null,
  checksum bytea not null,
  made_at timestamptz not null default now()
);
comment on table document_snapshot is 'A whole body, folded from the log. The newest intact one counts; the one before it is kept.';
comment on column document_snapshot.id is 'Order of making.';
comment on column document_snapshot.document_id is 'The document.';
comment on column document_snapshot.data is 'Yjs 13 update, format 1.';
comment on column document_snapshot.checksum is 'SHA-256 of data (32 bytes), checked at every load.';
comment on column document_snapshot.made_at is 'When.';
create index document_snapshot_newest on document_snapshot (document_id, id desc);

create table document_update (
  seq bigint generated always as identity primary key,
  document_id uuid not null,
  person_id uuid,
  relayed_by uuid,
  client_id bigint not null,
  write_epoch bigint not null,
  data bytea not null,
  checksum bytea not null,
  folded_into bigint,
  at timestamptz not null default now()
);
comment on table document_update is 'The log of updates: append-only, and the truth. No foreign keys: one insert commits many documents at once.';
comment on column document_update.seq is 'Sequence number. Commits may overtake one another: a larger number is no superset.';
comment on column document_update.document_id is 'The document.';
comment on column document_update.person_id is 'Whose text. Null: the server''s (seed, import, restore).';
comment on column document_update.relayed_by is 'Who brought it back after a crash, where that is somebody else. Null: its author did.';
comment on column document_update.client_id is 'Yjs client id of the writer (unsigned 32 bits); 0 when the update only deletes.';
comment on column document_update.write_epoch is 'The document''s fence when it was accepted.';
comment on column document_update.data is 'Yjs 13 update, format 1.';
comment on column document_update.checksum is 'SHA-256 of data (32 bytes), checked at every load.';
comment on column document_update.folded_into is 'The snapshot that contains it. Null: none does.';
comment on column document_update.at is 'When it was stored.';
create index document_update_open on document_update (document_id, seq) where folded_into is null;
create index document_update_folded on document_update (document_id, folded_into) where folded_into is not null;

create table document_update_archive (like document_update including comments);
comment on table document_update_archive is 'Updates that a snapshot contains and a later one was built upon: for playback and authorship.';
create index document_update_archive_document on document_update_archive (document_id, seq);

create table document_client (
  document_id uuid not null,
  client_id bigint not null,
  person_id uuid,
  claimed_at timestamptz not null default now(),
  primary key (document_id, client_id)
);
comment on table document_client is 'Whose a Yjs client id is in a document: the first claim counts, for ever.';
comment on column document_client.document_id is 'The document.';
comment on column document_client.client_id is 'Yjs client id (unsigned 32 bits).';
comment on column document_client.person_id is 'Whose. Null: the server''s.';
comment on column document_client.claimed_at is 'When.';

create table quarantine (
  id bigint generated always as identity primary key,
  document_id uuid not null,
  person_id uuid,
  data bytea not null,
  reason text not null,
  at timestamptz not null default now()
);
comment on table quarantine is 'Bytes that could not be stored where they belong, kept for the operator.';
comment on column quarantine.id is 'Order of arrival.';
comment on column quarantine.document_id is 'The document that they were meant for.';
comment on column quarantine.person_id is 'Who sent them. Null: the server.';
comment on column quarantine.data is 'Yjs 13 update, format 1.';
comment on column quarantine.reason is 'What the database said, without content.';
comment on column quarantine.at is 'When.';

create table ticket (
  hash bytea primary key,
  person_id uuid not null references person,
  document_id uuid not null references document,
  scope text not null check (scope in ('read', 'comment', 'write', 'admin')),
  credential_id text not null,
  expires_at timestamptz not null
);
comment on table ticket is 'A short-lived pass to one document''s socket.';
comment on column ticket.hash is 'SHA-256 of the ticket (32 bytes).';
comment on column ticket.person_id is 'For whom.';
comment on column ticket.document_id is 'To which document.';
comment on column ticket.scope is 'The scope of the credential that asked for it.';
comment on column ticket.credential_id is 'The session or token that asked for it: when that ends, so does what the ticket opened.';
comment on column ticket.expires_at is 'From when it counts no more (60 s after it was made).';

create table idempotency (
  person_id uuid not null references person,
  key text not null,
  route text not null,
  request_hash bytea not null,
  status smallint,
  body jsonb,
  at timestamptz not null default now(),
  primary key (person_id, route, key)
);
comment on table idempotency is 'Answers to creating calls, so that a repeated call gets the first answer.';
comment on column idempotency.person_id is 'Who called.';
comment on column idempotency.key is 'The Idempotency-Key header, 1 to 200 characters.';
comment on column idempotency.route is 'Name of the route.';
comment on column idempotency.request_hash is 'SHA-256 of the request''s body (32 bytes): another body under the same key is a conflict.';
comment on column idempotency.status is 'HTTP status of the answer. Null: the first call is still under way.';
comment on column idempotency.body is 'The answer''s JSON.';
comment on column idempotency.at is 'When the first call came. Rows older than a day are removed.';
