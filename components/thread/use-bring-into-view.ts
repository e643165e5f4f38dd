import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { revealAt } from '../editor/container/details-open'
import type { Target } from './target'
import type { ThreadDesk } from './use-thread-desk'
import type { ThreadPlaces } from './use-thread-places'
import { placeOf, topOf } from './use-word-tops'

/** Below the top bar. In px. */
const highest = 90
/** The part of the window's height in which words are seen beside their card, or above the sheet. */
const lowestPart = { wide: 0.7, narrow: 0.4 }
const goalPart = { wide: 0.33, narrow: 0.2 }

/** Whoever opens a thread, or begins one, sees its words: in the upper part of the window, clear of the sheet. */
export function useBringIntoView(input: {
  readonly editor: Editor
  readonly places: ThreadPlaces
  readonly desk: ThreadDesk
  readonly active: ThreadAnswer | null
}): void {
  const { editor, places, desk, active } = input
  const { asked, target, wide } = desk
  const [wentTo, setWentTo] = useState(0)
  // Its words may be found later than the thread itself.
  const placed = active !== null && placeOf(active, places) !== null
  useEffect(() => {
    if (asked === wentTo || editor.isDestroyed || (active ? !placed : target === null)) return
    setWentTo(asked)
    const top = active ? threadTop(active, editor, places) : target && targetTop(target, editor, places)
    if (top === null) return
    if (top === 'top') {
      window.scrollTo({ top: 0 })
      return
    }
    const part = wide ? 'wide' : 'narrow'
    if (top < highest || top > window.innerHeight * lowestPart[part]) {
      window.scrollBy({ top: top - window.innerHeight * goalPart[part] })
    }
  }, [asked, wentTo, active, placed, target, editor, places, wide])
}

/** Where its words are, in px from the top of the window. Null: they are nowhere now. */
function threadTop(thread: ThreadAnswer, editor: Editor, places: ThreadPlaces): number | 'top' | null {
  const at = placeOf(thread, places)
  if (at === null || at === 'top') return at
  revealAt(editor.view, at)
  return topOf(editor, at, thread.target)
}

/** The same for what a new thread is begun on. */
export function targetTop(target: Target, editor: Editor, places: ThreadPlaces): number | 'top' | null {
  switch (target.kind) {
    case 'document':
      return 'top'
    case 'section': {
      const section = places.outline.current.find((one) => one.id === target.sectionId)
      return section ? topOf(editor, section.from, 'section') : null
    }
    case 'text':
      return editor.view.dom.querySelector('.is-pending')?.getBoundingClientRect().top ?? null
  }
}
