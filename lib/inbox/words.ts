import { statusNames } from '../document'
import type { Notice, NoticeKind } from '../inbox'
import type { VerdictKind } from '../review'
import { outcomeNames } from '../thread'

/** What a notice speaks of, as far as words need it. */
export interface Spoken {
  readonly notice: Notice
  /** Null: nobody, or somebody who is no more. */
  readonly actor: string | null
  /** The person it speaks of beside the actor. */
  readonly other: string | null
  /** A day as its reader says it: *Friday, 27 November*. */
  readonly day: (instant: string) => string
  /** Of a review: its time is over. Default false. */
  readonly overdue?: boolean
}

const verdictWords: Record<VerdictKind, string> = {
  approve: 'approved',
  approve_if: 'approved on conditions',
  request_changes: 'requested changes',
  comment: 'reviewed without a verdict',
}

/** What happened, as one sentence without its full stop: who, and what they did. */
export function noticeWords({ notice, actor, other, day, overdue = false }: Spoken): string {
  const who = actor ?? 'Rationale'
  switch (notice.kind) {
    case 'review_asked': {
      const due = notice.dueAt ? `${overdue ? '; it was due' : ', due'} ${day(notice.dueAt)}` : ''
      return `${who} asks you to review${notice.again ? ' again' : ''}${newsOf(notice)}${due}`
    }
    case 'condition':
      return `${who} marked a condition of your approval as met`
    case 'unsent_review':
      return `You began a review (${day(notice.since)}) and have not sent it`
    case 'mention':
      if ('blockId' in notice) return `${who} mentioned you in the text`
      return notice.comments > 1
        ? `${who} wrote ${notice.comments} comments and mentioned you`
        : `${who} mentioned you`
    case 'verdict':
      return `${who} ${verdictWords[notice.verdict]}${withComments(notice.comments)}`
    case 'review_late':
      return `${other ?? 'A reviewer'} has not reviewed it; it was due ${day(notice.dueAt)}`
    case 'reply':
      return notice.comments > 1
        ? `${who} wrote ${notice.comments} comments, in threads of yours among others`
        : `${who} replied to you`
    case 'outcome':
      return outcomeWords(notice, who)
    case 'comment':
      return notice.comments > 1 ? `${who} wrote ${notice.comments} comments` : `${who} commented`
    case 'review_news':
      return newsWords(notice, who, other)
    case 'status':
      return 'endsAt' in notice
        ? `${who} announced a final comment period that ends on ${day(notice.endsAt)}`
        : `${actor ? `${actor} moved it to` : 'It became'} ${lower(statusNames[notice.to])}${because(notice.reason)}`
    case 'stale':
      return `Approved, and unchanged since ${day(notice.since)}: does it still hold?`
  }
}

function outcomeWords(notice: Extract<Notice, { kind: 'outcome' }>, who: string): string {
  if (notice.outcome === null) return `${who} opened a thread of yours again`
  const why = because(notice.reason ?? null)
  switch (notice.how) {
    case 'accepted':
      return `${who} accepted the suggestion in a thread of yours`
    case 'declined':
      return `${who} declined the suggestion in a thread of yours${why}`
    case 'overruled':
      return `${who} overruled a blocking thread of yours${why}`
    default:
      return `${who} resolved a thread of yours: ${lower(outcomeNames[notice.outcome])}`
  }
}

/** What is new since my last verdict: *(2 sections changed, a thread of yours ended)*. */
function newsOf({ sections = 0, threads = 0 }: Extract<Notice, { kind: 'review_asked' }>): string {
  const changed = sections === 1 ? 'a section changed' : `${sections} sections changed`
  const ended = threads === 1 ? 'a thread of yours ended' : `${threads} threads of yours ended`
  const news = [...(sections > 0 ? [changed] : []), ...(threads > 0 ? [ended] : [])]
  return news.length > 0 ? ` (${news.join(', ')})` : ''
}

function newsWords(
  notice: Extract<Notice, { kind: 'review_news' }>,
  who: string,
  other: string | null,
): string {
  switch (notice.news) {
    case 'released':
      return `${who} released you from reviewing${because(notice.reason)}`
    case 'stepped_aside':
      return `${who} stepped aside as a reviewer${because(notice.reason)}`
    case 'handed_over':
      return `${who} handed the review over to ${other ?? 'somebody else'}`
    default:
      return `${who} ${verdictWords[notice.news]}`
  }
}

const withComments = (comments: number): string =>
  comments === 0 ? '' : comments === 1 ? ', with one comment' : `, with ${comments} comments`
const because = (reason: string | null): string => (reason ? `: ${reason}` : '')
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Why somebody gets notices of a kind; the settings name the kinds by these words too. */
export const kindWords: Readonly<Record<NoticeKind, { readonly name: string; readonly why: string }>> = {
  review_asked: { name: 'A review is asked of me', why: 'You are asked to review it.' },
  condition: {
    name: 'A condition of my approval is marked as met',
    why: 'You approved on conditions. Say so if it is not met.',
  },
  unsent_review: { name: 'A review that I have not sent', why: 'Only you see it until you send it.' },
  mention: { name: 'Somebody mentions me', why: 'You are mentioned.' },
  verdict: { name: 'A verdict on a document of mine', why: 'You are its author.' },
  review_late: {
    name: 'A review of a document of mine is overdue',
    why: 'You are its author: you can ask again, or replace the reviewer.',
  },
  reply: { name: 'Replies in threads of mine', why: 'You have spoken in that thread.' },
  outcome: { name: 'What became of threads of mine', why: 'You have spoken in that thread.' },
  comment: {
    name: 'Comments on documents that I write or watch',
    why: 'You write or watch this document.',
  },
  review_news: {
    name: 'What reviewers do beside me',
    why: 'You write, review or watch this document.',
  },
  status: {
    name: 'A document changes its status',
    why: 'You write, review or watch this document.',
  },
  stale: {
    name: 'An approved document of mine grows old',
    why: 'You own it. Mark this as done if it still holds.',
  },
}

/** Where a notice leads, as path and query. */
export function placeOf(notice: Notice, documentId: string): string {
  const document = `/d/${documentId}`
  switch (notice.kind) {
    case 'mention':
    case 'reply':
    case 'comment': {
      if ('blockId' in notice) return `${document}#${notice.blockId}`
      const comment = notice.commentId === null ? '' : `&comment=${notice.commentId}`
      return `${document}?thread=${notice.threadId}${comment}`
    }
    case 'outcome':
    case 'condition':
      return `${document}?thread=${notice.threadId}`
    case 'review_asked':
      return notice.again ? `${document}?review=changes` : document
    default:
      return document
  }
}
