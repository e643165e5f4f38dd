import { useQuery } from '@tanstack/react-query'
import type { StatusMoveAnswer } from '../../lib/api-review'
import { statusNames } from '../../lib/document'
import { callApi } from '../call-api'
import { documentAddress, toneOf } from '../home/document-words'
import { readAll } from '../read-all'
import { FetchError } from '../shell/fetch-error'
import { Dialog } from '../ui/dialog'
import { Skeleton } from '../ui/skeleton'
import { StatusPill } from '../ui/status-pill'
import { When } from '../ui/when'
import { PlaceOrReason } from './place-or-reason'
import { shortHash } from './review-words'

export interface LogDialogProps {
  readonly documentId: string
  readonly onClose: () => void
}

/** How the status came to be what it is: every move with who, when, why, and on which text. */
export function LogDialog({ documentId, onClose }: LogDialogProps) {
  const moves = useQuery({
    queryKey: ['status-log', documentId],
    staleTime: 0,
    queryFn: ({ signal }) =>
      readAll((query) => callApi('listStatusMoves', { params: { id: documentId }, query, signal })),
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="How it got here">
      {moves.isPending && <Skeleton className="h-16" />}
      {moves.isError && (
        <FetchError error={moves.error} what="The log" onRetry={() => void moves.refetch()} />
      )}
      {moves.data && (
        <ol className="flex flex-col gap-3.5">
          {moves.data.map((move) => (
            <Move key={move.id} move={move} />
          ))}
        </ol>
      )}
    </Dialog>
  )
}

function Move({ move }: { readonly move: StatusMoveAnswer }) {
  const { to, person, at, reason, version, successor, link, noLinkBecause, corrected } = move
  return (
    <li className="flex flex-col gap-1 text-s">
      <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <StatusPill tone={toneOf[to]} plain>
          {corrected ? 'Corrected' : statusNames[to]}
        </StatusPill>
        <span className="text-ink-2">{person ? person.name : 'by itself, with the last approval'}</span>
        <When at={at} nowMs={Date.now()} className="text-ink-3 text-xs" />
      </span>
      <span className="break-words pl-4 text-ink-2">
        {reason && `“${reason}” `}
        <PlaceOrReason link={link} because={noLinkBecause} />
        {successor && (
          <a href={documentAddress(successor.id)} className="text-accent hover:underline">
            {successor.number} {successor.title}
          </a>
        )}
        {version && (
          <span className="text-ink-3 text-xs">
            version {version.number} <span className="font-code">{shortHash(version.hash)}</span>
            {corrected && (
              <>
                {' '}
                in place of <span className="font-code">{shortHash(corrected.hash)}</span>
              </>
            )}
          </span>
        )}
      </span>
    </li>
  )
}
