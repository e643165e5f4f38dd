'use client'

import { type Status, statusNames } from '../../lib/document'
import { choiceClass } from '../ui/choice'
import { filterAddress, type HomeFilter } from './home-filter'

export interface FilterTabsProps {
  filter: HomeFilter
  /** Statuses that occur; a filter for one that does not would find nothing. */
  present: readonly Status[]
  onChange: (filter: HomeFilter) => void
}

/** All, mine, and the states that documents are in: links, so that each can be opened by itself. */
export function FilterTabs({ filter, present, onChange }: FilterTabsProps) {
  const choices: { text: string; to: HomeFilter; on: boolean }[] = [
    {
      text: 'All',
      to: { ...filter, mine: false, status: null },
      on: !filter.mine && filter.status === null,
    },
    { text: 'Mine', to: { ...filter, mine: !filter.mine }, on: filter.mine },
    ...present.map((status) => ({
      text: statusNames[status],
      to: { ...filter, status: filter.status === status ? null : status },
      on: filter.status === status,
    })),
  ]
  return (
    <nav aria-label="Which documents" className="flex min-w-0 items-center gap-1 overflow-x-auto p-0.5">
      {choices.map(({ text, to, on }) => (
        <a
          key={text}
          href={filterAddress(to)}
          aria-current={on ? 'true' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
            event.preventDefault()
            onChange(to)
          }}
          className={choiceClass(on)}
        >
          {text}
        </a>
      ))}
    </nav>
  )
}
