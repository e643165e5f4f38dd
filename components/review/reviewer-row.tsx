import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ReviewerAnswer } from '../../lib/api-review'
import { verdictNames } from '../../lib/review'
import { MenuButton } from '../shell/menu-button'
import { IconButton } from '../ui/icon-button'
import { dueWords } from './due-words'
import type { PartAct } from './part-menu'
import type { ReviewDesk } from './review-desk'
import { listedShort, standingWords } from './review-words'
import { ReviewerFace } from './reviewer-face'

const loadMenu = () => import('./part-menu').then((part) => part.PartMenu)

export interface ReviewerRowProps {
  readonly reviewer: ReviewerAnswer
  readonly now: Date
  readonly isMe: boolean
  /** May release those who spoke. */
  readonly isOwner: boolean
  readonly sectionName: (id: string) => string | null
  readonly desk: ReviewDesk
  /** Their conditions, where they approve if; null: there are none. */
  readonly conditions: ReactNode
  /** Shows what changed in their scope since they approved; null: nothing did. */
  readonly onChanges: (() => void) | null
}

/** One who was asked: for what, until when, what they said on which version, and what can be done about it. */
export function ReviewerRow(props: ReviewerRowProps) {
  const { reviewer, now, isMe, isOwner, sectionName, desk, conditions, onChanges } = props
  const { person, required, sectionIds, dueAt, state, reason, verdict, standing } = reviewer
  const asked = state === 'asked'
  const scope =
    sectionIds === null
      ? null
      : listedShort(sectionIds.map((id) => sectionName(id) ?? 'a section that is gone'))
  const waits = asked && standing === 'waiting'
  const details = [
    required ? 'required' : 'invited',
    scope,
    waits && dueAt ? `due ${dueWords(new Date(dueAt), now)}` : null,
    verdict
      ? `${verdictNames[verdict.kind].toLowerCase()} on version ${verdict.version.number}${verdict.basis.id === verdict.version.id ? '' : `, confirmed for ${verdict.basis.number}`}${verdict.wasNewest ? '' : ', not the newest then'}`
      : null,
  ].filter((one) => one !== null)
  const act = (kind: PartAct) => desk.open({ kind: 'part', act: kind, personId: person.id })
  const releasable = asked && isOwner && !isMe
  return (
    <li className="flex items-start gap-3 py-1.5">
      <ReviewerFace person={person} standing={standing} words={null} size="m" />
      <div className="min-w-0 flex-1">
        <span className="block break-words">
          <span className="font-[580] text-ink">{isMe ? 'You' : person.name}</span>{' '}
          <span className="text-ink-2">{mineWords(standingWords(reviewer), isMe)}</span>
          {onChanges && (
            <>
              {' · '}
              <button type="button" onClick={onChanges} className="text-accent hover:underline">
                Show
              </button>
            </>
          )}
        </span>
        <span className="block break-words text-ink-3 text-xs">{details.join(' · ')}</span>
        {verdict?.body && (
          <span className="mt-0.5 block whitespace-pre-wrap break-words text-ink text-s">{verdict.body}</span>
        )}
        {conditions}
        {reason && <span className="block break-words text-ink-2 text-xs">“{reason}”</span>}
      </div>
      {(releasable || (isMe && asked)) && (
        <MenuButton load={loadMenu} items={{ isMe, releasable, onAct: act }}>
          {(parts) => (
            <IconButton
              label={`More about ${isMe ? 'your part' : person.name}`}
              size="s"
              tooltip={false}
              {...parts}
            >
              <Ellipsis size={16} aria-hidden="true" />
            </IconButton>
          )}
        </MenuButton>
      )}
    </li>
  )
}

/** *You have not answered yet*, where others *have not*. */
const mineWords = (words: string, isMe: boolean): string =>
  isMe
    ? words
        .replace(/^has /, 'have ')
        .replace(/^was /, 'were ')
        .replace(/^approves /, 'approve ')
    : words
