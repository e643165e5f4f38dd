import { Circle } from 'lucide-react'
import type { MissingAnswer } from '../../lib/api-review'
import { missingWords } from './review-words'

export interface MissingListProps {
  readonly missing: readonly MissingAnswer[]
  /** Opens a thread that is in the way. */
  readonly onThread: (threadId: string) => void
}

/** What has to happen before a document can be approved. */
export function MissingList({ missing, onThread }: MissingListProps) {
  return (
    <ul className="flex flex-col gap-1.5 text-s">
      {missing.map((one) => {
        const { threadId } = one
        return (
          <li
            key={`${one.reason} ${one.person?.id} ${threadId}`}
            className="flex items-baseline gap-2.5 text-ink"
          >
            <Circle size={9} strokeWidth={2.6} aria-hidden="true" className="shrink-0 text-review" />
            <span className="min-w-0">
              {missingWords(one)}{' '}
              {threadId && (
                <button
                  type="button"
                  onClick={() => onThread(threadId)}
                  className="text-accent hover:underline"
                >
                  Show it
                </button>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
