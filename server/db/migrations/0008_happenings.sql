-- What somebody may want to hear of outlives its moment, unlike a live event.

create table happening (
  id bigint generated always as identity primary key,
  document_id uuid not null references document,
  actor_id uuid references person,
  what jsonb not null,
  at timestamptz not null,
  told_at timestamptz
);
comment on table happening is 'What happened to documents, written with the change itself; the inbox tells people of it, once.';
comment on column happening.id is 'Order of writing; transactions may overtake one another.';
comment on column happening.document_id is 'The document.';
comment on column happening.actor_id is 'Who did it. Null: the server.';
comment on column happening.what is 'A Happening of lib/happening.ts.';
comment on column happening.at is 'When.';
comment on column happening.told_at is 'When the inbox has made notices of it. Null: not yet.';
create index happening_untold on happening (id) where told_at is null;
