import { Circle, CircleCheck } from 'lucide-react'
import type { VerdictAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import { firstWords } from '../thread/first-words'
import type { ReviewActions } from './use-review-actions'

export interface ConditionListProps {
  readonly verdict: VerdictAnswer
  readonly isMine: boolean
  readonly isOwner: boolean
  readonly threads: readonly ThreadAnswer[]
  readonly actions: ReviewActions
  readonly onThread: (threadId: string) => void
}

/** The conditions of an approval: met by resolving them; the owner may say so, and its giver that it is not so. */
export function ConditionList(props: ConditionListProps) {
  const { verdict, isMine, isOwner, threads, actions, onThread } = props
  return (
    <ul aria-label={`Conditions of ${verdict.person.name}`} className="mt-1 flex flex-col gap-1">
      {verdict.conditions.map(({ threadId, met, metBy }) => {
        const thread = threads.find((one) => one.id === threadId)
        const Icon = met ? CircleCheck : Circle
        const byOther = met && metBy !== null && metBy.id !== verdict.person.id
        return (
          <li key={threadId} className="flex items-baseline gap-2 text-ink-2 text-xs">
            <Icon
              size={11}
              strokeWidth={2.4}
              aria-hidden="true"
              className={
                met ? 'shrink-0 translate-y-px text-approved' : 'shrink-0 translate-y-px text-review'
              }
            />
            <span className="min-w-0 break-words">
              <button
                type="button"
                onClick={() => onThread(threadId)}
                className="text-left hover:text-ink hover:underline"
              >
                {(thread && firstWords(thread)) ?? 'A thread'}
              </button>
              {met ? ` · met${byOther && metBy ? `, says ${metBy.name}` : ''}` : ' · open'}
              {!met && isOwner && !isMine && (
                <Act onAct={() => void actions.conditionMet(verdict.id, threadId, true)}>Mark as met</Act>
              )}
              {byOther && isMine && (
                <Act onAct={() => void actions.conditionMet(verdict.id, threadId, false)}>Not met</Act>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

const Act = ({ onAct, children }: { readonly onAct: () => void; readonly children: string }) => (
  <>
    {' · '}
    <button type="button" onClick={onAct} className="text-accent hover:underline">
      {children}
    </button>
  </>
)
