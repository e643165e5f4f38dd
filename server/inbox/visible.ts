/**
 * The notices of one person, `$1`, that they may see: `n`, with its document `d`, and the people `actor` and
 * `other`. Judged whenever they are shown or mailed: whoever lost a document since has lost what was said of it, a
 * document in the bin is out of sight, and a thread that was removed is no more. Of a review that somebody was asked
 * for, what the reviews say counts: who was taken off the list is not asked any more.
 */
export const noticeTables = `notice n
  join document_access a on a.document_id = n.document_id and a.person_id = $1
  join document d on d.id = n.document_id and d.binned_at is null
  left join person actor on actor.id = n.actor_id
  left join person other on other.id = n.other_id
  cross join lateral (select 1 where n.person_id = $1 and n.shown
    and (n.thread_ids = '{}' or exists (select 1 from thread t where t.id = any(n.thread_ids)))
    and (n.kind <> 'review_asked' or n.done_at is not null or exists (
      select 1 from reviewer r
       where r.document_id = n.document_id and r.person_id = $1 and r.state = 'asked'))
    and (n.kind <> 'unsent_review' or exists (
      select 1 from review_draft v where v.document_id = n.document_id and v.person_id = $1))) seen`
