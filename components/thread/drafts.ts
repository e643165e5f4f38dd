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
      return new Map(Array.isArray(stored) ? (stored as [DraftPlace, Draft][]) : [])
    } catch {
      return new Map()
    }
  }
}
