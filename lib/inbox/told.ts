import type { Happening } from '../happening'
import type { PersonId } from '../id'
import { type Notice, noticeKinds, type ToTell } from '../inbox'

/** Who stands around a document when something happens to it. */
export interface Around {
  readonly authorIds: readonly PersonId[]
  /** Who is asked to review it, whether or not they have spoken. */
  readonly reviewerIds: readonly PersonId[]
  readonly watcherIds: readonly PersonId[]
  /** Of the threads that it happened in: who began them and who spoke in them. */
  readonly speakerIds: readonly PersonId[]
  /** What was sent along with a verdict. */
  readonly sent: Sent
}

/** Comments that came together: the threads they stand in, and whom they name. */
export interface Sent {
  readonly threadIds: readonly string[]
  readonly mentions: readonly PersonId[]
}
export const nothingSent: Sent = { threadIds: [], mentions: [] }

/** The threads that it happened in, whose speakers have to be known. */
export function threadsOf(what: Happening, sent: Sent): readonly string[] {
  switch (what.type) {
    case 'comment.added':
    case 'thread.resolved':
    case 'thread.reopened':
      return [what.threadId]
    case 'verdict.given':
      return sent.threadIds
    default:
      return []
  }
}

/**
 * Who is told of something, and what: each person of it once, in its most urgent form, and never who did it.
 * Whether they may read the document is for the caller to judge, now and whenever it is shown.
 *
 * @param actorId null: the server did it.
 */
export function toTell(what: Happening, actorId: PersonId | null, around: Around): ToTell[] {
  const all = candidates(what, actorId ?? 'server', around).filter(({ personId }) => personId !== actorId)
  const byPerson = new Map<PersonId, ToTell>()
  for (const one of all) {
    const known = byPerson.get(one.personId)
    if (!known || urgencyRank(one) < urgencyRank(known)) byPerson.set(one.personId, one)
  }
  return [...byPerson.values()]
}

const urgencyRank = ({ notice }: ToTell): number => noticeKinds.indexOf(notice.kind)

function candidates(what: Happening, by: string, around: Around): ToTell[] {
  const { authorIds, reviewerIds, watcherIds, speakerIds, sent } = around
  const tell = (
    personIds: readonly PersonId[],
    subject: string,
    notice: Notice,
    otherId: PersonId | null = null,
  ): ToTell[] => personIds.map((personId) => ({ personId, subject, notice, otherId }))
  switch (what.type) {
    case 'review.asked':
      return tell(what.personIds, review, { kind: 'review_asked', dueAt: what.dueAt, again: false })
    case 'review.asked_again':
      return what.personIds.flatMap((personId) => {
        const { sections, threads } = what.news?.find((one) => one.personId === personId) ?? {}
        const news = sections === undefined || threads === undefined ? {} : { sections, threads }
        return tell([personId], review, { kind: 'review_asked', dueAt: null, again: true, ...news })
      })
    case 'verdict.given': {
      const { verdict, comments } = what
      const [first] = sent.threadIds
      const said = { commentId: null, comments }
      return [
        ...tell(authorIds, `verdict:${by}`, { kind: 'verdict', verdict, comments }),
        ...(first === undefined
          ? []
          : [
              ...tell(sent.mentions, 'comments', { kind: 'mention', threadId: first, ...said }),
              ...tell(speakerIds, 'comments', { kind: 'reply', threadId: first, ...said }),
            ]),
        ...tell([...reviewerIds, ...watcherIds], `news:${by}`, {
          kind: 'review_news',
          news: verdict,
          reason: null,
        }),
      ]
    }
    case 'condition.met':
      return tell([what.personId], `condition:${what.threadId}`, {
        kind: 'condition',
        threadId: what.threadId,
      })
    case 'reviewer.released': {
      const { personId, reason } = what
      return tell([personId], news(personId), { kind: 'review_news', news: 'released', reason }, personId)
    }
    case 'reviewer.stepped_aside': {
      const { personId, reason } = what
      return tell(authorIds, news(personId), { kind: 'review_news', news: 'stepped_aside', reason }, personId)
    }
    case 'reviewer.handed_over': {
      // Who takes it over is asked like everybody else, where the review has begun.
      const { personId, toPersonId } = what
      return tell(
        authorIds,
        news(personId),
        { kind: 'review_news', news: 'handed_over', reason: null },
        toPersonId,
      )
    }
    case 'status.moved':
      // Whoever is asked to review by it is told that.
      return tell([...authorIds, ...(what.from === 'draft' ? [] : reviewerIds), ...watcherIds], 'status', {
        kind: 'status',
        to: what.to,
        reason: what.reason,
      })
    case 'final_period.announced':
      return tell([...authorIds, ...reviewerIds, ...watcherIds], 'final_period', {
        kind: 'status',
        endsAt: what.endsAt,
      })
    case 'comment.added': {
      const said = { threadId: what.threadId, commentId: what.commentId, comments: 1 }
      return [
        ...tell(what.mentions, 'comments', { kind: 'mention', ...said }),
        ...tell(what.isFirst ? [] : speakerIds, 'comments', { kind: 'reply', ...said }),
        ...tell([...authorIds, ...watcherIds], 'comments', { kind: 'comment', ...said }),
      ]
    }
    case 'text.mentioned':
      return tell(what.personIds, `mention:${what.blockId}`, { kind: 'mention', blockId: what.blockId })
    case 'thread.resolved':
    case 'thread.reopened': {
      const { type, ...ended } = what
      const notice: Notice = { kind: 'outcome', outcome: null, ...ended }
      return tell(speakerIds, `outcome:${what.threadId}`, notice)
    }
  }
}

const review = 'review'
const news = (personId: PersonId) => `news:${personId}`
/** The matter of a review that is late, to those who wait for it. */
export const lateSubject = (reviewerId: PersonId) => `late:${reviewerId}`
export const unsentSubject = 'unsent'
export const staleSubject = 'stale'

/** A matter that waits no longer. */
export type Settled =
  /** `personId` null: for everybody. A subject that ends with `:` stands for all that begin with it. */
  | { readonly by: 'subject'; readonly personId: PersonId | null; readonly subject: string }
  /** Whatever was said in this thread; not that it was a condition, which outlasts it. */
  | { readonly by: 'thread'; readonly threadId: string }

/** What is done by itself when this happens. */
export function settledBy(what: Happening, actorId: PersonId | null): Settled[] {
  const matter = (subject: string, personId: PersonId | null = null): Settled => ({
    by: 'subject',
    personId,
    subject,
  })
  const reviewOf = (personId: PersonId): Settled[] => [
    matter(review, personId),
    matter(unsentSubject, personId),
    matter(lateSubject(personId)),
  ]
  switch (what.type) {
    case 'review.asked_again':
      return [matter('verdict:')]
    case 'verdict.given':
      return actorId ? [...reviewOf(actorId), matter('condition:', actorId)] : []
    case 'reviewer.released':
    case 'reviewer.stepped_aside':
    case 'reviewer.handed_over':
      return reviewOf(what.personId)
    case 'status.moved':
      return what.to === 'in_review'
        ? [matter(staleSubject)]
        : [
            matter(review),
            matter('late:'),
            matter('condition:'),
            matter('final_period'),
            matter(staleSubject),
          ]
    case 'condition.met':
      // The owner ended its thread by that: to its reviewer both are one.
      return [matter(`outcome:${what.threadId}`, what.personId)]
    case 'thread.resolved':
      return [{ by: 'thread', threadId: what.threadId }]
    case 'thread.reopened':
      return [matter(`condition:${what.threadId}`)]
    default:
      return []
  }
}
