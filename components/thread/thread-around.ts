import type { Ability } from '../../lib/access'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { OutlineSection } from '../../lib/content/outline'
import type { Draft, DraftPlace, Drafts } from './drafts'
import type { ThreadActions } from './use-threads'

/** What the cards of a document have in common. */
export interface ThreadAround {
  readonly documentId: string
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
  readonly actions: ThreadActions
  readonly drafts: ReadonlyMap<DraftPlace, Draft>
  readonly onDraft: Drafts['put']
  /** Where a thread can go on. */
  readonly outline: readonly OutlineSection[]
  /** What is said now goes into a review that is being written. */
  readonly gathering: boolean
  /** What this person raises can block. */
  readonly mayBlock: boolean
  /** Begins the suggestion of a thread anew, on the text as it is now. */
  readonly onSuggestAnew: (thread: ThreadAnswer) => void
  /** How a small suggestion corrects approved text; null: the text is not approved, and suggestions are accepted. */
  readonly correction: Correction | null
  /** Address of the document. */
  readonly address: string
  /** The comment that the page's address names; null: none. */
  readonly linkedComment: string | null
}

/** What approved text has instead of *Accept*. */
export interface Correction {
  /** Why this person may not confirm a suggestion of this size; null: they may. */
  readonly whyNot: (suggestion: {
    readonly isOwn: boolean
    readonly blocks: number
    readonly characters: number
  }) => string | null
  readonly confirm: (threadId: string) => Promise<void>
}
