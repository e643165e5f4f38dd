import type { ReactNode } from 'react'
import type { SessionState } from '../sync/session-state'
import { openSignInWindow } from '../sync/sign-in-window'
import { Button } from '../ui/button'
import { buttonClass } from '../ui/button-class'

export interface ClosedSheetProps {
  readonly state: SessionState
  /** Who opened this page. */
  readonly name: string
  /** Words of theirs that can be had back. */
  readonly kept: ReactNode
  readonly onReload: () => void
}

/** In place of the text, where it may not be shown any more. */
export function ClosedSheet({ state, name, kept, onReload }: ClosedSheetProps) {
  const words = wordsFor(state, name)
  if (!words) return null
  return (
    <section aria-labelledby="closed-title" className="mx-auto flex max-w-[34rem] flex-col gap-4 pt-[12vh]">
      <h1 id="closed-title" className="font-[660] text-h2 tracking-[-0.014em]">
        {words.title}
      </h1>
      <p className="text-ink-2 text-l leading-relaxed">{words.text}</p>
      {kept}
      <div className="mt-2 flex flex-wrap gap-2">
        {state.kind === 'other_person' && (
          <>
            <Button look="primary" onClick={onReload}>
              Open it as {state.name}
            </Button>
            <Button onClick={openSignInWindow}>Sign in as {name}</Button>
          </>
        )}
        {state.kind === 'refused' && (
          <Button look="primary" onClick={onReload}>
            Reload
          </Button>
        )}
        {(state.kind === 'no_access' || state.kind === 'gone') && (
          <>
            <a href="/" className={buttonClass('primary')}>
              Go to documents
            </a>
            <Button onClick={onReload}>Try again</Button>
          </>
        )}
      </div>
    </section>
  )
}

function wordsFor(state: SessionState, name: string): { title: string; text: string } | null {
  switch (state.kind) {
    case 'other_person':
      return {
        title: `${state.name} is signed in now`,
        text: `This page was opened by ${name}. Nothing of it is shown or sent as ${state.name}; what ${name} wrote is kept on this device for ${name}.`,
      }
    case 'no_access':
      return {
        title: 'You no longer have access to this document',
        text: 'Somebody has changed who may open it. Ask its owner if you think that this is a mistake.',
      }
    case 'gone':
      return {
        title: 'This document is not here any more',
        text: 'It was moved to the bin, or it is no longer shared with you. Its owner can tell, and bring it back.',
      }
    case 'refused':
      return {
        title: 'The server does not take what this page sends',
        text: 'Reload the page to begin again from what is stored. Your own words are kept below.',
      }
    default:
      return null
  }
}

/** True where the text itself must not be shown. */
export const isClosed = (state: SessionState): boolean => wordsFor(state, '') !== null
