import type { EditorView } from '@tiptap/pm/view'

/** Words of the text, in positions of its present state. */
export interface PaintedRange {
  readonly from: number
  readonly to: number
}

/** No more than these are painted at once: a screen shows far fewer. */
const most = 2_000
/** So far beyond the window they are painted as well, in px: there is something to see while one scrolls. */
const marginPx = 600

/** True where a browser paints ranges without changing the page for it (CSS Custom Highlight API, 2020). */
export const canPaint = (): boolean => typeof Highlight === 'function' && 'highlights' in CSS

/**
 * Paints words of the text that are in sight, under the name of a highlight in the style sheet. Nothing of the page
 * is changed: neither the editor nor a screen reader, nor somebody's composition, notices.
 */
export class PaintedRanges {
  readonly #view: EditorView
  readonly #name: string
  #ranges: readonly PaintedRange[] = []
  #frame = 0

  constructor(view: EditorView, name: string) {
    this.#view = view
    this.#name = name
    window.addEventListener('scroll', this.#later, { passive: true, capture: true })
    window.addEventListener('resize', this.#later)
  }

  /** @param ranges in the order of the text. */
  set(ranges: readonly PaintedRange[]): void {
    this.#ranges = ranges
    this.#later()
  }

  end(): void {
    cancelAnimationFrame(this.#frame)
    window.removeEventListener('scroll', this.#later, { capture: true })
    window.removeEventListener('resize', this.#later)
    if (canPaint()) CSS.highlights.delete(this.#name)
  }

  readonly #later = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#paint()
    })
  }

  #paint(): void {
    if (!canPaint() || this.#view.isDestroyed) return
    const { from, to } = positionsInSight(this.#view)
    const first = firstAfter(this.#ranges, from)
    const shown: Range[] = []
    for (let at = first; at < this.#ranges.length && shown.length < most; at += 1) {
      const range = this.#ranges[at] as PaintedRange
      if (range.from > to) break
      const drawn = domRange(this.#view, range)
      if (drawn) shown.push(drawn)
    }
    if (shown.length === 0) CSS.highlights.delete(this.#name)
    else CSS.highlights.set(this.#name, new Highlight(...shown))
  }
}

/** The first range that ends behind a position. */
function firstAfter(ranges: readonly PaintedRange[], position: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.to ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low
}

/** Null: it is not drawn, or the text has changed since it was found. */
export function domRange(view: EditorView, { from, to }: PaintedRange): Range | null {
  if (to > view.state.doc.content.size) return null
  try {
    const [start, end] = [view.domAtPos(from, 1), view.domAtPos(to, -1)]
    const range = document.createRange()
    range.setStart(start.node, start.offset)
    range.setEnd(end.node, end.offset)
    return range
  } catch {
    // Drawn anew at this moment: the next frame knows better.
    return null
  }
}

/** Where the blocks in sight begin and end. Asks a dozen of them, however many there are. */
function positionsInSight(view: EditorView): { from: number; to: number } {
  const starts: number[] = []
  view.state.doc.forEach((_, offset) => {
    starts.push(offset)
  })
  const edge = (position: number, side: 'top' | 'bottom'): number | null => {
    const dom = view.nodeDOM(position)
    return dom instanceof HTMLElement ? dom.getBoundingClientRect()[side] : null
  }
  const search = (side: 'top' | 'bottom', limit: number): number => {
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = edge(starts[middle] as number, side)
      if (at !== null && at < limit) low = middle + 1
      else high = middle
    }
    return low
  }
  const first = search('bottom', -marginPx)
  const last = search('top', window.innerHeight + marginPx)
  return { from: starts[first] ?? 0, to: starts[last] ?? view.state.doc.content.size }
}
