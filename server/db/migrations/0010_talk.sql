-- Comments that are gathered in a review and sent together; whom comments name; reactions; earlier wordings.

alter table thread
  add column unsent_in uuid,
  add constraint thread_unsent_is_open check (unsent_in is null or outcome is null);
comment on column thread.unsent_in is 'The review that it is gathered in (its id there): until that is submitted, its author alone sees it. Null: everybody does.';
create index thread_unsent on thread (unsent_in) where unsent_in is not null;

alter table thread_comment add column unsent_in uuid;
comment on column thread_comment.unsent_in is 'The review that it is gathered in (its id there): until that is submitted, its author alone sees it. Null: everybody does.';
comment on column thread_comment.seq is 'Order over all comments, by the time of writing; of one that was gathered in a review, by the time of sending.';
create index thread_comment_unsent on thread_comment (unsent_in) where unsent_in is not null;

create table comment_mention (
  comment_id uuid not null references thread_comment on delete cascade,
  person_id uuid not null references person,
  primary key (comment_id, person_id)
);
comment on table comment_mention is 'Whom a comment names; its text has `@[person id]` at each place.';
comment on column comment_mention.comment_id is 'The comment.';
comment on column comment_mention.person_id is 'Whom it names.';

create table comment_reaction (
  comment_id uuid not null references thread_comment on delete cascade,
  person_id uuid not null references person,
  emoji text not null,
  at timestamptz not null,
  primary key (comment_id, emoji, person_id)
);
comment on table comment_reaction is 'Signs that people have set under a comment.';
comment on column comment_reaction.comment_id is 'The comment.';
comment on column comment_reaction.person_id is 'Who set it.';
comment on column comment_reaction.emoji is 'One of `reactions` in lib/comment.ts.';
comment on column comment_reaction.at is 'When.';

create table comment_wording (
  comment_id uuid not null references thread_comment on delete cascade,
  number integer not null check (number > 0),
  body text not null,
  written_at timestamptz not null,
  primary key (comment_id, number)
);
comment on table comment_wording is 'What a comment said before it was changed, as far as somebody had replied to it by then.';
comment on column comment_wording.comment_id is 'The comment.';
comment on column comment_wording.number is 'Order of the wordings of one comment, from 1.';
comment on column comment_wording.body is 'What it said; plain text, 1 to 20,000 UTF-16 units.';
comment on column comment_wording.written_at is 'When it was written so.';
