'use client'

import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { Skeleton } from '../ui/skeleton'
import { rowColumns } from './document-row'

const step: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The sheet that rows lie on; arrow keys, Home and End walk through them. */
export function ListFrame(props: {
  label: string
  children: ReactNode
  /** Arrow up on the first row. */
  onLeave?: () => void
  listRef?: Ref<HTMLUListElement>
  /** Rows of an earlier question are shown while the new one is being asked. */
  stale?: boolean
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const next = step[event.key]
    if (!next || event.metaKey || event.ctrlKey || event.altKey) return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
    const at = links.indexOf(event.target as HTMLElement)
    if (at < 0) return
    event.preventDefault()
    const to = next(at, links.length)
    if (to < 0) props.onLeave?.()
    else links[to]?.focus()
  }
  return (
    <ul
      ref={props.listRef}
      aria-label={props.label}
      aria-busy={props.stale || undefined}
      onKeyDown={onKeyDown}
      className="overflow-hidden rounded-m border border-line bg-paper aria-busy:opacity-70"
    >
      {props.children}
    </ul>
  )
}

const widths = ['w-2/5', 'w-1/2', 'w-1/3', 'w-3/5', 'w-2/5', 'w-1/2']

/** As many rows to come, at the size of the real ones. */
export function ListSkeleton() {
  return (
    <div
      role="status"
      aria-label="The list is loading"
      className="overflow-hidden rounded-m border border-line bg-paper"
    >
      {widths.map((width, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
          key={index}
          className={`grid min-h-[52px] grid-cols-[minmax(0,1fr)_34px] items-center gap-x-4 border-line-soft border-t px-[18px] first:border-t-0 ${rowColumns}`}
        >
          <Skeleton className="h-3.5 w-16 max-md:hidden" />
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-3.5 w-20 max-md:hidden" />
          <span className="max-lg:hidden" />
          <Skeleton className="h-3.5 w-32 max-lg:hidden" />
          <Skeleton className="h-3.5 w-16 justify-self-end max-lg:hidden" />
        </div>
      ))}
    </div>
  )
}
