import { useQuery } from '@tanstack/react-query'
import { statusNames } from '../../../lib/document'
import type { OwnDocument } from '../../../lib/own-address'
import { callApi } from '../../call-api'
import { toneOf } from '../../home/document-words'
import { Button } from '../../ui/button'
import { StatusPill } from '../../ui/status-pill'
import { keepFocus } from '../action-button'

/** So long what was learned of a document is shown without asking again, in ms. */
const freshMs = 60_000

export interface LinkedDocumentProps {
  readonly own: OwnDocument
  /** Gives the link the document's title for words; null: it has words of its own. */
  readonly onTitle: ((title: string) => void) | null
}

/** Which document of ours a link leads to. Nothing at all where there is none, or none that this person may read. */
export function LinkedDocument({ own, onTitle }: LinkedDocumentProps) {
  const { data } = useQuery({
    queryKey: ['linked', own],
    queryFn: ({ signal }) =>
      own.by === 'id'
        ? callApi('getDocument', { params: { id: own.id }, signal })
        : callApi('getNumberedDocument', { params: { number: own.number }, signal }),
    staleTime: freshMs,
    retry: false,
  })
  if (!data) return null
  const { number, title, status, owner } = data
  const name = [number, title].filter(Boolean).join(' ')
  return (
    <div className="flex max-w-96 flex-col gap-1 border-line-soft border-b px-3 pt-2.5 pb-2">
      <span className="break-words font-[560] text-m leading-snug">
        {number && <span className="mr-1.5 font-[450] text-ink-3 tabular-nums">{number}</span>}
        <bdi>{title}</bdi>
      </span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-3 text-s">
        <StatusPill tone={toneOf[status]} plain>
          {statusNames[status]}
        </StatusPill>
        <bdi>{owner.name}</bdi>
      </span>
      {onTitle && (
        <Button
          size="s"
          look="secondary"
          className="mt-1 self-start"
          onMouseDown={keepFocus}
          onClick={() => onTitle(name)}
        >
          Use its title
        </Button>
      )}
    </div>
  )
}
