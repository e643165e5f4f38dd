/**
 * The notices of one person, `$1`, that they may see: `n`, with its document `d`, and the people `actor` and
 * `other`. Judged whenever they are shown or mailed: whoever lost a document since has lost what was said of it, a
 * document in the bin is out of sight, and a thread that was removed is no more.
 */
export const noticeTables = `notice n
  join document_access a on a.document_id = n.document_id and a.person_id = $1
  join document d on d.id = n.document_id and d.binned_at is null
  left join person actor on actor.id = n.actor_id
  left join person other on other.id = n.other_id
  cross join lateral (select 1 where n.person_id = $1 and n.shown
    and (n.thread_ids = '{}' or exists (select 1 from thread t where t.id = any(n.thread_ids)))) seen`
