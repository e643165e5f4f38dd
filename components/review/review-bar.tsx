import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import type { Ability } from '../../lib/access'
import type { ReviewAnswer, ReviewerAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import { listed } from '../../lib/listed'
import { sentenceOfReview } from '../../lib/review'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'
import { useNow } from '../ui/clock'
import { ConditionList } from './condition-list'
import { dueWords } from './due-words'
import { MissingList } from './missing-list'
import { mayStart, myReviewer, nextStep } from './my-part'
import { type ReviewDesk, sinceApproval, sinceILooked } from './review-desk'
import { listedShort } from './review-words'
import { ReviewerRow } from './reviewer-row'
import type { ReviewActions } from './use-review-actions'

export interface ReviewBarProps {
  readonly review: ReviewAnswer
  readonly personId: string
  readonly isOwner: boolean
  readonly abilities: ReadonlySet<Ability>
  /** The server's time when it rendered, in milliseconds since the epoch. */
  readonly nowMs: number
  readonly desk: ReviewDesk
  readonly actions: ReviewActions
  /** Name of a section by its heading's id; null: it is not there any more. */
  readonly sectionName: (id: string) => string | null
  readonly threads: readonly ThreadAnswer[]
  readonly onThread: (threadId: string) => void
}

/** Where the review stands in one sentence, and the one thing that falls to this person; the rest behind *Details*. */
export function ReviewBar(props: ReviewBarProps) {
  const { review, personId, isOwner, abilities, nowMs, desk, actions, sectionName, threads, onThread } = props
  const now = new Date(useNow(nowMs))
  const [open, setOpen] = useState(false)
  const id = useId()
  const step = nextStep(review, personId, abilities)
  const me = myReviewer(review, personId)
  const { base, changes } = review.mine
  const mayAsk = abilities.has('ask_review')
  const showMine = base && changes.length > 0 ? () => desk.compare(sinceILooked(base)) : null
  const showSince = (reviewer: ReviewerAnswer) => () => desk.compare(sinceApproval(reviewer, personId))
  const awaited = me !== null && me.standing !== 'approved'
  // One's own is behind a button of its own.
  const overtaken = review.reviewers.find(
    ({ state, standing, person }) =>
      state === 'asked' && standing === 'approved_changed' && person.id !== personId,
  )
  const writing = review.writing.filter((person) => person.id !== personId).map((person) => person.name)
  return (
    <section aria-label="Review" className="mt-4 rounded-m border border-line bg-raised text-s print:hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5 pr-2.5 pl-3.5">
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-ink" role="status">
            <span className="font-[600]">{sentenceOfReview(review)}.</span>{' '}
            {overtaken && (
              <>
                <button type="button" onClick={showSince(overtaken)} className="text-accent hover:underline">
                  Show
                </button>{' '}
              </>
            )}
            <span className="text-ink-2" suppressHydrationWarning>
              {restWords(review, { now, isReviewer: awaited, isEditor: mayAsk, writing })}
            </span>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <Button
            size="s"
            look="quiet"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="!px-2"
          >
            Details
            <ChevronDown
              size={14}
              aria-hidden="true"
              className={classes('transition-transform', open && 'rotate-180')}
            />
          </Button>
          {showMine && step !== 'look' && (
            <Button size="s" onClick={showMine}>
              What changed since I looked
            </Button>
          )}
          {step === 'look' && me && (
            <Button size="s" look="primary" onClick={showSince(me)}>
              What changed since I looked
            </Button>
          )}
          {step === 'ask_again' && (
            <Button size="s" look="primary" onClick={() => void actions.askAgain()}>
              Ask again
            </Button>
          )}
          {step === 'decide' && (
            <Button size="s" look="primary" onClick={() => desk.open({ kind: 'decide' })}>
              Approve…
            </Button>
          )}
          {step === 'start' && (
            <Button size="s" look="primary" onClick={() => void actions.start()}>
              Start review
            </Button>
          )}
        </div>
      </div>
      <div id={id} hidden={!open} className="border-line-soft border-t px-3.5 py-2.5">
        <ul aria-label="Who was asked" className="flex flex-col">
          {review.reviewers.map((reviewer) => (
            <ReviewerRow
              key={reviewer.person.id}
              reviewer={reviewer}
              now={now}
              isMe={reviewer.person.id === personId}
              isOwner={isOwner}
              sectionName={sectionName}
              desk={desk}
              conditions={
                reviewer.verdict &&
                reviewer.verdict.conditions.length > 0 && (
                  <ConditionList
                    verdict={reviewer.verdict}
                    isMine={reviewer.person.id === personId}
                    {...{ isOwner, threads, actions, onThread }}
                  />
                )
              }
              onChanges={reviewer.standing === 'approved_changed' ? showSince(reviewer) : null}
            />
          ))}
        </ul>
        <div className="mt-1 -ml-2.5 flex flex-wrap empty:hidden">
          {mayAsk && (
            <Button size="s" look="quiet" onClick={() => desk.open({ kind: 'request' })}>
              Change who is asked…
            </Button>
          )}
          {step !== 'start' && mayStart(review, personId, abilities) && (
            <Button size="s" look="quiet" onClick={() => void actions.start()}>
              Start review
            </Button>
          )}
        </div>
        {review.missing.length > 0 && (
          <div className="mt-2.5 border-line-soft border-t pt-2.5">
            <h2 className="mb-1.5 font-[600] text-ink-3 text-xs">Before it can be approved</h2>
            <MissingList missing={review.missing} onThread={onThread} />
          </div>
        )}
        {review.unreadSections.length > 0 && (
          <p className="mt-2.5 border-line-soft border-t pt-2.5 text-ink-2">
            Nobody has marked as read:{' '}
            {listedShort(
              review.unreadSections.map((one) => sectionName(one) ?? '').filter((name) => name !== ''),
              5,
            )}
            .
          </p>
        )}
      </div>
    </section>
  )
}

interface Rest {
  readonly now: Date
  /** Something is expected of the person as a reviewer. */
  readonly isReviewer: boolean
  readonly isEditor: boolean
  /** Names of the others who are writing a review. */
  readonly writing: readonly string[]
}

/** Behind the sentence: whose turn it is, who is writing, and when the last time for comments ends. */
function restWords(
  { turn, finalPeriod, readyToApprove }: ReviewAnswer,
  { now, isReviewer, isEditor, writing }: Rest,
): string {
  const words: string[] = []
  if (readyToApprove) words.push(`Version ${readyToApprove.version.number} is ready to approve.`)
  else if (turn === 'reviewers') words.push(isReviewer ? 'It is your turn.' : 'It is the reviewers’ turn.')
  else if (turn === 'authors')
    words.push(isEditor && !isReviewer ? 'It is your turn.' : 'It is the authors’ turn.')
  if (writing.length > 0)
    words.push(`${listed(writing)} ${writing.length === 1 ? 'is' : 'are'} writing a review.`)
  if (finalPeriod) words.push(`Final comment period: until ${dueWords(new Date(finalPeriod.endsAt), now)}.`)
  return words.join(' ')
}
