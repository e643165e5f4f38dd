import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Drafts, noDrafts, nothingTyped } from './drafts'
import type { Target } from './target'

/** Which threads are shown: beside their words, or as a list of one kind. */
export type ThreadView = 'open' | 'resolved' | 'detached' | 'mine'

/** A thread that an address names, and one of its comments. */
export interface LinkedTo {
  readonly threadId: string
  readonly commentId: string | null
}

/** What is going on with threads on this page: which one is open, what is being started, which are shown. */
export interface ThreadDesk {
  readonly activeId: string | null
  /** Opens a thread; its words are brought into view. Null: closes it. */
  readonly open: (threadId: string | null) => void
  /** Rises with each `open` and `compose`: the same thread may be asked for again. */
  readonly asked: number
  /** What a new thread is being started on. */
  readonly target: Target | null
  readonly compose: (target: Target | null) => void
  readonly view: ThreadView
  readonly setView: (view: ThreadView) => void
  /** Only threads of this section and of those within it; null: all. */
  readonly sectionId: string | null
  readonly showSection: (sectionId: string | null) => void
  /** Back from a list of some threads to all that are open. */
  readonly showOpen: () => void
  /** On narrow screens: the sheet is up. */
  readonly sheet: boolean
  readonly setSheet: (up: boolean) => void
  readonly drafts: Drafts
  /** What suggestions change is shown in the text for all of them, not for the open one alone. */
  readonly showsSuggestions: boolean
  readonly showSuggestions: (shown: boolean) => void
  /** What the page's address pointed at; null: at no thread. */
  readonly linked: LinkedTo | null
  /** There is room for cards beside the text. */
  readonly wide: boolean
}

/** From this width on cards stand beside the text: outline 256, text 624, cards 304, and air. In px. */
const wideQuery = '(min-width: 1244px)'

export function useThreadDesk(personId: string, documentId: string): ThreadDesk {
  const [drafts] = useState(
    () => new Drafts(typeof window === 'undefined' ? null : window.localStorage, personId, documentId),
  )
  const [active, setActive] = useState<{ id: string | null; asked: number }>({ id: null, asked: 0 })
  const [view, setView] = useState<ThreadView>('open')
  const [sectionId, setSectionId] = useState<string | null>(null)
  const [sheet, setSheet] = useState(false)
  const stored = useSyncExternalStore(drafts.subscribe, drafts.all, noDrafts)
  const target = stored.get('new')?.target ?? null

  const open = useCallback((id: string | null) => {
    setActive((before) => ({ id, asked: before.asked + 1 }))
    setSheet(id !== null)
  }, [])
  /** Which button opened the composer, if one did. */
  const opener = useRef<Element | null>(null)
  const compose = useCallback(
    (next: Target | null) => {
      if (next) opener.current = document.activeElement
      else if (opener.current instanceof HTMLButtonElement) opener.current.focus({ preventScroll: true })
      const before = drafts.all().get('new')
      // Words that were typed for another place go along: nobody's sentence is thrown away by a click.
      drafts.put('new', next && { ...nothingTyped, mustResolve: false, ...before, target: next })
      setActive((now) => ({ id: null, asked: now.asked + (next ? 1 : 0) }))
      if (next) setView('open')
      // What is begun elsewhere would stand in a list that it does not belong to.
      if (next) setSectionId((now) => (next.kind === 'section' && next.sectionId === now ? now : null))
      setSheet(next !== null)
    },
    [drafts],
  )
  const showSection = useCallback((id: string | null) => {
    setSectionId(id)
    setSheet(id !== null)
  }, [])
  const showOpen = useCallback(() => {
    setView('open')
    setSectionId(null)
  }, [])
  // An address with `?thread=` opens there; sign-in leads back to it.
  const [linked, setLinked] = useState<LinkedTo | null>(null)
  useEffect(() => {
    const asked = new URLSearchParams(window.location.search)
    const threadId = asked.get('thread')
    if (!threadId) return
    setLinked({ threadId, commentId: asked.get('comment') })
    open(threadId)
  }, [open])

  const [showsSuggestions, showSuggestions] = useState(false)
  const wide = useSyncExternalStore(watchWidth, isWide, () => false)
  return useMemo(
    () => ({
      activeId: active.id,
      asked: active.asked,
      open,
      target,
      compose,
      view,
      setView,
      sectionId,
      showSection,
      showOpen,
      sheet,
      setSheet,
      drafts,
      showsSuggestions,
      showSuggestions,
      linked,
      wide,
    }),
    [
      active,
      open,
      target,
      compose,
      view,
      sectionId,
      showSection,
      showOpen,
      sheet,
      drafts,
      showsSuggestions,
      linked,
      wide,
    ],
  )
}

const isWide = () => window.matchMedia(wideQuery).matches
function watchWidth(listener: () => void): () => void {
  const query = window.matchMedia(wideQuery)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
