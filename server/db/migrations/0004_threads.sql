-- Threads live outside the body: who may comment need not be able to write it.

create table thread (
  id uuid primary key,
  document_id uuid not null references document,
  kind text not null check (kind in ('comment', 'question', 'nit', 'concern', 'blocking', 'suggestion')),
  section_id text,
  anchor jsonb,
  quote text not null,
  author_id uuid not null references person,
  outcome text check (outcome in ('fixed', 'answered', 'wont_fix', 'moved')),
  reason text,
  moved_to text,
  resolved_by uuid references person,
  resolved_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (anchor is null or section_id is not null),
  check ((outcome is null) = (resolved_by is null) and (outcome is null) = (resolved_at is null)),
  check (moved_to is null or outcome = 'moved')
);
comment on table thread is 'A talk about words of a document (anchor), a section of it (section_id alone), or all of it (neither).';
comment on column thread.id is 'Our own id (UUID).';
comment on column thread.document_id is 'The document.';
comment on column thread.kind is 'Kind of lib/thread.ts.';
comment on column thread.section_id is 'Block id of the heading; `preamble` before the first. With an anchor: the section that the words stood in when it was made.';
comment on column thread.anchor is 'Where its words are, as lib/content/anchor.ts has it; at most 16 KB.';
comment on column thread.quote is 'The words, or the title of the section, as they were when it was attached. Empty: the document.';
comment on column thread.author_id is 'Who started it.';
comment on column thread.outcome is 'How it ended. Null: it is open.';
comment on column thread.reason is 'Why, where that was said; 1 to 2,000 UTF-16 units.';
comment on column thread.moved_to is 'Block id of the heading of the section where it goes on.';
comment on column thread.resolved_by is 'Who ended it.';
comment on column thread.resolved_at is 'When.';
comment on column thread.created_at is 'When it was started.';
comment on column thread.updated_at is 'Last change of it or of a comment in it.';
create index thread_document on thread (document_id, created_at, id);

create table thread_comment (
  id uuid primary key,
  seq bigint not null unique generated always as identity,
  thread_id uuid not null references thread on delete cascade,
  author_id uuid not null references person,
  body text not null,
  created_at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz
);
comment on table thread_comment is 'What somebody said in a thread; the one with the lowest seq began it.';
comment on column thread_comment.id is 'Our own id (UUID).';
comment on column thread_comment.seq is 'Order over all comments, by the time of writing.';
comment on column thread_comment.thread_id is 'The thread.';
comment on column thread_comment.author_id is 'Who said it.';
comment on column thread_comment.body is 'Plain text, normalised (lib/thread.ts), 1 to 20,000 UTF-16 units. Empty: removed.';
comment on column thread_comment.created_at is 'When.';
comment on column thread_comment.edited_at is 'When it was last changed. Null: never.';
comment on column thread_comment.removed_at is 'When its author removed it although others had replied. Null: it stands.';
create index thread_comment_thread on thread_comment (thread_id, seq);

create table thread_seen (
  person_id uuid not null references person,
  thread_id uuid not null references thread on delete cascade,
  seq bigint not null,
  primary key (person_id, thread_id)
);
comment on table thread_seen is 'How far somebody has read a thread.';
comment on column thread_seen.person_id is 'The reader.';
comment on column thread_seen.thread_id is 'The thread.';
comment on column thread_seen.seq is 'The last comment that they have seen (thread_comment.seq).';
create index thread_seen_thread on thread_seen (thread_id);
