-- Images and files that go with a document.

create table attachment (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  name text not null,
  media_type text not null,
  width_px integer check (width_px > 0),
  height_px integer check (height_px > 0),
  size_bytes integer not null check (size_bytes > 0),
  hash bytea not null check (octet_length(hash) = 32),
  data bytea not null,
  uploaded_by uuid not null references person,
  created_at timestamptz not null,
  check ((width_px is null) = (height_px is null))
);
comment on table attachment is 'An image or a file of a document. It stays as long as the document: earlier versions show it, and an undo brings it back.';
comment on column attachment.id is 'Our own id (UUID version 8); its first four bytes say the pixel size (lib/content/attachment.ts).';
comment on column attachment.document_id is 'The document that it goes with, and whose readers may have it.';
comment on column attachment.name is 'What the file was called, 1 to 255 UTF-16 units, without folders.';
comment on column attachment.media_type is 'Told by its bytes (lib/content/attachment-kind.ts); application/octet-stream: no image.';
comment on column attachment.width_px is 'Width of an image as it is shown, in pixels. Null: it is none, or does not say.';
comment on column attachment.height_px is 'Height of an image as it is shown, in pixels. Null as well.';
comment on column attachment.size_bytes is 'Length of data, in bytes.';
comment on column attachment.hash is 'SHA-256 of data (32 bytes): what its ETag is made of.';
comment on column attachment.data is 'The bytes as they were sent.';
comment on column attachment.uploaded_by is 'Who put it there, or copied it there.';
comment on column attachment.created_at is 'When.';
create index attachment_of_document on attachment (document_id, created_at, id);
-- Images are compressed already; and a piece of what is not compressed is read without the rest.
alter table attachment alter column data set storage external;
