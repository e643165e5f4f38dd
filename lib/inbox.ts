import type { Status } from './document'
import type { PersonId } from './id'
import type { VerdictKind } from './review'
import type { Ending, Outcome } from './thread'

/**
 * What waits on somebody, how urgent it is, and how they hear of it. Who is told of what stands in
 * `inbox/told.ts`; in which words, in `inbox/words.ts`.
 */
export const noticeKinds = [
  'review_asked',
  'condition',
  'unsent_review',
  'mention',
  'verdict',
  'review_late',
  'reply',
  'outcome',
  'comment',
  'review_news',
  'status',
  'stale',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What one notice says, beside who did it, when, and to which document. */
export type Notice =
  /** I am asked to review. `again`: the authors have worked on it since I was asked first. */
  | {
      readonly kind: 'review_asked'
      readonly dueAt: string | null
      readonly again: boolean
      /** Sections in my scope that changed, and threads of mine that others ended, since my last verdict. */
      readonly sections?: number
      readonly threads?: number
    }
  /** The owner marked a condition of my approval as met: I may say that it is not. */
  | { readonly kind: 'condition'; readonly threadId: string }
  /** A review that I began and have not sent. */
  | { readonly kind: 'unsent_review'; readonly since: string }
  /**
   * In comments, within ten minutes (`comments`: how many; the place is that of the first): somebody named me, replied
   * in a thread in which I have spoken, or commented on a document that I write or watch.
   */
  | Spoken
  /** Somebody named me in the text, in this block. */
  | { readonly kind: 'mention'; readonly blockId: string }
  /** A verdict on a document of mine, with how many comments came along. */
  | { readonly kind: 'verdict'; readonly verdict: VerdictKind; readonly comments: number }
  /** The other person has not reviewed a document of mine in time. */
  | { readonly kind: 'review_late'; readonly dueAt: string }
  /** A thread in which I have spoken was resolved; null: it was opened again. */
  | {
      readonly kind: 'outcome'
      readonly threadId: string
      readonly outcome: Outcome | null
      readonly how?: Ending
      readonly reason?: string | null
    }
  /** What became of reviewers of a document that I write, review or watch. */
  | {
      readonly kind: 'review_news'
      readonly news: 'released' | 'stepped_aside' | 'handed_over' | VerdictKind
      readonly reason: string | null
    }
  | { readonly kind: 'status'; readonly to: Status; readonly reason: string | null }
  /** A final comment period was announced. */
  | { readonly kind: 'status'; readonly endsAt: string }
  /** Nobody has confirmed for long that an approved document of mine still holds. */
  | { readonly kind: 'stale'; readonly since: string }

/** What was said in comments. */
export interface Spoken {
  readonly kind: 'mention' | 'reply' | 'comment'
  readonly threadId: string
  /** Null: of a review, whose comments have come together. */
  readonly commentId: string | null
  readonly comments: number
}

/**
 * How somebody hears of a kind of notice, the loudest first: a mail of its own at once, a line in the one mail of
 * the day, the inbox alone, or not at all.
 */
export const channels = ['now', 'digest', 'inbox', 'off'] as const
export type Channel = (typeof channels)[number]

/** Three kinds come at once. Whatever else there is can wait for the mail of the day. */
export const usualChannel: Readonly<Record<NoticeKind, Channel>> = {
  review_asked: 'now',
  condition: 'digest',
  unsent_review: 'digest',
  mention: 'now',
  verdict: 'now',
  review_late: 'digest',
  reply: 'digest',
  outcome: 'digest',
  comment: 'digest',
  review_news: 'digest',
  status: 'digest',
  stale: 'digest',
}

export type Channels = Readonly<Partial<Record<NoticeKind, Channel>>>

export const channelOf = (kind: NoticeKind, chosen: Channels): Channel => chosen[kind] ?? usualChannel[kind]

export const urgencies = ['overdue', 'asked', 'confirm', 'mention', 'mine', 'thread', 'rest'] as const
/** The groups of an inbox, most urgent first. */
export type Urgency = (typeof urgencies)[number]

export const urgencyOf: Readonly<Record<NoticeKind, Urgency>> = {
  review_asked: 'asked',
  condition: 'confirm',
  unsent_review: 'confirm',
  mention: 'mention',
  verdict: 'mine',
  review_late: 'mine',
  reply: 'thread',
  outcome: 'thread',
  comment: 'rest',
  review_news: 'rest',
  status: 'rest',
  stale: 'rest',
}

/** What asks for something: it waits until that is done. Everything else has been told once it is read. */
export const lastingKinds: readonly NoticeKind[] = [
  'review_asked',
  'condition',
  'unsent_review',
  'mention',
  'review_late',
  'stale',
]
/** What was told and read stays in sight for this time, in ms. */
export const readStaysMs = 24 * 3_600_000

/** Comments of one person on one document within this time, in ms, are one notice. */
export const togetherMs = 10 * 60_000
/** A review that is overdue is said once, and then again after this time, in ms. */
export const remindAgainMs = 7 * 24 * 3_600_000
/** A review that was begun and not sent is said after this time, in ms. */
export const unsentMs = 24 * 3_600_000
/** An approved document that nothing has happened to for this time, in ms, is to be confirmed: half a year. */
export const staleMs = 182 * 24 * 3_600_000

/** How somebody would hear of being asked to review, said before anybody is asked. */
export type ToldHow = 'mail' | 'digest' | 'inbox' | 'nothing'

/**
 * @param given.mail true: this installation sends mail, and this person has an address that takes it.
 */
export function toldHow(kind: NoticeKind, given: { chosen: Channels; mail: boolean }): ToldHow {
  const channel = channelOf(kind, given.chosen)
  if (channel === 'off') return 'nothing'
  if (channel === 'inbox' || !given.mail) return 'inbox'
  return channel === 'now' ? 'mail' : 'digest'
}

/** How loud kinds are, the loudest first: of two that say the same comment, the louder one is told. */
const loudest: readonly Spoken['kind'][] = ['mention', 'reply', 'comment']

export const isSpoken = (notice: Notice): notice is Spoken => 'commentId' in notice

/** Two notices of comments within `togetherMs` as one: the louder kind, the place of the first of that kind. */
export function together(before: Spoken, next: Spoken): Spoken {
  const louder = loudest.indexOf(next.kind) < loudest.indexOf(before.kind) ? next : before
  return { ...louder, comments: before.comments + next.comments }
}

/** Somebody in whose inbox it is. */
export interface ToTell {
  readonly personId: PersonId
  /** What it is about: a later notice to the same person on the same matter of a document takes its place. */
  readonly subject: string
  /** The person that it speaks of beside the one who did it; null: nobody. */
  readonly otherId: PersonId | null
  readonly notice: Notice
}
