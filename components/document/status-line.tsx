import type { ReactNode } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import type { Person } from '../../lib/person'

export interface StatusLineProps {
  readonly document: DocumentAnswer
  readonly authors: readonly Person[]
  /** Says who the authors are; null: that is for others to say. */
  readonly onAuthors: (() => void) | null
  /** The status, drawn. */
  readonly status: ReactNode
  /** What else is known of its review. */
  readonly children?: ReactNode
}

/** The document's state, drawn under its title: it is moved, not typed. */
export function StatusLine({ document, authors, onAuthors, status, children }: StatusLineProps) {
  const others = authors.filter(({ id }) => id !== document.owner.id).map(({ name }) => name)
  const names = (
    <>
      <span className="sr-only">Owner: </span>
      {document.owner.name}
      {others.length > 0 && (
        <>
          <span className="sr-only">. Authors with them: </span>
          <span aria-hidden="true">, </span>
          {others.join(', ')}
        </>
      )}
    </>
  )
  return (
    <div data-status-line className="mt-3.5 flex flex-wrap items-center gap-x-3.5 gap-y-2 text-ink-2 text-s">
      {status}
      {onAuthors ? (
        <button
          type="button"
          title="Say who the authors are"
          onClick={onAuthors}
          className="-mx-1 min-w-0 truncate rounded-s px-1 transition-colors hover:bg-sunk hover:text-ink"
        >
          {names}
          <span className="sr-only">. Say who the authors are</span>
        </button>
      ) : (
        <span className="min-w-0 truncate">{names}</span>
      )}
      {children}
    </div>
  )
}
