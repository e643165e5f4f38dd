import { type FormEvent, useId, useState } from 'react'
import type { ReviewAnswer, SectionChangeAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import { reviewLimits, type VerdictKind, verdictNames, verdicts } from '../../lib/review'
import { sentenceOf } from '../call-api'
import { firstWords } from '../thread/first-words'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'
import { Dialog } from '../ui/dialog'
import { changedSectionWords, countOf, listedShort, verdictMeanings } from './review-words'
import type { ReviewActions } from './use-review-actions'

export interface SubmitDialogProps {
  readonly draft: NonNullable<ReviewAnswer['mine']['draft']>
  /** Gathered and not sent yet. */
  readonly comments: number
  /** Blocking threads of mine that are open: *approve if* makes those sent now its conditions. */
  readonly blocking: readonly ThreadAnswer[]
  readonly actions: ReviewActions
  readonly onSince: () => void
  readonly onClose: () => void
}

const fieldClass =
  'block min-h-20 w-full resize-y rounded-s border border-line-strong bg-paper px-3 py-2 text-m text-ink outline-none transition-colors hover:border-ink-3 focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l'

/** Sends a review: the verdict in plain words, what becomes a condition, and which text it is given on. */
export function SubmitDialog(props: SubmitDialogProps) {
  const { draft, comments, blocking, actions, onSince, onClose } = props
  const form = useId()
  const [verdict, setVerdict] = useState<VerdictKind | null>(null)
  const [body, setBody] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const tooLong = body.trim().length > reviewLimits.body

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || tooLong) return
    if (verdict === null) {
      setWrong('Choose what your review says.')
      return
    }
    setBusy(true)
    setWrong(null)
    try {
      await actions.submit({ verdict, body, versionId: draft.version.id, draftId: draft.id })
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      locked={busy}
      title="Submit your review"
      description={
        comments === 0
          ? `On version ${draft.version.number}. You have gathered no comments.`
          : `On version ${draft.version.number}, with ${countOf(comments, 'comment')} that only you have seen so far.`
      }
      actions={
        <>
          <Button look="quiet" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={tooLong}>
            Submit review
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4">
        <fieldset className="flex flex-col">
          <legend className="sr-only">Verdict</legend>
          {verdicts.map((kind) => {
            const barred = kind === 'approve_if' && blocking.length === 0
            return (
              <label
                key={kind}
                className={classes(
                  '-mx-2 flex items-start gap-2.5 rounded-s px-2 py-1.5 text-s transition-colors',
                  verdict === kind ? 'bg-accent-soft' : !barred && 'hover:bg-sunk',
                  barred && 'text-ink-3',
                )}
              >
                <input
                  type="radio"
                  name="verdict"
                  value={kind}
                  checked={verdict === kind}
                  disabled={barred}
                  onChange={() => {
                    setVerdict(kind)
                    setWrong(null)
                  }}
                  className="mt-[3px] size-3.5 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  <span className="font-[580]">{verdictNames[kind]}</span>{' '}
                  <span className={barred ? '' : 'text-ink-2'}>
                    {barred
                      ? 'Mark a comment as “must be resolved” first: it becomes the condition.'
                      : verdictMeanings[kind]}
                  </span>
                </span>
              </label>
            )
          })}
        </fieldset>
        {verdict === 'approve_if' && (
          <div className="rounded-s bg-desk px-3 py-2.5 text-s">
            <h3 className="mb-1 font-[600] text-ink-3 text-xs">
              {blocking.length === 1 ? 'The condition' : 'The conditions'}
            </h3>
            <ul className="flex list-disc flex-col gap-1 pl-4">
              {blocking.map((thread) => (
                <li key={thread.id} className="break-words">
                  {firstWords(thread) ?? thread.quote}
                </li>
              ))}
            </ul>
          </div>
        )}
        <label className="flex flex-col gap-1.5">
          <span className="font-[550] text-ink-2 text-s">In a few words (optional)</span>
          <textarea
            rows={3}
            value={body}
            aria-invalid={tooLong}
            onChange={(event) => setBody(event.target.value)}
            className={fieldClass}
          />
          {tooLong && (
            <span role="alert" className="text-blocking text-s">
              At most {reviewLimits.body.toLocaleString('en')} characters. Shorten it, or make comments of it.
            </span>
          )}
        </label>
        {draft.changes.length > 0 && (
          <Meanwhile
            changes={draft.changes}
            pin={draft.version.number}
            onSince={onSince}
            onRepin={() => void actions.repin()}
          />
        )}
        {wrong && <Banner kind="error">{wrong}</Banner>}
      </form>
    </Dialog>
  )
}

interface MeanwhileProps {
  readonly changes: readonly SectionChangeAnswer[]
  readonly pin: number
  readonly onSince: () => void
  readonly onRepin: () => void
}

/** The text has gone on while the review was written: the reviewer says which of the two they judge. */
function Meanwhile({ changes, pin, onSince, onRepin }: MeanwhileProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-s bg-review-soft px-3 py-2.5 text-s">
      <p className="min-w-0 flex-1 basis-56">
        <strong className="font-[600]">{countOf(changes.length, 'section')} changed since you began:</strong>{' '}
        {listedShort(changes.map(changedSectionWords), 4)}. Your verdict is on version {pin}, as you read it.
      </p>
      <span className="flex gap-1.5">
        <Button size="s" onClick={onSince}>
          Show
        </Button>
        <Button size="s" onClick={onRepin}>
          Judge the newer text
        </Button>
      </span>
    </div>
  )
}
