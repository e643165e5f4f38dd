import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import type { RedlineSection } from '../../lib/content/redline/redline'
import { Block } from './redline-block'
import { foldRows, keyOf, type RedlineRow } from './redline-folds'
import type { Names } from './redline-pieces'

export const sectionElementId = (id: string): string => `redline-${id}`

/** A section that has changes, with what did not change folded. */
export function Section({ section, names }: { section: RedlineSection; names: Names }) {
  return (
    <section
      aria-label={section.title || 'Before the first heading'}
      id={sectionElementId(section.id)}
      className="scroll-mt-14"
    >
      {foldRows(section.blocks).map((row) =>
        row.kind === 'block' ? (
          <Block key={row.key} block={row.block} names={names} />
        ) : (
          <Fold key={row.key} row={row} names={names} />
        ),
      )}
    </section>
  )
}

function Fold({ row, names }: { row: Extract<RedlineRow, { kind: 'fold' }>; names: Names }) {
  const [open, setOpen] = useState(false)
  if (open) return row.blocks.map((block) => <Block key={keyOf(block)} block={block} names={names} />)
  return <FoldButton onOpen={() => setOpen(true)}>{`${row.blocks.length} blocks unchanged`}</FoldButton>
}

/** Sections side by side that say the same, as one line until somebody wants to read them. */
export function SameSections({ sections, names }: { sections: readonly RedlineSection[]; names: Names }) {
  const [open, setOpen] = useState(false)
  if (open) {
    return sections.map((section) => (
      <section key={section.id} aria-label={section.title || 'Before the first heading'}>
        {section.blocks.map((block) => (
          <Block key={keyOf(block)} block={block} names={names} />
        ))}
      </section>
    ))
  }
  const titles = sections.map(({ title }) => title || 'Before the first heading')
  const words =
    titles.length === 1
      ? `${titles[0]}: unchanged`
      : `${titles.length} sections unchanged: ${titles.join(', ')}`
  return <FoldButton onOpen={() => setOpen(true)}>{words}</FoldButton>
}

function FoldButton({ onOpen, children }: { onOpen: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-expanded="false"
      className="my-3 flex w-full min-w-0 items-center gap-2 rounded-s border border-line-soft border-dashed px-3 py-1.5 text-left font-ui text-ink-3 text-s hover:border-line hover:bg-desk hover:text-ink"
    >
      <ChevronsUpDown size={14} aria-hidden="true" className="shrink-0" />
      <span className="min-w-0 truncate">{children}</span>
    </button>
  )
}
