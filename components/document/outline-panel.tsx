import { MessageSquare } from 'lucide-react'
import { Fragment } from 'react'
import type { PresentPerson } from '../presence/present-people'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/icon-button'
import { type OutlineRow, rowName, type ThreadCount } from './outline-rows'

export interface OutlinePanelProps {
  readonly rows: readonly OutlineRow[]
  /** Block id of the section that is being read or written. */
  readonly current: string | null
  readonly people: readonly PresentPerson[]
  readonly onGo: (sectionId: string) => void
  /** Open threads of a section itself. */
  readonly counts: ReadonlyMap<string, ThreadCount>
  /** Shows the threads of a section; null: this person takes no part in any, and there are none. */
  readonly onThreads: ((sectionId: string) => void) | null
}

/** The sections: a name, and at most one sign. */
export function OutlinePanel({ rows, current, people, onGo, counts, onThreads }: OutlinePanelProps) {
  if (rows.every((row) => row.depth === 0)) {
    return (
      <p className="px-2 text-ink-3 text-s">
        Headings appear here as you write them. Type <kbd className="font-ui">#</kbd> and a space at the start
        of a line.
      </p>
    )
  }
  return (
    <ul className="flex flex-col text-s">
      {rows.map((row, index) => {
        const here = people.filter((person) => person.sectionId === row.id)
        const on = row.id === current
        return (
          <li key={row.id} className={classes('group/row relative', row.depth <= 1 && index > 0 && 'mt-1.5')}>
            <button
              type="button"
              onClick={() => onGo(row.id)}
              aria-current={on ? 'true' : undefined}
              className={classes(
                'flex min-h-[29px] w-full items-baseline gap-2 rounded-s py-1 pr-2 text-left transition-colors pointer-coarse:min-h-10 pointer-coarse:py-2.5',
                row.depth <= 1
                  ? 'pl-2 font-[560] text-ink'
                  : row.depth === 2
                    ? 'pl-4 text-ink-2'
                    : 'pl-6 text-ink-2',
                on ? 'bg-accent-soft text-accent' : 'hover:bg-sunk hover:text-ink',
              )}
            >
              <span
                className={classes(
                  'shrink-0 text-xs tabular-nums',
                  row.depth <= 1 ? 'w-6' : 'min-w-7',
                  on ? 'text-accent' : 'font-normal text-ink-3',
                )}
              >
                {row.number}
              </span>
              <span className="line-clamp-2 min-w-0 flex-1 break-words">
                {row.depth === 0 ? 'Preamble' : row.title || 'Untitled section'}
              </span>
              <Sign people={here} empty={row.empty} count={counts.get(row.id)} />
            </button>
            {onThreads && (
              <IconButton
                label={`Threads of ${rowName(row)}`}
                size="s"
                tooltip={false}
                onClick={() => onThreads(row.id)}
                className="!absolute top-0.5 right-1 bg-desk opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:hidden"
              >
                <MessageSquare size={14} aria-hidden="true" />
              </IconButton>
            )}
          </li>
        )
      })}
    </ul>
  )
}

interface SignProps {
  readonly people: readonly PresentPerson[]
  readonly empty: boolean
  readonly count: ThreadCount | undefined
}

/** At most one: something blocking, else somebody there, else open threads, else empty. */
function Sign({ people, empty, count }: SignProps) {
  if (count && count.blocking > 0) {
    return (
      <span className="shrink-0 self-center rounded-full bg-blocking-soft px-1.5 font-[560] text-blocking text-xs tabular-nums">
        {count.blocking}
        <span className="sr-only"> to be resolved</span>
      </span>
    )
  }
  if (people.length > 0) {
    return (
      <span className="-my-0.5 flex shrink-0 self-center">
        {people.slice(0, 2).map((person) => (
          <Fragment key={person.personId}>
            <Avatar
              name={person.name}
              color={person.color}
              size="xs"
              className="-ml-1 first:ml-0"
              decorative
            />
            <span className="sr-only">{`, ${person.name} is here`}</span>
          </Fragment>
        ))}
        {people.length > 2 && <span className="ml-1 text-ink-3 text-xs">+{people.length - 2}</span>}
      </span>
    )
  }
  if (count && count.open > 0) {
    return (
      <span className="shrink-0 self-center text-ink-3 text-xs tabular-nums">
        {count.open}
        <span className="sr-only"> open threads</span>
      </span>
    )
  }
  if (!empty) return null
  return (
    <span className="shrink-0 self-center" title="Empty">
      <span
        aria-hidden="true"
        className="block size-[9px] rounded-full border-[1.5px] border-ink-4 border-dashed"
      />
      <span className="sr-only">, empty</span>
    </span>
  )
}
