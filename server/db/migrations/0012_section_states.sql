-- What people say of a section: that it is ready, that it does not apply, who looks after it. Whether it is empty,
-- or another text now than the one that was called ready, is read from the text.

create table document_section_state (
  document_id uuid not null references document,
  heading_id text not null,
  state text check (state in ('ready', 'not_applicable')),
  reason text,
  digest text,
  said_by uuid references person,
  said_at timestamptz,
  owner_id uuid references person,
  primary key (document_id, heading_id),
  check ((state is null) = (said_by is null) and (state is null) = (said_at is null)),
  check ((reason is not null) = (state is not distinct from 'not_applicable')),
  check ((digest is not null) = (state is not distinct from 'ready'))
);
comment on table document_section_state is 'What was said of a section. It outlives its heading: an undo brings both back.';
comment on column document_section_state.document_id is 'The document.';
comment on column document_section_state.heading_id is 'Block id of the heading.';
comment on column document_section_state.state is 'ready or not_applicable. Null: nothing, it is being written.';
comment on column document_section_state.reason is 'Why it does not apply, 1 to 500 UTF-16 units.';
comment on column document_section_state.digest is 'Substance of its own text when it was called ready (lib/content/section-digest.ts): another one now is another text.';
comment on column document_section_state.said_by is 'Who said the state. Null: nobody.';
comment on column document_section_state.said_at is 'When. Null: never.';
comment on column document_section_state.owner_id is 'Who looks after the section. Null: nobody in particular.';
