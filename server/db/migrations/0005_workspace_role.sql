-- A document can be shared with everyone in the workspace, beside the people named.

alter table document add column workspace_role text check (workspace_role in ('editor', 'commenter', 'viewer'));
comment on column document.workspace_role is 'What everyone of the owner''s issuer may do who is no guest and has no stronger role of their own. Null: only the people named.';

-- A row for each pair of document and person: with a document's or a person's id, each table is met by its key.
create view document_access as
select d.id as document_id, p.id as person_id,
    (array['owner', 'editor', 'commenter', 'viewer'])[least(
      array_position(array['owner', 'editor', 'commenter', 'viewer'], m.role),
      array_position(array['owner', 'editor', 'commenter', 'viewer'], e.role))] as role
  from document d
  join person o on o.id = d.owner_id
  cross join person p
  left join document_member m on m.document_id = d.id and m.person_id = p.id
  cross join lateral (
    select case when p.issuer = o.issuer and p.workspace_role <> 'guest' and p.suspended_at is null
      then d.workspace_role end as role) e
 where m.role is not null or e.role is not null;
comment on view document_access is 'Who may use a document, and how, by whatever it was given to them: the only source for judging and for lists.';
comment on column document_access.document_id is 'The document.';
comment on column document_access.person_id is 'Somebody who has a role on it.';
comment on column document_access.role is 'The strongest of their own role and everyone''s.';
