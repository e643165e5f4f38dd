import { Ellipsis } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { completenessOf } from '../../lib/section'
import type { PresentPerson } from '../presence/present-people'
import { lazyPart } from '../shell/lazy-part'
import { classes } from '../ui/classes'
import { iconButtonClass } from '../ui/icon-button-class'
import { type OutlineRow, rowName, type ThreadCount } from './outline-rows'
import { OutlineSign } from './outline-sign'
import type { SectionTarget } from './section-target'
import type { SectionToolsProps } from './section-tools'
import { useRowDrag } from './use-row-drag'

export const SectionTools = lazyPart(() => import('./section-tools').then((module) => module.SectionTools))

export interface OutlinePanelProps {
  readonly rows: readonly OutlineRow[]
  /** Block id of the section that is being read or written. */
  readonly current: string | null
  readonly people: readonly PresentPerson[]
  readonly onGo: (sectionId: string) => void
  /** Open threads of a section itself. */
  readonly counts: ReadonlyMap<string, ThreadCount>
  /** What may be done with a section; null: nothing, for this person. */
  readonly tools: Omit<SectionToolsProps, 'target' | 'onClose'>
  /** Puts a section before another; null: behind the last. */
  readonly onMove: (sectionId: string, before: string | null) => void
  /** Under the sections. */
  readonly foot: ReactNode
}

/** The sections: a name, and at most one sign; how many are ready. */
export function OutlinePanel({
  rows,
  current,
  people,
  onGo,
  counts,
  tools,
  onMove,
  foot,
}: OutlinePanelProps) {
  const { sections, maySay, mayMove, onThreads, onStep } = tools
  const list = useRef<HTMLUListElement>(null)
  const [target, setTarget] = useState<SectionTarget | null>(null)
  const [wanted, setWanted] = useState(false)
  const drag = useRowDrag(list, mayMove ? onMove : null)
  const refocus = useRefocus(list, rows)
  if (rows.every((row) => row.depth === 0)) {
    return (
      <>
        <p className="px-2 text-ink-3 text-s">
          Headings appear here as you write them. Type <kbd className="font-ui">#</kbd> and a space at the
          start of a line.
        </p>
        {foot}
      </>
    )
  }
  const hasMenu = maySay || mayMove || onThreads !== null
  const onKey = (event: KeyboardEvent, row: OutlineRow) => {
    const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : null
    if (!direction || !event.altKey || !mayMove || row.depth === 0) return
    event.preventDefault()
    refocus(row.id)
    onStep(row.id, direction)
  }
  const { ready, of } = completenessOf(sections.signs.values())
  return (
    <>
      <ul ref={list} className={classes('flex flex-col text-s', drag.dragged !== null && 'select-none')}>
        {rows.map((row, index) => {
          const on = row.id === current
          return (
            <li
              key={row.id}
              data-row={row.id}
              className={classes(
                'group/row relative',
                row.depth <= 1 && index > 0 && 'mt-1.5',
                drag.dragged === row.id && 'opacity-50',
              )}
            >
              {drag.before === row.id && <DropLine />}
              <button
                type="button"
                data-outline-row
                onClick={() => !drag.wasDrag() && onGo(row.id)}
                onKeyDown={(event) => onKey(event, row)}
                onPointerDown={(event) => row.depth > 0 && drag.onPointerDown(event, row.id)}
                aria-current={on ? 'true' : undefined}
                className={classes(
                  'flex min-h-[29px] w-full items-baseline gap-2 rounded-s py-1 pr-2 text-left transition-colors pointer-coarse:min-h-10 pointer-coarse:py-2.5',
                  hasMenu && row.depth > 0 && 'pointer-coarse:pr-11',
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
                <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words text-left">
                  {row.depth === 0 ? 'Preamble' : row.title || 'Untitled section'}
                </span>
                <OutlineSign
                  people={people.filter((person) => person.sectionId === row.id)}
                  empty={row.empty}
                  count={counts.get(row.id)}
                  sign={sections.signs.get(row.id)}
                />
              </button>
              {hasMenu && row.depth > 0 && (
                <button
                  type="button"
                  aria-label={`More about ${rowName(row)}`}
                  aria-haspopup="menu"
                  aria-expanded={target?.sectionId === row.id}
                  onClick={(event) => {
                    setWanted(true)
                    const button = event.currentTarget
                    setTarget(target?.sectionId === row.id ? null : { sectionId: row.id, button })
                  }}
                  className={classes(
                    iconButtonClass('s'),
                    '!absolute top-0.5 right-1 bg-desk opacity-0 focus-visible:opacity-100 aria-expanded:opacity-100 group-hover/row:opacity-100 pointer-coarse:bg-transparent pointer-coarse:opacity-100',
                  )}
                >
                  <Ellipsis size={15} aria-hidden="true" />
                </button>
              )}
            </li>
          )
        })}
        {drag.before === 'end' && (
          <li aria-hidden="true" className="relative">
            <DropLine />
          </li>
        )}
      </ul>
      {ready > 0 && (
        <p className="mt-4 border-line border-t px-2 pt-3 text-ink-3 text-xs tabular-nums">
          {ready === of ? `All ${of} sections are ready` : `${ready} of ${of} ready`}
        </p>
      )}
      {foot}
      {wanted && (
        <SectionTools
          {...tools}
          target={target}
          // By then another row may have asked for it.
          onClose={(button) => setTarget((now) => (now?.button === button ? null : now))}
        />
      )}
    </>
  )
}

const DropLine = () => (
  <span aria-hidden="true" className="absolute inset-x-1 -top-px h-0.5 rounded-full bg-accent" />
)

/** A row that is moved by keyboard keeps the focus: the next key moves it on. */
function useRefocus(list: { readonly current: HTMLElement | null }, rows: readonly OutlineRow[]) {
  const wanted = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked whenever rows stand elsewhere.
  useEffect(() => {
    const id = wanted.current
    if (id === null) return
    wanted.current = null
    const row = [...(list.current?.children ?? [])].find((one) => (one as HTMLElement).dataset.row === id)
    row?.querySelector('button')?.focus()
  }, [list, rows])
  return (id: string) => {
    wanted.current = id
  }
}
