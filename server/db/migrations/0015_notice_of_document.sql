-- What happens to a document ends notices of whoever has one: found by the document, not among everybody's.

create index notice_document on notice (document_id, subject);
