-- A file that begins with its title as a heading gives the document its title; the heading is no section then.

alter table document add column title_heading boolean not null default false;
comment on column document.title_heading is 'True: its Markdown begins with the title as a heading, as the file did that it was imported from.';
