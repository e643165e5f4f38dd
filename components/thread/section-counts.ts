import type { ThreadAnswer } from '../../lib/api-thread'
import type { OutlineSection } from '../../lib/content/outline'
import { sectionAt } from '../../lib/content/outline'
import { mustBeResolved } from '../../lib/thread'
import type { ThreadCount } from '../document/outline-rows'

/** The section that a thread is in now; null: it is about the document, or detached. */
export function sectionOf(
  thread: Pick<ThreadAnswer, 'id' | 'target' | 'sectionId'>,
  outline: readonly OutlineSection[],
  ranges: ReadonlyMap<string, { readonly from: number }>,
): string | null {
  if (thread.target === 'section') {
    return outline.some((section) => section.id === thread.sectionId) ? thread.sectionId : null
  }
  const range = ranges.get(thread.id)
  return range ? (sectionAt(outline, range.from)?.id ?? null) : null
}

export function sectionCounts(
  threads: readonly ThreadAnswer[],
  outline: readonly OutlineSection[],
  ranges: ReadonlyMap<string, { readonly from: number }>,
): Map<string, ThreadCount> {
  const counts = new Map<string, { open: number; blocking: number }>()
  for (const thread of threads) {
    const id = thread.state === 'open' ? sectionOf(thread, outline, ranges) : null
    if (id === null) continue
    const count = counts.get(id) ?? { open: 0, blocking: 0 }
    count.open += 1
    if (mustBeResolved(thread.kind)) count.blocking += 1
    counts.set(id, count)
  }
  return counts
}

/** A section and everything within it, by id. */
export function scopeOf(outline: readonly OutlineSection[], sectionId: string): ReadonlySet<string> {
  const section = outline.find((one) => one.id === sectionId)
  if (!section) return new Set([sectionId])
  return new Set(
    outline.filter((one) => one.from >= section.from && one.from < section.to).map((one) => one.id),
  )
}
