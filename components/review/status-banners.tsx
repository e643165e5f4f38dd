import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import { callApi } from '../call-api'
import { documentAddress } from '../home/document-words'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { PlaceOrReason } from './place-or-reason'
import type { ReviewDesk } from './review-desk'
import { shortHash } from './review-words'

export interface StatusBannersProps {
  readonly review: ReviewAnswer
  /** Null: this person moves nothing. */
  readonly desk: ReviewDesk | null
  /** What this person may still say about it. */
  readonly children?: ReactNode
}

const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** What everybody should know about a text that is not being written any more, before they read it. */
export function StatusBanners({ review, desk, children }: StatusBannersProps) {
  const { status, approved, successor, predecessors, reason } = review
  return (
    <>
      {(status === 'approved' || status === 'implemented') && approved && (
        <Banner
          kind="success"
          title={status === 'approved' ? 'Approved.' : 'Approved and implemented.'}
          actions={
            desk && (
              <Button size="s" onClick={() => desk.open({ kind: 'move', to: 'in_review' })}>
                Re-open
              </Button>
            )
          }
        >
          Version {approved.version.number}, {longDay.format(new Date(approved.at))},{' '}
          <CopiedHash hash={approved.version.hash} />. The text is read-only.{' '}
          {status === 'implemented' && <Implemented documentId={review.documentId} />}
        </Banner>
      )}
      {children}
      {status === 'superseded' && (
        <Banner kind="warning" title="Superseded.">
          {successor ? (
            <>
              <DocumentLink document={successor} /> has taken its place.
            </>
          ) : (
            'Another document, which is not shared with you, has taken its place.'
          )}
          {reason && ` “${reason}”`}
        </Banner>
      )}
      {status === 'abandoned' && (
        <Banner
          kind="info"
          title="Abandoned."
          actions={
            desk && (
              <Button size="s" onClick={() => desk.open({ kind: 'move', to: 'draft' })}>
                Back to draft
              </Button>
            )
          }
        >
          {reason ? `“${reason}”` : 'Nobody goes on with it.'}
        </Banner>
      )}
      {predecessors.length > 0 && (
        <p className="px-0.5 text-ink-2 text-s">
          Takes the place of{' '}
          {predecessors.map((document, index) => (
            <span key={document.id}>
              {index > 0 && ', '}
              <DocumentLink document={document} />
            </span>
          ))}
          .
        </p>
      )}
    </>
  )
}

type Named = ReviewAnswer['predecessors'][number]

const DocumentLink = ({ document }: { readonly document: Named }): ReactNode => (
  <a href={documentAddress(document.id)} className="text-accent hover:underline">
    {document.number ? `${document.number} ` : ''}
    {document.title}
  </a>
)

/** Where it was implemented, as the log of its status has it. */
function Implemented({ documentId }: { readonly documentId: string }) {
  const log = useQuery({
    queryKey: ['status-log', documentId, 'newest'],
    queryFn: ({ signal }) =>
      callApi('listStatusMoves', { params: { id: documentId }, query: { limit: 10 }, signal }),
  })
  const move = log.data?.items.find(({ to }) => to === 'implemented')
  return move ? <PlaceOrReason link={move.link} because={move.noLinkBecause} /> : null
}

/** The hash of what was approved; a click copies all of it. */
function CopiedHash({ hash }: { readonly hash: string }) {
  return (
    <button
      type="button"
      title={`SHA-256 of what it says: ${hash}. Click to copy it.`}
      aria-label={`Copy the hash of the approved text, ${hash}`}
      onClick={() =>
        navigator.clipboard.writeText(hash).then(
          () => toast({ text: 'The hash of the approved text was copied.' }),
          () => toast({ kind: 'error', text: 'This browser did not allow copying.' }),
        )
      }
      className="rounded-[4px] bg-paper/70 px-1 font-code text-[0.75rem] text-ink-2 hover:text-ink"
    >
      {shortHash(hash)}
    </button>
  )
}
