import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import { caretOf, toMiddle } from '../document/scroll-to'
import type { Body } from '../sync/body'
import type { PresentPerson } from './present-people'

/** What a visit leads to: whoever went to somebody may go on with them. */
export interface Company {
  readonly kind: 'met' | 'followed'
  readonly personId: string
}

/** For so long after a visit it is offered to go on with them, in ms. */
const offeredMs = 8_000
/** Of the window's height: within these a caret needs no scrolling. */
const calmBand = { top: 0.2, bottom: 0.75 }

export interface FollowInput {
  readonly editor: Editor | null
  readonly body: Body | null
  readonly people: readonly PresentPerson[]
  /** Goes to where somebody is. */
  readonly onGo: (person: PresentPerson) => void
}

/** Keeps the view with somebody's caret, until this person scrolls, types, clicks in the text or presses Escape. */
export function useFollow({ editor, body, people, onGo }: FollowInput) {
  const [company, setCompany] = useState<Company | null>(null)
  const stop = useCallback(() => setCompany(null), [])
  // Whoever has left is not followed.
  const person = people.find(({ personId }) => personId === company?.personId) ?? null
  const isFollowing = company?.kind === 'followed' && person !== null
  const clientId = person?.clientId

  useEffect(() => {
    if (company?.kind !== 'met') return
    const timer = setTimeout(stop, offeredMs)
    return () => clearTimeout(timer)
  }, [company, stop])

  useEffect(() => {
    if (!isFollowing || !editor || !body || clientId === undefined) return
    let frame = 0
    const look = () => {
      frame = 0
      if (!editor.isDestroyed) keepInView(editor, clientId)
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    // A caret is drawn a moment after it was told of, and moved by what others write.
    later()
    editor.on('transaction', later)
    const events = ['wheel', 'touchmove', 'keydown'] as const
    for (const event of events) window.addEventListener(event, stop, { passive: true, capture: true })
    editor.view.dom.addEventListener('pointerdown', stop)
    return () => {
      cancelAnimationFrame(frame)
      editor.off('transaction', later)
      for (const event of events) window.removeEventListener(event, stop, { capture: true })
      editor.view.dom.removeEventListener('pointerdown', stop)
    }
  }, [isFollowing, editor, body, clientId, stop])

  return {
    company: company && person ? { kind: company.kind, person } : null,
    stop,
    follow: () => setCompany((now) => now && { ...now, kind: 'followed' }),
    meet(who: PresentPerson) {
      onGo(who)
      setCompany({ kind: 'met', personId: who.personId })
    },
  }
}
export type Follow = ReturnType<typeof useFollow>

function keepInView(editor: Editor, clientId: number): void {
  const caret = caretOf(editor, clientId)
  if (!caret) return
  const { top, bottom } = caret.getBoundingClientRect()
  const { innerHeight } = window
  if (top >= innerHeight * calmBand.top && bottom <= innerHeight * calmBand.bottom) return
  toMiddle(caret)
}
