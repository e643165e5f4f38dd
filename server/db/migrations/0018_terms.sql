-- What glossaries of documents say, for the list of all terms.

create table document_term_reading (
  document_id uuid primary key references document,
  until timestamptz not null
);
comment on table document_term_reading is 'How far the glossary of a document has been read.';
comment on column document_term_reading.document_id is 'The document.';
comment on column document_term_reading.until is 'Its updated_at when that was last done: a later one now is text that was not read.';

create table document_term (
  document_id uuid not null references document,
  position int not null,
  term text not null,
  meaning text not null,
  search_key text not null,
  primary key (document_id, position)
);
comment on table document_term is 'Entries of glossaries as they were when their texts last rested. Made from the text, and made anew from it.';
comment on column document_term.document_id is 'The document.';
comment on column document_term.position is 'Its place among the terms of its document, from 0.';
comment on column document_term.term is 'The term, 2 to 80 UTF-16 units.';
comment on column document_term.meaning is 'What it means there, 1 to 601 UTF-16 units.';
comment on column document_term.search_key is 'Words of term and meaning as lib/search.ts makes them.';
create index document_term_name on document_term (term);
