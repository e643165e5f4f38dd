import type { OutlineRow } from './outline-rows'

export interface ContentsProps {
  readonly rows: readonly OutlineRow[]
  readonly onGo: (sectionId: string) => void
}

/** Fewer sections than this need no table of contents. */
const least = 3

/** The table of contents where no outline stands beside the text: folded on narrow screens, whole in print. */
export function Contents({ rows, onGo }: ContentsProps) {
  const sections = rows.filter((row) => row.depth > 0)
  if (sections.length < least) return null
  const list = (
    <ol className="mt-1 flex flex-col">
      {sections.map((row) => (
        <li key={row.id} style={{ paddingInlineStart: `${Math.min(row.depth - 1, 4)}rem` }}>
          <a
            href={`#${row.id}`}
            onClick={(event) => {
              event.preventDefault()
              onGo(row.id)
            }}
            className="flex min-h-8 items-baseline gap-2 py-1 text-ink-2 text-s hover:text-ink print:min-h-0 print:py-0.5"
          >
            <span className="min-w-6 text-ink-3 tabular-nums">{row.number}</span>
            <span className="min-w-0 break-words">{row.title || 'Untitled section'}</span>
          </a>
        </li>
      ))}
    </ol>
  )
  return (
    <>
      <details className="mt-3 min-[1100px]:hidden print:hidden">
        <summary className="min-h-8 cursor-pointer py-1 font-[560] text-ink-3 text-s">
          Table of contents
        </summary>
        {list}
      </details>
      <nav aria-label="Table of contents" className="mt-3 hidden print:block">
        {list}
      </nav>
    </>
  )
}
