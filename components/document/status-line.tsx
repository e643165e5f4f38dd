import type { DocumentAnswer } from '../../lib/api'
import { statusNames } from '../../lib/document'
import { toneOf } from '../home/document-words'
import { StatusPill } from '../ui/status-pill'

/** The document's state, drawn under its title: it is moved elsewhere, not typed here. */
export function StatusLine({ document }: { document: DocumentAnswer }) {
  return (
    <div className="mt-3.5 flex flex-wrap items-center gap-x-3.5 gap-y-2 text-ink-2 text-s">
      <StatusPill tone={toneOf[document.status]}>{statusNames[document.status]}</StatusPill>
      <span>
        <span className="sr-only">Owner: </span>
        {document.owner.name}
      </span>
    </div>
  )
}
