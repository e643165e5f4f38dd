import { Fragment, type KeyboardEvent, type ReactNode, type Ref, useEffect } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { kindNames, mustBeResolved, type Outcome, outcomeNames, wasOverruled } from '../../lib/thread'
import { sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'
import { toast } from '../ui/toast'
import { CommentItem, UnreadDot, Unsent } from './comment-item'
import { QuotedWords } from './comment-text'
import { Composer } from './composer'
import { CorrectionPart } from './correction-part'
import { type Draft, nothingTyped } from './drafts'
import { firstWords } from './first-words'
import { ResolveBar } from './resolve-bar'
import { SuggestionBar } from './suggestion-bar'
import type { ThreadAround } from './thread-around'

export interface ThreadCardProps {
  readonly thread: ThreadAnswer
  readonly around: ThreadAround
  /** Its words are not in the text. */
  readonly detached: boolean
  readonly look: 'line' | 'short' | 'open'
  readonly onOpen: () => void
  readonly onClose: () => void
  /** Attaches it to the words that are selected; null: nothing is selected, or it may not be. */
  readonly onReattach: (() => void) | null
  /** Where it may belong, of a detached one that is open. */
  readonly likely: ReactNode
  readonly ref?: Ref<HTMLElement>
}

/** A thread: one line where many stand close, its beginning beside the text, all of it when it is open. */
export function ThreadCard(props: ThreadCardProps) {
  const { thread, detached, look, onOpen, onClose, ref } = props
  const open = look === 'open'
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen()
    } else if (event.key === 'Escape') onClose()
  }
  const { seen } = props.around.actions
  useEffect(() => {
    if (open) seen(thread)
  }, [open, seen, thread])
  return (
    <article
      ref={ref}
      data-thread-card={thread.id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a card takes the focus for J and K; its buttons do the rest
      tabIndex={0}
      aria-label={nameOf(thread, detached)}
      onClick={(event) => {
        if (!open && !(event.target as Element).closest('button, a, textarea, input')) onOpen()
      }}
      onKeyDown={onKeyDown}
      className={classes(
        'rounded-m border bg-raised outline-none transition-[border-color,box-shadow] focus-visible:ring-2 focus-visible:ring-focus',
        thread.unsent && 'border-dashed',
        open ? 'border-line-strong shadow-float' : 'cursor-pointer border-line hover:border-ink-4',
        look === 'line' ? 'px-2 py-1' : 'px-3 py-2.5',
      )}
    >
      {look === 'line' ? <Line thread={thread} /> : <Talk {...props} />}
    </article>
  )
}

const nameOf = (thread: ThreadAnswer, detached: boolean): string =>
  [
    `${kindNames[thread.kind]} by ${thread.author.name}`,
    thread.quote && `on “${thread.quote.slice(0, 80)}”`,
    detached && 'its text is gone',
    thread.state === 'resolved' && 'resolved',
    thread.unsent && 'not sent yet',
    thread.unread > 0 && `${thread.unread} unread`,
  ]
    .filter(Boolean)
    .join(', ')

function Line({ thread }: { readonly thread: ThreadAnswer }) {
  return (
    <span className="flex items-center gap-2">
      <Avatar name={thread.author.name} color={thread.author.color} size="xs" decorative />
      <span className="min-w-0 flex-1 truncate text-s">
        <QuotedWords text={firstWords(thread) ?? 'Removed comment'} />
      </span>
      <Kind thread={thread} />
      {thread.unread > 0 && <UnreadDot />}
    </span>
  )
}

/** What one must know at a glance. */
function Kind({ thread }: { readonly thread: ThreadAnswer }) {
  if (thread.kind === 'comment') return null
  return (
    <span
      className={classes(
        'shrink-0 rounded-full px-1.5 font-[560] text-xs leading-5',
        mustBeResolved(thread.kind) ? 'bg-blocking-soft text-blocking' : 'bg-sunk text-ink-2',
      )}
    >
      {kindNames[thread.kind]}
    </span>
  )
}

function Talk(props: ThreadCardProps) {
  const { thread, around, detached, look, onReattach } = props
  const { abilities, actions, drafts, onDraft, outline } = around
  const open = look === 'open'
  // How it began and how it stands.
  const shown = open ? thread.comments : [...new Set([thread.comments[0], thread.comments.at(-1)])]
  const between = thread.comments.length - shown.length
  const mayTalk = abilities.has('comment')
  const place = `reply:${thread.id}` as const
  const draft = drafts.get(place)
  const leftEmpty = !open && draft?.text.trim() === ''
  useEffect(() => {
    if (leftEmpty) onDraft(place, null)
  }, [leftEmpty, onDraft, place])
  return (
    <div className="flex flex-col gap-2.5">
      {(thread.kind !== 'comment' || detached || thread.target !== 'text') && (
        <div className="flex flex-wrap items-center gap-1.5 text-ink-3 text-xs">
          <Kind thread={thread} />
          {thread.target === 'section' && (
            <span className="truncate">
              On the section “<QuotedWords text={thread.quote} />”
            </span>
          )}
          {thread.target === 'document' && <span>On the document</span>}
          {detached && <span>Detached: its text is gone</span>}
        </div>
      )}
      {thread.target === 'text' && (detached || thread.state === 'resolved') && (
        <blockquote className="line-clamp-3 border-line-strong border-l-2 pl-2 font-text text-ink-2 text-s">
          <QuotedWords text={thread.quote} />
        </blockquote>
      )}
      <div className={classes('flex flex-col gap-3', !open && '[&_p]:line-clamp-3')}>
        {shown.map(
          (comment, index) =>
            comment && (
              <Fragment key={comment.id}>
                {index > 0 && between > 0 && (
                  <p className="text-ink-3 text-xs">
                    {between} more {between === 1 ? 'reply' : 'replies'}
                  </p>
                )}
                <CommentItem
                  comment={comment}
                  thread={thread}
                  around={around}
                  unread={comment === shown.at(-1) && thread.unread > 0}
                  short={!open}
                />
              </Fragment>
            ),
        )}
      </div>
      {thread.unsent && <Unsent />}
      <Ended thread={thread} sectionName={nameOfSection(outline, thread.movedTo)} />
      {open && mayTalk && draft && (
        <Composer
          label="Reply"
          placeholder="Reply"
          typed={draft}
          onTyped={(typed) => onDraft(place, { ...draft, ...typed })}
          action={around.gathering ? 'Add to review' : 'Reply'}
          onCancel={() => onDraft(place, null)}
          onSend={(body, typed) => actions.reply(thread.id, body, typed).then(() => onDraft(place, null))}
          namesPeopleOf={around.documentId}
          // A draft that was left waits to be gone on with: whoever walks past with J and K is not caught by it.
          focus={draft.text === ''}
        />
      )}
      {open && detached && props.likely}
      {open && <CorrectionPart thread={thread} around={around} />}
      {open && (
        <div className="flex flex-wrap items-center gap-1">
          {mayTalk && !draft && (
            <Button
              size="s"
              look="quiet"
              data-reply
              className="-ml-2"
              onClick={() => onDraft(place, emptyReply)}
            >
              Reply
            </Button>
          )}
          {detached && onReattach && (
            <Button
              size="s"
              look="quiet"
              onMouseDown={(event) => event.preventDefault()}
              onClick={onReattach}
            >
              Attach to selection
            </Button>
          )}
          {thread.kind === 'concern' && thread.state === 'open' && abilities.has('overrule') && (
            <Button
              size="s"
              look="quiet"
              onClick={() => void actions.change(thread.id, { kind: 'blocking' }).catch(fail)}
            >
              Make it block
            </Button>
          )}
          <span className="ml-auto has-[form]:w-full">
            {thread.suggestion && thread.state === 'open' ? (
              <SuggestionBar thread={thread} around={around} />
            ) : (
              <ResolveBar thread={thread} around={around} />
            )}
          </span>
        </div>
      )}
    </div>
  )
}

const emptyReply: Draft = { ...nothingTyped, mustResolve: false, target: null }
const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })

function nameOfSection(outline: ThreadAround['outline'], sectionId: string | null): string | null {
  const section = outline.find((one) => one.id === sectionId)
  return section ? `${section.number} ${section.title}`.trim() || 'Preamble' : null
}

function endName(thread: ThreadAnswer, outcome: Outcome): string {
  if (thread.suggestion?.state === 'accepted') return 'Accepted'
  if (thread.suggestion) return thread.resolvedBy?.id === thread.author.id ? 'Taken back' : 'Declined'
  return wasOverruled(thread) ? 'Overruled' : outcomeNames[outcome]
}

/** How a thread ended, by whose word, and why. */
function Ended({
  thread,
  sectionName,
}: {
  readonly thread: ThreadAnswer
  readonly sectionName: string | null
}) {
  if (thread.outcome === null) return null
  return (
    <p className="text-ink-3 text-xs">
      {endName(thread, thread.outcome)}
      {sectionName && (
        <>
          {' '}
          to “<QuotedWords text={sectionName} />”
        </>
      )}
      , says <QuotedWords text={thread.resolvedBy?.name ?? 'somebody'} />
      {thread.reason && (
        <>
          : <QuotedWords text={thread.reason} />
        </>
      )}
    </p>
  )
}
