import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { mustBeResolved } from '../../lib/thread'
import { seenPlace } from '../editor/container/details-open'
import type { ThreadPlaces } from './use-thread-places'

export interface WordTopsInput {
  readonly editor: Editor
  readonly threads: readonly ThreadAnswer[]
  readonly places: ThreadPlaces
  /** The column that cards stand in. */
  readonly column: HTMLElement | null
}

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([id, top]) => b.get(id) === top)

/** Cards further from the window than so many windows are not drawn: of their words the block is told, and the order. */
const nearWindows = 2

/**
 * Where the words of each thread begin, in px from the top of the column, read once a frame when the text has
 * another height or other places, or was scrolled on by a window; a keystroke within a line reads nothing.
 */
export function useWordTops({ editor, threads, places, column }: WordTopsInput) {
  const [tops, setTops] = useState<ReadonlyMap<string, number>>(new Map())
  const read = useCallback(() => {
    if (!column || editor.isDestroyed) return
    const origin = column.getBoundingClientRect().top
    const next = new Map<string, number>()
    for (const thread of threads) {
      const at = placeOf(thread, places)
      if (at === null) continue
      next.set(thread.id, at === 'top' ? 0 : Math.round(roughTopOf(editor, at, thread.target) - origin))
    }
    setTops((before) => (same(before, next) ? before : next))
  }, [editor, threads, places, column])
  useEffect(() => {
    // The page has gone over to another body in this very turn; with its editor this runs again.
    if (editor.isDestroyed) return
    let frame = requestAnimationFrame(read)
    const later = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(read)
    }
    const sizes = new ResizeObserver(later)
    sizes.observe(editor.view.dom)
    window.addEventListener('resize', later)
    let readAt = window.scrollY
    const onScroll = () => {
      if (Math.abs(window.scrollY - readAt) < window.innerHeight) return
      readAt = window.scrollY
      later()
    }
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      window.removeEventListener('resize', later)
      window.removeEventListener('scroll', onScroll)
    }
  }, [editor, read])
  return tops
}

/** Null: it has no place in the text now. What holds a document up stands at the top then: nobody may miss it. */
export function placeOf(thread: ThreadAnswer, places: ThreadPlaces): number | 'top' | null {
  const { ranges, outline } = places
  if (thread.target === 'document') return 'top'
  if (isDetached(thread, places)) {
    return thread.state === 'open' && mustBeResolved(thread.kind) ? 'top' : null
  }
  if (thread.target === 'text') return ranges.current.get(thread.id)?.from ?? null
  return outline.current.find((section) => section.id === thread.sectionId)?.from ?? null
}

/** Of threads that stand equally high: the order of their words. */
export function inTextOrder(a: ThreadAnswer, b: ThreadAnswer, places: ThreadPlaces): number {
  const at = (thread: ThreadAnswer) => {
    const place = placeOf(thread, places)
    return place === 'top' || place === null ? 0 : place
  }
  return at(a) - at(b)
}

/** Its words, or its section, are not in the text. */
export function isDetached(thread: ThreadAnswer, { ranges, lost, outline }: ThreadPlaces): boolean {
  if (thread.target === 'document') return false
  if (thread.target === 'section') return !outline.current.some(({ id }) => id === thread.sectionId)
  // What is not drawn is not followed: of that the server knows.
  return lost.current.has(thread.id) || (thread.detached && !ranges.current.has(thread.id))
}

/** Far from the window the top of its block: to ask for a line of what is not laid out would have it laid out. */
function roughTopOf(editor: Editor, position: number, target: ThreadAnswer['target']): number {
  const $at = editor.state.doc.resolve(Math.min(position, editor.state.doc.content.size))
  const block = editor.view.nodeDOM($at.depth === 0 ? $at.pos : $at.before(1))
  if (block instanceof HTMLElement) {
    const { top, bottom } = block.getBoundingClientRect()
    const near = nearWindows * window.innerHeight
    if (bottom < -near || top > window.innerHeight + near) return top
  }
  return topOf(editor, position, target)
}

/** Top of what stands at a position: of its line, or of the heading. */
export function topOf(editor: Editor, position: number, target: ThreadAnswer['target']): number {
  if (target === 'section') {
    const dom = editor.view.nodeDOM(position)
    if (dom instanceof HTMLElement) return dom.getBoundingClientRect().top
  }
  const seen = seenPlace(editor.view, Math.min(position, editor.state.doc.content.size))
  return editor.view.coordsAtPos(seen).top
}
