import type { ReactNode } from 'react'
import type { DocumentAnswer } from '../../lib/api'

export interface StatusLineProps {
  readonly document: DocumentAnswer
  /** The status, drawn. */
  readonly status: ReactNode
  /** What else is known of its review. */
  readonly children?: ReactNode
}

/** The document's state, drawn under its title: it is moved, not typed. */
export function StatusLine({ document, status, children }: StatusLineProps) {
  return (
    <div data-status-line className="mt-3.5 flex flex-wrap items-center gap-x-3.5 gap-y-2 text-ink-2 text-s">
      {status}
      <span>
        <span className="sr-only">Owner: </span>
        {document.owner.name}
      </span>
      {children}
    </div>
  )
}
