-- Whether a document has a certain update, or any at all, is asked at every creation and at every commit whose
-- outcome is unknown: the two indexes there are hold a part of the log each, and both questions read all of it.

create index document_update_bytes on document_update (document_id, checksum);
