import { useEffect, useState } from 'react'
import { MenuButton } from '../shell/menu-button'
import type { DocumentSession } from '../sync/document-session'
import type { SavedState } from '../sync/saved-state'
import type { SessionState } from '../sync/session-state'
import { classes } from '../ui/classes'
import { savedWords } from './saved-words'
import { useSaved } from './use-session'

const load = () => import('./saved-reason').then((part) => part.SavedReason)

const dots = { good: 'bg-approved', busy: 'bg-ink-4', warning: 'bg-review', quiet: 'bg-ink-4' }

export interface SavedSignProps {
  readonly session: DocumentSession | null
  readonly canWrite: boolean
  readonly state: SessionState
  readonly mayComment: boolean
  readonly onRetry: () => void
}

/** Where the words are, with the reason and the next step behind a click. */
export function SavedSign({ session, canWrite, state, mayComment, onRetry }: SavedSignProps) {
  const saved = useSteady(useSaved(session, canWrite))
  const words = savedWords(saved, state, mayComment)
  return (
    <MenuButton load={load} items={{ words, onRetry }} opens="dialog">
      {(parts) => (
        <button
          type="button"
          {...parts}
          className="flex h-[34px] min-w-0 shrink-0 items-center gap-1.5 rounded-s px-2 text-ink-2 text-s transition-colors hover:bg-sunk aria-expanded:bg-sunk pointer-coarse:h-10"
          data-saved={saved.kind}
        >
          <span
            aria-hidden="true"
            className={classes('sign-dot size-[7px] shrink-0 rounded-full', dots[words.tone])}
          />
          {/* As wide as its longest usual word, so that nothing beside it moves while somebody types. */}
          <span className="min-w-[3.2rem] truncate text-left max-[1100px]:hidden">{words.label}</span>
          <span className="truncate min-[1100px]:hidden">{words.short}</span>
        </button>
      )}
    </MenuButton>
  )
}

/** How long *Saving…* stays after the server has answered: between two keystrokes nothing should blink. */
const steadyMs = 350

/**
 * Bad news at once, *Saved* only when it stays true for a moment. The effect follows the kind alone and sets
 * what is mostly set already: one that set state for every change would, in a page that was busy while keys
 * and answers piled up, be an update within an update for each of them, and React ends a page after fifty.
 */
function useSteady(saved: SavedState): SavedState {
  const { kind } = saved
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (kind !== 'saved') {
      setHeld(kind === 'saving')
      return
    }
    const timer = setTimeout(() => setHeld(false), steadyMs)
    return () => clearTimeout(timer)
  }, [kind])
  return held && kind === 'saved' ? saving : saved
}

const saving: SavedState = { kind: 'saving' }
