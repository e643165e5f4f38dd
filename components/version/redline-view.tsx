'use client'

import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import { type ReactNode, useMemo, useRef } from 'react'
import type { RedlineSection } from '../../lib/content/redline/redline'
import { FetchError } from '../shell/fetch-error'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { Skeleton } from '../ui/skeleton'
import './redline.css'
import type { Names } from './redline-pieces'
import { SameSections, Section, sectionElementId } from './redline-section'
import { type Comparison, useComparison } from './use-comparison'
import { useStops } from './use-stops'

export interface RedlineViewProps {
  readonly documentId: string
  /** A version's id. */
  readonly from: string
  /** A version's id, or `head`: the text as it is saved now. */
  readonly to: string
  /** Only these sections, by heading id. Default: all of them. */
  readonly sectionIds?: readonly string[] | undefined
  /** At the end of the bar. */
  readonly actions?: ReactNode
}

/** How one text became another, in the document's own type, with the way through what differs. */
export function RedlineView({ documentId, from, to, sectionIds, actions }: RedlineViewProps) {
  const comparison = useComparison(documentId, from, to)
  if (comparison.isPending) return <RedlineSkeleton />
  if (!comparison.data) {
    return (
      <FetchError error={comparison.error} what="The comparison" onRetry={() => void comparison.refetch()} />
    )
  }
  return <Drawn comparison={comparison.data} sectionIds={sectionIds} actions={actions} />
}

function Drawn({
  comparison,
  sectionIds,
  actions,
}: { comparison: Comparison } & Pick<RedlineViewProps, 'sectionIds' | 'actions'>) {
  const holder = useRef<HTMLDivElement>(null)
  const names = useMemo(
    (): Names => new Map(comparison.people.map(({ id, name }) => [id, name])),
    [comparison.people],
  )
  // By what it says: whoever gives the same sections in a list of its own must not lose the place.
  const only = sectionIds?.join(' ')
  const sections = useMemo(() => {
    const wanted = only === undefined ? null : new Set(only.split(' '))
    return comparison.sections.filter(({ id }) => !wanted || wanted.has(id))
  }, [comparison.sections, only])
  const stops = useStops(holder, sections)
  const changed = sections.filter(({ changes }) => changes > 0)
  return (
    <div>
      <div className="sticky top-[var(--redline-bar-top,0px)] z-20 -mx-2 mb-4 flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-paper px-2 py-1.5">
        <div className="flex flex-1 flex-wrap items-center gap-x-1.5 text-s">
          {changed.length > 1 ? (
            <SectionsMenu sections={changed}>{countWords(stops.count, changed.length)}</SectionsMenu>
          ) : (
            <span className="whitespace-nowrap font-[580]">{countWords(stops.count, changed.length)}</span>
          )}
          <span aria-live="polite" className="text-ink-3">
            {stops.at > 0 && (
              <>
                {stops.at} of {stops.count}
                <span className="sr-only">: {stops.said}</span>
                <span aria-hidden="true" className="max-sm:hidden">
                  {' '}
                  · {shortened(stops.said)}
                </span>
              </>
            )}
          </span>
        </div>
        {actions}
        {stops.count > 0 && (
          <div className="flex items-center">
            <IconButton size="s" label="Previous change" shortcut="P" onClick={stops.previous}>
              <ArrowUp size={16} aria-hidden="true" />
            </IconButton>
            <IconButton size="s" label="Next change" shortcut="N" onClick={stops.next}>
              <ArrowDown size={16} aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </div>
      <div ref={holder} className="body redline" data-reading>
        {stretchesOf(sections).map((stretch) =>
          stretch.isSame ? (
            <SameSections key={stretch.sections[0]?.id} sections={stretch.sections} names={names} />
          ) : (
            stretch.sections.map((section) => <Section key={section.id} section={section} names={names} />)
          ),
        )}
      </div>
    </div>
  )
}

/** The sections that changed, with how much in each: the way to one of them. */
function SectionsMenu({ sections, children }: { sections: readonly RedlineSection[]; children: string }) {
  return (
    <Menu
      align="start"
      trigger={
        <Button look="quiet" size="s" className="-ml-2.5">
          {children}
          <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
        </Button>
      }
    >
      {sections.map(({ id, title, changes }) => (
        <MenuItem key={id} shortcut={String(changes)} onSelect={() => goToSection(id)}>
          <span className="line-clamp-1">{title || 'Before the first heading'}</span>
        </MenuItem>
      ))}
    </Menu>
  )
}

const goToSection = (id: string): void =>
  window.document.getElementById(sectionElementId(id))?.scrollIntoView({ block: 'start' })

/** Sections side by side that changed, or did not. */
function stretchesOf(sections: readonly RedlineSection[]) {
  const stretches: { isSame: boolean; sections: RedlineSection[] }[] = []
  for (const section of sections) {
    const isSame = section.changes === 0
    const last = stretches.at(-1)
    if (last?.isSame === isSame) last.sections.push(section)
    else stretches.push({ isSame, sections: [section] })
  }
  return stretches
}

function countWords(changes: number, sections: number): string {
  if (changes === 0) return 'Both say the same'
  const places = changes === 1 ? '1 change' : `${changes} changes`
  return sections > 1 ? `${places} in ${sections} sections` : places
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function RedlineSkeleton() {
  return (
    <div role="status" aria-label="Comparing" className="flex flex-col gap-3 py-3">
      <Skeleton className="h-6 w-44" />
      <Skeleton className="mt-4 h-7 w-2/3" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-16 w-full" />
    </div>
  )
}
