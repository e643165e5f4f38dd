-- Reviews: who is asked, what each said and on which text, and how the status of a document moved.

alter table document add column turn text check (turn in ('authors', 'reviewers'));
comment on column document.turn is 'Whose turn it is in a review (lib/review.ts). Null: it is not in review.';

create table document_author (
  document_id uuid not null references document,
  person_id uuid not null references person,
  position integer not null,
  primary key (document_id, person_id)
);
comment on table document_author is 'Whose document it is: their approval is one of their own. No rows: the owner alone.';
comment on column document_author.document_id is 'The document.';
comment on column document_author.person_id is 'The author.';
comment on column document_author.position is 'Order in which they are named, from 0.';

create table document_status_move (
  id bigint primary key generated always as identity,
  document_id uuid not null references document,
  from_status text not null,
  to_status text not null,
  person_id uuid references person,
  at timestamptz not null,
  reason text,
  version_id uuid not null references document_version,
  corrected_version_id uuid references document_version,
  successor_id uuid references document,
  link text,
  no_link_because text,
  check ((to_status = 'superseded') = (successor_id is not null))
);
comment on table document_status_move is 'How the status of documents moved; nothing is ever taken back from here.';
comment on column document_status_move.id is 'Order of the moves.';
comment on column document_status_move.document_id is 'The document.';
comment on column document_status_move.from_status is 'State of lib/document.ts before.';
comment on column document_status_move.to_status is 'State after; the same for a correction.';
comment on column document_status_move.person_id is 'Who moved it. Null: it was approved by itself when the last thing missing came.';
comment on column document_status_move.at is 'When.';
comment on column document_status_move.reason is 'Why, as somebody gave it; 1 to 2,000 UTF-16 units.';
comment on column document_status_move.version_id is 'The text at that moment; to approved: the approved text.';
comment on column document_status_move.corrected_version_id is 'Of a correction: the approved text before it. Null: none.';
comment on column document_status_move.successor_id is 'To superseded: the document that took its place.';
comment on column document_status_move.link is 'To implemented: an http(s) address of what was built.';
comment on column document_status_move.no_link_because is 'To implemented: why there is no such address.';
create index document_status_move_document on document_status_move (document_id, id desc);
create index document_status_move_successor on document_status_move (successor_id) where successor_id is not null;

create table reviewer (
  document_id uuid not null references document,
  person_id uuid not null references person,
  required boolean not null,
  section_ids text[],
  due_at timestamptz,
  asked_by uuid references person,
  asked_at timestamptz not null,
  asked_version_id uuid references document_version,
  state text not null default 'asked' check (state in ('asked', 'stepped_aside', 'handed_over', 'released')),
  reason text,
  passed_to uuid references person,
  primary key (document_id, person_id),
  check ((state = 'handed_over') = (passed_to is not null))
);
comment on table reviewer is 'Who was asked to review which document, and for what.';
comment on column reviewer.document_id is 'The document.';
comment on column reviewer.person_id is 'The reviewer.';
comment on column reviewer.required is 'False: invited; nobody waits for them.';
comment on column reviewer.section_ids is 'Block ids of headings, each with what is under it. Null: the whole document.';
comment on column reviewer.due_at is 'By when. Null: no date.';
comment on column reviewer.asked_by is 'Who asked.';
comment on column reviewer.asked_at is 'When they were last asked.';
comment on column reviewer.asked_version_id is 'The text when they were last asked. Null: they are named, and will be asked when the review begins.';
comment on column reviewer.state is 'State of lib/review.ts; everything but asked: nobody waits for them.';
comment on column reviewer.reason is 'Why they were released, stepped aside or handed over; 1 to 2,000 UTF-16 units.';
comment on column reviewer.passed_to is 'Who was given their part, by hand or as their stand-in.';
create index reviewer_person on reviewer (person_id, document_id);

create table review_draft (
  id uuid primary key,
  document_id uuid not null references document,
  person_id uuid not null references person,
  version_id uuid not null references document_version,
  started_at timestamptz not null,
  unique (document_id, person_id)
);
comment on table review_draft is 'Reviews that are being written. Comments gathered in one carry its id (unsent_in).';
comment on column review_draft.id is 'Our own id (UUID); never used again.';
comment on column review_draft.document_id is 'The document.';
comment on column review_draft.person_id is 'Who is writing it.';
comment on column review_draft.version_id is 'The text that it is pinned to.';
comment on column review_draft.started_at is 'When.';

create table verdict (
  id uuid primary key,
  seq bigint not null unique generated always as identity,
  document_id uuid not null references document,
  person_id uuid not null references person,
  kind text not null check (kind in ('approve', 'approve_if', 'request_changes', 'comment')),
  version_id uuid not null references document_version,
  was_newest boolean not null,
  body text,
  comments integer not null,
  at timestamptz not null,
  draft_id uuid unique,
  basis_version_id uuid not null references document_version
);
comment on table verdict is 'What reviewers said, each on one text. Nothing is ever changed here but what an approval rests on.';
comment on column verdict.id is 'Our own id (UUID).';
comment on column verdict.seq is 'Order of giving.';
comment on column verdict.document_id is 'The document.';
comment on column verdict.person_id is 'Whose verdict.';
comment on column verdict.kind is 'Verdict of lib/review.ts.';
comment on column verdict.version_id is 'The text that it was given on.';
comment on column verdict.was_newest is 'False: the text had gone on already when it was given.';
comment on column verdict.body is 'What was said with it; plain text, 1 to 20,000 UTF-16 units. Null: nothing.';
comment on column verdict.comments is 'How many comments were sent along.';
comment on column verdict.at is 'When.';
comment on column verdict.draft_id is 'The review that was submitted with it; one is submitted once. Null: none.';
comment on column verdict.basis_version_id is 'The text that it holds for: its own, or a later one that its giver has confirmed.';
create index verdict_document on verdict (document_id, seq desc);

create table verdict_condition (
  verdict_id uuid not null references verdict,
  thread_id uuid not null references thread on delete cascade,
  marked_met_by uuid references person,
  marked_met_at timestamptz,
  primary key (verdict_id, thread_id),
  check ((marked_met_by is null) = (marked_met_at is null))
);
comment on table verdict_condition is 'Blocking threads on which an approval depends. Met: resolved by the one who gave the verdict, or as the owner marked.';
comment on column verdict_condition.verdict_id is 'The verdict, of the kind approve_if.';
comment on column verdict_condition.thread_id is 'The blocking thread. One that its author removes is no condition any more.';
comment on column verdict_condition.marked_met_by is 'The owner who held it met. Null: nobody.';
comment on column verdict_condition.marked_met_at is 'Which end of the thread was meant (thread.resolved_at): one that is opened again is not met any more.';
create index verdict_condition_thread on verdict_condition (thread_id);

create table verdict_section (
  verdict_id uuid not null references verdict,
  section_id text not null,
  version_id uuid not null references document_version,
  primary key (verdict_id, section_id)
);
comment on table verdict_section is 'Sections for which a reviewer has confirmed that an approval still stands.';
comment on column verdict_section.verdict_id is 'The approval.';
comment on column verdict_section.section_id is 'Block id of the heading, or preamble; of its own text alone.';
comment on column verdict_section.version_id is 'The text that was confirmed.';

create table review_seen (
  document_id uuid not null references document,
  person_id uuid not null references person,
  version_id uuid not null references document_version,
  at timestamptz not null,
  primary key (document_id, person_id)
);
comment on table review_seen is 'Where somebody’s redline begins because they said so (mark as read). Opening a page never writes here.';
comment on column review_seen.document_id is 'The document.';
comment on column review_seen.person_id is 'The reader.';
comment on column review_seen.version_id is 'The text that they had seen.';
comment on column review_seen.at is 'When they said so.';

create table section_read (
  document_id uuid not null references document,
  person_id uuid not null references person,
  section_id text not null,
  substance bytea not null,
  at timestamptz not null,
  primary key (document_id, person_id, section_id)
);
comment on table section_read is 'Sections that somebody has marked as read.';
comment on column section_read.document_id is 'The document.';
comment on column section_read.person_id is 'The reader.';
comment on column section_read.section_id is 'Block id of the heading, or preamble; of its own text alone.';
comment on column section_read.substance is 'SHA-256 of its substance then (32 bytes): once that is another, it is not read any more.';
comment on column section_read.at is 'When.';

create table final_period (
  document_id uuid primary key references document,
  ends_at timestamptz not null,
  announced_by uuid not null references person,
  announced_at timestamptz not null
);
comment on table final_period is 'Final comment periods that run. The row goes when it ends.';
comment on column final_period.document_id is 'The document.';
comment on column final_period.ends_at is 'When it ends: in the next status where nothing is missing.';
comment on column final_period.announced_by is 'Who announced it.';
comment on column final_period.announced_at is 'When.';
create index final_period_ends on final_period (ends_at);

create table away (
  person_id uuid primary key references person,
  until timestamptz,
  stand_in_id uuid references person,
  check (stand_in_id <> person_id)
);
comment on table away is 'Who is away, and who is asked to review instead.';
comment on column away.person_id is 'Who is away.';
comment on column away.until is 'Until when. Null: until they say otherwise.';
comment on column away.stand_in_id is 'Who reviews in their place. Null: nobody.';
