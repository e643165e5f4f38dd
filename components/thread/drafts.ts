import type { Target } from './use-threads'

/** Words typed into a composer and not sent yet. */
export interface Draft {
  readonly text: string
  readonly mustResolve: boolean
  /** What a new thread is about; null: a reply. */
  readonly target: Target | null
}

/** Where a draft is written: the composer of a new thread, or the answer field of one. */
export type DraftPlace = 'new' | `reply:${string}`

/**
 * Drafts of one person on one document. They outlive a reload of their tab and the end of the person's access:
 * a comment that was being typed is never lost to what happens around it.
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
    this.#drafts = this.#read()
  }

  all = (): ReadonlyMap<DraftPlace, Draft> => this.#drafts

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps a draft; null, or one without words and target, forgets it. */
  put(place: DraftPlace, draft: Draft | null): void {
    const next = new Map(this.#drafts)
    if (draft === null || (draft.text === '' && draft.target === null)) next.delete(place)
    else next.set(place, draft)
    this.#drafts = next
    try {
      this.#storage?.setItem(this.#key, JSON.stringify([...next]))
    } catch {
      // A full store: the draft lives as long as this page.
    }
    for (const listener of this.#listeners) listener()
  }

  #read(): Map<DraftPlace, Draft> {
    try {
      const stored: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]')
      if (!Array.isArray(stored)) return new Map()
      return new Map(
        (stored as [DraftPlace, unknown][]).filter((pair): pair is [DraftPlace, Draft] => isDraft(pair[1])),
      )
    } catch {
      return new Map()
    }
  }
}

/** What a page of another release has stored may be anything. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { text, mustResolve, target } = value as Record<string, unknown>
  const hasTarget =
    target === null || (typeof target === 'object' && target !== undefined && 'kind' in target)
  return typeof text === 'string' && typeof mustResolve === 'boolean' && hasTarget
}

const none: ReadonlyMap<DraftPlace, Draft> = new Map()
/** What a page has that is drawn on the server. */
export const noDrafts = (): ReadonlyMap<DraftPlace, Draft> => none

/**
 * Drafts that have no field any more: answers to a thread that is gone, and everything that was typed by somebody who
 * may not comment now. They are shown where their author finds them.
 *
 * @param threadIds threads that are there; null: it is not known yet.
 */
export function strandedDrafts(
  drafts: ReadonlyMap<DraftPlace, Draft>,
  { threadIds, mayComment }: { threadIds: ReadonlySet<string> | null; mayComment: boolean },
): [DraftPlace, Draft][] {
  return [...drafts].filter(([place, { text }]) => {
    if (text.trim() === '') return false
    if (!mayComment) return true
    return place !== 'new' && threadIds !== null && !threadIds.has(place.slice('reply:'.length))
  })
}
