-- What waits on people, how each wants to hear of it, and the mail that tells them.

alter table happening add column failures integer not null default 0;
alter table happening add column again_at timestamptz;
comment on column happening.failures is 'How often making notices of it has failed.';
comment on column happening.again_at is 'From when it is tried again after a failure. Null: at once.';

create table mail (
  id uuid primary key,
  person_id uuid not null references person,
  digest_for timestamptz,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  ended_at timestamptz,
  outcome text check (outcome in ('sent', 'needless', 'refused', 'given_up')),
  last_error text,
  unique (person_id, digest_for),
  check ((ended_at is null) = (outcome is null))
);
comment on table mail is 'The outbox: mails to be sent, each written in one transaction with the notices that it tells. What it says is put together when it is sent.';
comment on column mail.id is 'Our own id (UUID); the Message-ID is made of it, so that a repeated mail is known as the same.';
comment on column mail.person_id is 'To whom; the address is the one that they have when it is sent.';
comment on column mail.digest_for is 'Of the mail of the day: the moment it was due. Null: a notice that is told at once.';
comment on column mail.created_at is 'When it was written.';
comment on column mail.due_at is 'From when it is tried, or tried again.';
comment on column mail.attempts is 'How often sending has failed.';
comment on column mail.ended_at is 'When nothing was left to do. Null: it waits.';
comment on column mail.outcome is 'sent: the mail server has taken it. needless: all that it told was read, done or out of reach by then. refused: for good, by the mail server. given_up: it was tried for too long.';
comment on column mail.last_error is 'What the mail server said last, for the operator.';
create index mail_waiting on mail (due_at) where ended_at is null;

create table notice (
  id uuid primary key,
  person_id uuid not null references person,
  document_id uuid not null references document,
  subject text not null,
  kind text not null,
  what jsonb not null,
  actor_id uuid references person,
  other_id uuid references person,
  thread_ids uuid[] not null default '{}',
  due_at timestamptz,
  shown boolean not null,
  created_at timestamptz not null,
  at timestamptz not null,
  read_at timestamptz,
  snoozed_until timestamptz,
  done_at timestamptz,
  reminded_at timestamptz,
  digest_at timestamptz,
  mail_id uuid references mail
);
comment on table notice is 'What waits, or has waited, on somebody. Shown only to who may read its document at that moment.';
comment on column notice.id is 'Our own id (UUID).';
comment on column notice.person_id is 'On whom it waits.';
comment on column notice.document_id is 'The document.';
comment on column notice.subject is 'The matter (lib/inbox/told.ts): a later notice on it takes the place of one that still waits.';
comment on column notice.kind is 'Kind of lib/inbox.ts.';
comment on column notice.what is 'A Notice of lib/inbox.ts.';
comment on column notice.actor_id is 'Who did it. Null: the server.';
comment on column notice.other_id is 'The person that it speaks of beside the actor. Null: nobody.';
comment on column notice.thread_ids is 'The threads that it speaks of: when all are resolved, it is done.';
comment on column notice.due_at is 'Of a review: until when it is wanted. Null: at no time.';
comment on column notice.shown is 'False: this person has turned the kind off. It is kept, since others are reminded by it.';
comment on column notice.created_at is 'When it began to wait.';
comment on column notice.at is 'When what it says happened last.';
comment on column notice.read_at is 'When it was read. Null: it was not, since it last changed.';
comment on column notice.snoozed_until is 'Until when it is out of sight. Null: it is not.';
comment on column notice.done_at is 'When it ceased to wait, by itself or by hand. Null: it waits.';
comment on column notice.reminded_at is 'Of a review: when it was last said to be overdue. Null: never.';
comment on column notice.digest_at is 'Since when it waits for the mail of the day. Null: it does not.';
comment on column notice.mail_id is 'The mail that tells it, or has told it last. Null: none.';
create unique index notice_matter on notice (person_id, document_id, subject) where done_at is null;
create index notice_person on notice (person_id, at desc);
create index notice_thread on notice using gin (thread_ids) where done_at is null;
create index notice_digest on notice (person_id) where digest_at is not null;
create index notice_due on notice (due_at) where done_at is null and due_at is not null;
create index notice_snoozed on notice (snoozed_until) where snoozed_until is not null;
create index notice_mail on notice (mail_id) where mail_id is not null;

create table notice_setting (
  person_id uuid primary key references person,
  channels jsonb not null default '{}',
  time_zone text,
  digest_hour smallint check (digest_hour between 0 and 23),
  digest boolean not null default true,
  last_digest_at timestamptz,
  refused_address text,
  refused_at timestamptz,
  refused_why text
);
comment on table notice_setting is 'How somebody wants to hear of things. No row: as usual.';
comment on column notice_setting.person_id is 'Whose.';
comment on column notice_setting.channels is 'Kind of notice to channel (lib/inbox.ts), where it is not the usual one.';
comment on column notice_setting.time_zone is 'IANA name, from the browser. Null: UTC.';
comment on column notice_setting.digest_hour is 'Hour of their day at which the mail of the day is sent, 0 to 23. Null: the one of the installation.';
comment on column notice_setting.digest is 'False: they want no mail of the day.';
comment on column notice_setting.last_digest_at is 'The moment that the last mail of the day was for. Null: there was none.';
comment on column notice_setting.refused_address is 'The address that a mail server refused for good: nothing is sent to it. Null: none.';
comment on column notice_setting.refused_at is 'When.';
comment on column notice_setting.refused_why is 'What the mail server said, shown to its person.';

create table document_watch (
  document_id uuid not null references document,
  person_id uuid not null references person,
  at timestamptz not null,
  primary key (document_id, person_id)
);
comment on table document_watch is 'Who hears of what happens to a document without having a part in it.';
comment on column document_watch.document_id is 'The document.';
comment on column document_watch.person_id is 'Who watches it.';
comment on column document_watch.at is 'Since when.';
