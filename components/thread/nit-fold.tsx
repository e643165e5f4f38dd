import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ThreadAnswer } from '../../lib/api-thread'

/**
 * Nits stand back behind what has to be talked about: from two on they are one line.
 *
 * @param activeId a nit that is looked at is there.
 * @returns what is shown of these threads, and how many nits there are; 0: they are not folded.
 */
export function foldNits<Thread extends Pick<ThreadAnswer, 'id' | 'kind'>>(
  threads: readonly Thread[],
  { unfolded, activeId }: { unfolded: boolean; activeId: string | null },
): { shown: readonly Thread[]; nits: number } {
  const nits = threads.filter((thread) => thread.kind === 'nit').length
  if (nits < 2) return { shown: threads, nits: 0 }
  const shown = unfolded ? threads : threads.filter(({ id, kind }) => kind !== 'nit' || id === activeId)
  return { shown, nits }
}

/** The line that stands for them. */
export function NitFold(props: {
  readonly nits: number
  readonly unfolded: boolean
  readonly onToggle: () => void
}) {
  const Sign = props.unfolded ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-expanded={props.unfolded}
      onClick={props.onToggle}
      className="flex h-8 w-full items-center gap-1.5 rounded-m border border-line border-dashed px-2 text-ink-2 text-s hover:border-ink-4 hover:text-ink"
    >
      <Sign size={14} aria-hidden="true" className="text-ink-3" />
      {props.nits} nits
    </button>
  )
}
