-- What a thread of the kind `suggestion` proposes. The body is not touched before it is accepted.

create table suggestion (
  thread_id uuid primary key references thread on delete cascade,
  proposal jsonb not null,
  accepted_by uuid references person,
  inverse jsonb,
  check (accepted_by is not null or inverse is null)
);
comment on table suggestion is 'A change to the text that somebody proposes in a thread.';
comment on column suggestion.thread_id is 'The thread; its anchor says which words it is about, its author proposed it, its outcome says whether it stands open.';
comment on column suggestion.proposal is 'What it takes away and what it puts there, as lib/content/suggestion.ts has it; at most 1 MB.';
comment on column suggestion.accepted_by is 'Who accepted it. Null: it is open, or was declined.';
comment on column suggestion.inverse is 'What takes it back, as {anchor, suggestion} upon the text with it. Null: it is not accepted, or nothing can.';
