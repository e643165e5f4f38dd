import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { DocumentSession, SessionInput } from '../sync/document-session'
import type { OpenSession } from '../sync/open-session'
import type { SavedState } from '../sync/saved-state'
import { type PageView, pageView } from './page-view'

export type SessionHold =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly open: OpenSession; readonly view: PageView }
  /** The page's own parts did not load: an old page after an update, or no network. */
  | { readonly kind: 'failed' }

/** Opens the document's session once the page stands; its parts are no load for the first paint. */
export function useSession(input: SessionInput): SessionHold {
  const [open, setOpen] = useState<OpenSession | 'failed' | null>(null)
  const [given] = useState(input)
  useEffect(() => {
    let gone = false
    let opened: OpenSession | null = null
    import('../sync/open-session')
      .then(({ openSession }) => openSession(given))
      .then(
        (ready) => {
          if (gone) return ready.close()
          opened = ready
          setOpen(ready)
        },
        () => {
          if (!gone) setOpen('failed')
        },
      )
    return () => {
      gone = true
      opened?.close()
    }
  }, [given])
  const session = open === null || open === 'failed' ? null : open.session
  const drawn = useRef<PageView | null>(null)
  const view = useSyncExternalStore(
    session?.subscribe ?? neverChanges,
    () => {
      drawn.current = session && pageView(session.view(), drawn.current)
      return drawn.current
    },
    () => null,
  )
  if (open === 'failed') return { kind: 'failed' }
  if (open === null || view === null) return { kind: 'opening' }
  return { kind: 'open', open, view }
}

/** Where the words are. For the few that say so: it changes twice with every key. */
export function useSaved(session: DocumentSession | null, canWrite: boolean): SavedState {
  const before = canWrite ? connecting : readOnly
  return useSyncExternalStore(
    session?.subscribe ?? neverChanges,
    () => session?.view().saved ?? before,
    () => before,
  )
}

const connecting: SavedState = { kind: 'connecting' }
const readOnly: SavedState = { kind: 'read_only' }

const neverChanges = () => () => {}
