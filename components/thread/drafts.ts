import type { Mentioned } from '../../lib/typed-mention'
import type { Target } from './target'

/** What is in a field: words, and whom the names in them stand for. */
export interface Typed {
  readonly text: string
  readonly mentioned: Mentioned
  /** Those of them who cannot read the document yet: they are given access when it is sent. */
  readonly admit: readonly string[]
}

export const nothingTyped: Typed = { text: '', mentioned: {}, admit: [] }

/** Words typed into a composer and not sent yet. */
export interface Draft extends Typed {
  readonly mustResolve: boolean
  /** What a new thread is about; null: a reply, or another wording of a comment. */
  readonly target: Target | null
}

/** Where a draft is written: the composer of a new thread, the answer field of one, or a comment that is changed. */
export type DraftPlace = 'new' | `reply:${string}` | `edit:${string}`

/**
 * Drafts of one person on one document. They outlive a reload, the end of their tab, and the end of the person's
 * access: a comment that was being typed is never lost to what happens around it. Another tab that is open at the
 * same time keeps its own; both write into one store, each its own places.
 */
export class Drafts {
  readonly #storage: Storage | null
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #drafts: ReadonlyMap<DraftPlace, Draft>

  /** @param storage null: none is kept over a reload (a browser that has no room, a page on the server). */
  constructor(storage: Storage | null, personId: string, documentId: string) {
    this.#storage = storage
    this.#key = `rationale-drafts:${personId}:${documentId}`
    // A composer that was open without a word does not open again.
    this.#drafts = new Map([...this.#read()].filter(([, { text }]) => text.trim() !== ''))
  }

  all = (): ReadonlyMap<DraftPlace, Draft> => this.#drafts

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps a draft; null forgets it, and so does one for a new thread without words and target. */
  put = (place: DraftPlace, draft: Draft | null): void => {
    const gone = draft === null || (place === 'new' && draft.text === '' && draft.target === null)
    const next = new Map(this.#drafts)
    const stored = this.#read()
    for (const map of [next, stored]) {
      if (gone) map.delete(place)
      else map.set(place, draft)
    }
    this.#drafts = next
    try {
      if (stored.size === 0) this.#storage?.removeItem(this.#key)
      else this.#storage?.setItem(this.#key, JSON.stringify([...stored]))
    } catch {
      // A full store: the draft lives as long as this page.
    }
    for (const listener of this.#listeners) listener()
  }

  #read(): Map<DraftPlace, Draft> {
    try {
      const stored: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]')
      if (!Array.isArray(stored)) return new Map()
      return new Map((stored as unknown[]).flatMap(asDraft))
    } catch {
      return new Map()
    }
  }
}

/** What a page of another release has stored may be anything. */
function asDraft(pair: unknown): [DraftPlace, Draft][] {
  if (!Array.isArray(pair)) return []
  const [place, value] = pair as [DraftPlace, unknown]
  if (typeof value !== 'object' || value === null) return []
  const { text, mustResolve, target, mentioned = {}, admit = [] } = value as Record<string, unknown>
  const hasTarget =
    target === null || (typeof target === 'object' && target !== undefined && 'kind' in target)
  if (typeof place !== 'string' || typeof text !== 'string' || typeof mustResolve !== 'boolean' || !hasTarget)
    return []
  if (typeof mentioned !== 'object' || mentioned === null || !Array.isArray(admit)) return []
  const named = Object.entries(mentioned).filter((one): one is [string, string] => typeof one[1] === 'string')
  return [
    [
      place,
      {
        text,
        mustResolve,
        target: target as Target | null,
        mentioned: Object.fromEntries(named),
        admit: admit.filter((id) => typeof id === 'string'),
      },
    ],
  ]
}

const none: ReadonlyMap<DraftPlace, Draft> = new Map()
/** What a page has that is drawn on the server. */
export const noDrafts = (): ReadonlyMap<DraftPlace, Draft> => none

/**
 * Drafts that have no field any more: answers to a thread that is gone, other words for a comment that is, and
 * everything that was typed by somebody who may not comment now. They are shown where their author finds them.
 *
 * @param there ids of the threads and comments that are there; null: it is not known yet.
 */
export function strandedDrafts(
  drafts: ReadonlyMap<DraftPlace, Draft>,
  { there, mayComment }: { there: ReadonlySet<string> | null; mayComment: boolean },
): [DraftPlace, Draft][] {
  return [...drafts].filter(([place, { text }]) => {
    if (text.trim() === '') return false
    if (!mayComment) return true
    return place !== 'new' && there !== null && !there.has(place.slice(place.indexOf(':') + 1))
  })
}
