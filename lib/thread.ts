import type { Ability } from './access'

/**
 * What a thread is: a talk about words, a section, or the whole document. Rules only; where it is attached
 * stands in `content/anchor.ts`.
 */

/** A `suggestion` carries a replacement: it is made by proposing one, and stays one. */
export const threadKinds = ['comment', 'question', 'nit', 'concern', 'blocking', 'suggestion'] as const
export type ThreadKind = (typeof threadKinds)[number]

/** What a thread can be started as, or become. */
export const startableKinds = ['comment', 'question', 'nit', 'concern', 'blocking'] as const
export type StartableKind = (typeof startableKinds)[number]

export const threadStates = ['open', 'resolved'] as const
export type ThreadState = (typeof threadStates)[number]

export const threadTargets = ['text', 'section', 'document'] as const
/** What a thread is about. */
export type ThreadTarget = (typeof threadTargets)[number]

/** How a thread ended. `moved`: it goes on in another section. */
export const outcomes = ['fixed', 'answered', 'wont_fix', 'moved'] as const
export type Outcome = (typeof outcomes)[number]

export const endings = ['accepted', 'declined', 'overruled'] as const
/** What an outcome does not say: a suggestion was accepted or declined, or a blocking thread overruled. */
export type Ending = (typeof endings)[number]

export const kindNames: Record<ThreadKind, string> = {
  comment: 'Comment',
  question: 'Question',
  nit: 'Nit',
  concern: 'Concern',
  blocking: 'Blocking',
  suggestion: 'Suggestion',
}

export const outcomeNames: Record<Outcome, string> = {
  fixed: 'Fixed',
  answered: 'Answered',
  wont_fix: 'Won’t fix',
  moved: 'Moved',
}

/** Limits in UTF-16 code units, after trimming. */
export const commentLimits = { max: 20_000, reason: 2_000 } as const

/** Kinds that must be resolved before a document is approved, or answered with a reason. */
export const mustBeResolved = (kind: ThreadKind): boolean => kind === 'blocking' || kind === 'concern'

/**
 * What somebody typed into the one field of the composer: a leading `?` or `nit:` sets the kind and is no part
 * of the comment; the box *must be resolved* outweighs both. From who may not block it is a concern.
 */
export function readComposer(
  typed: string,
  given: { readonly mustResolve: boolean; readonly mayBlock: boolean },
): { kind: StartableKind; body: string } {
  // A sign with nothing behind it is the comment itself, not an empty question.
  const sign = /^\s*(\?+|nit:)\s*(?=\S)/i.exec(typed)
  const body = (sign ? typed.slice(sign[0].length) : typed).trim()
  if (given.mustResolve) return { kind: given.mayBlock ? 'blocking' : 'concern', body }
  if (!sign) return { kind: 'comment', body }
  return { kind: sign[1]?.startsWith('?') ? 'question' : 'nit', body }
}

/**
 * A comment as it is stored: composed (NFC), line ends as LF, no white space around it. Null when nothing
 * remains, it is too long, or it holds control characters (NUL among them) or halves of characters. Overrides
 * of the writing direction are kept: they are content that reviewers talk about, and are drawn as signs.
 */
export function normaliseComment(text: string): string | null {
  const body = text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  if (body.length === 0 || body.length > commentLimits.max) return null
  return hasUnwritable(body) ? null : body
}

const hasUnwritable = (text: string): boolean => /[\p{Cs}]|(?![\n\t])\p{Cc}/u.test(text)

export interface ThreadFacts {
  readonly kind: ThreadKind
  readonly authorId: string
}

/** Why somebody may not resolve a thread so; null: they may. */
export type ResolveRefusal = 'not_yours' | 'blocking' | 'reason_missing'

/**
 * Who resolves what: one's own thread, with the right to comment; any thread, with the right to resolve. A
 * blocking thread is resolved by its author alone, or overruled by the owner with a reason. To decline what
 * had to be resolved always takes a reason; to call a concern answered takes an answer.
 *
 * @param thread.answered somebody else than its author has replied. Default true.
 */
export function resolveRefusal(
  thread: ThreadFacts & { readonly answered?: boolean },
  by: { readonly personId: string; readonly abilities: ReadonlySet<Ability> },
  given: { readonly outcome: Outcome; readonly reason: string | null },
): ResolveRefusal | null {
  const own = thread.authorId === by.personId
  if (!own && !by.abilities.has('resolve')) return 'not_yours'
  if (own) return null
  if (thread.kind === 'blocking') {
    if (!by.abilities.has('overrule')) return 'blocking'
    return given.reason ? null : 'reason_missing'
  }
  const declined =
    given.outcome === 'wont_fix' || (given.outcome === 'answered' && !(thread.answered ?? true))
  return mustBeResolved(thread.kind) && declined && !given.reason ? 'reason_missing' : null
}

/** Whether a blocking thread was ended over its author's head: its approval record says so. */
export const wasOverruled = (thread: {
  readonly kind: ThreadKind
  readonly author: { readonly id: string }
  readonly resolvedBy: { readonly id: string } | null
}): boolean =>
  thread.kind === 'blocking' && thread.resolvedBy !== null && thread.resolvedBy.id !== thread.author.id

/** The outcome that one click stands for; it can be changed. */
export function derivedOutcome(thread: {
  readonly kind: ThreadKind
  /** The words it is about are not the ones any more that it was started on. */
  readonly changed: boolean
  /** Somebody else than its author has replied. */
  readonly answered: boolean
}): Outcome {
  if (thread.changed) return 'fixed'
  return thread.answered || thread.kind === 'question' ? 'answered' : 'fixed'
}

/** Why a thread may not become this kind; null: it may. One's own, or a concern that the owner promotes. */
export function kindRefusal(
  thread: ThreadFacts,
  by: {
    readonly personId: string
    readonly abilities: ReadonlySet<Ability>
    /** Asked to review, and so heard like an editor. Default false. */
    readonly mayBlock?: boolean
  },
  kind: StartableKind,
): 'not_yours' | 'blocking' | null {
  const promotes = thread.kind === 'concern' && kind === 'blocking' && by.abilities.has('overrule')
  if (promotes) return null
  if (thread.authorId !== by.personId) return 'not_yours'
  return kind === 'blocking' && !by.mayBlock && !by.abilities.has('resolve') ? 'blocking' : null
}
