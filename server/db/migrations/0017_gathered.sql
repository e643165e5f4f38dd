-- What is gathered from texts when they rest: decisions, and who is named.

create table document_gathered (
  document_id uuid primary key references document,
  until timestamptz not null
);
comment on table document_gathered is 'How far a document''s text has been gathered from.';
comment on column document_gathered.document_id is 'The document.';
comment on column document_gathered.until is 'Its updated_at when that was last done: a later one now is text that was not looked at.';

create table document_decision (
  document_id uuid not null references document,
  block_id text not null,
  position int not null,
  text text not null,
  state text not null check (state in ('proposed', 'accepted', 'rejected', 'superseded')),
  day date,
  deciders text,
  section text,
  search_key text not null,
  noted_at timestamptz not null,
  primary key (document_id, block_id)
);
comment on table document_decision is 'Decision blocks of texts as they were when they last rested. Made from the text, and made anew from it.';
comment on column document_decision.document_id is 'The document.';
comment on column document_decision.block_id is 'Id of the block.';
comment on column document_decision.position is 'Its place among the decisions of its document, from 0.';
comment on column document_decision.text is 'Words of its first block, 1 to 500 UTF-16 units.';
comment on column document_decision.state is 'Where it stands.';
comment on column document_decision.day is 'When it was decided. Null: not said.';
comment on column document_decision.deciders is 'Who decided, as text. Null: not said.';
comment on column document_decision.section is 'Title of its section. Null: it stands before the first one.';
comment on column document_decision.search_key is 'Words of text and deciders as lib/search.ts makes them.';
comment on column document_decision.noted_at is 'When it was first seen in the text.';
create index document_decision_newest on document_decision ((coalesce(day, (noted_at at time zone 'UTC')::date)) desc);

create table document_mention (
  document_id uuid not null references document,
  block_id text not null,
  person_id uuid not null references person,
  noted_at timestamptz not null,
  primary key (document_id, block_id, person_id)
);
comment on table document_mention is 'Who was named in which block of a text, and could read it then: they are told once. Never removed.';
comment on column document_mention.document_id is 'The document.';
comment on column document_mention.block_id is 'Id of the block whose line names them.';
comment on column document_mention.person_id is 'Who is named.';
comment on column document_mention.noted_at is 'When it was first seen in the text.';
create index document_mention_person on document_mention (person_id);
