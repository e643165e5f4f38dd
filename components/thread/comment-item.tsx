import { Ellipsis } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import { kindNames } from '../../lib/thread'
import { typedText } from '../../lib/typed-mention'
import { sentenceOf } from '../call-api'
import { lazyPart } from '../shell/lazy-part'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuChoice, MenuItem } from '../ui/menu'
import { toast } from '../ui/toast'
import { When } from '../ui/when'
import { CommentText, QuotedWords } from './comment-text'
import { Composer } from './composer'
import { ReactButton, ReactionBar } from './reaction-bar'
import { isSaidByItself, SuggestionPart } from './suggestion-part'
import type { ThreadAround } from './thread-around'

const Wordings = lazyPart(() => import('./wordings').then((module) => module.Wordings))

export interface CommentItemProps {
  readonly comment: CommentAnswer
  readonly thread: ThreadAnswer
  readonly around: ThreadAround
  /** It is the newest of those that this person has not seen. */
  readonly unread: boolean
  /** Only its beginning is shown. */
  readonly short: boolean
}

const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })

/** One thing that somebody said. */
export function CommentItem({ comment, thread, around, unread, short }: CommentItemProps) {
  const { personId, abilities, actions, drafts, onDraft, linkedComment } = around
  const [removing, setRemoving] = useState(false)
  const [history, setHistory] = useState(false)
  const { id, author, body, createdAt, editedAt, wordings } = comment
  const mayTalk = abilities.has('comment')
  const mine = author.id === personId && mayTalk && body !== null
  const isFirst = thread.comments[0]?.id === id
  const place = `edit:${id}` as const
  const draft = drafts.get(place)
  const react = mayTalk && body !== null ? reactTo(around, thread.id, id) : null
  return (
    <Linked is={linkedComment === id} commentId={id}>
      <div className="relative flex min-h-6 items-center gap-2">
        <Avatar name={author.name} color={author.color} size="xs" decorative />
        <span className="min-w-0 truncate font-[600] text-s">
          <QuotedWords text={author.name} />
        </span>
        <When at={createdAt} nowMs={Date.now()} className="shrink-0 text-ink-3 text-xs" />
        {editedAt && wordings === 0 && <span className="shrink-0 text-ink-3 text-xs">edited</span>}
        {editedAt && wordings > 0 && (
          <button
            type="button"
            aria-expanded={history}
            onClick={() => setHistory(!history)}
            className="shrink-0 rounded-s text-ink-3 text-xs underline decoration-dotted hover:text-ink"
          >
            edited
          </button>
        )}
        {unread && <UnreadDot />}
        <span className="-top-0.5 absolute right-0 flex rounded-s bg-raised opacity-0 transition-opacity pointer-coarse:static pointer-coarse:-my-1 pointer-coarse:ml-auto focus-within:opacity-100 group-hover/comment:opacity-100 has-[[data-popup-open]]:opacity-100 pointer-coarse:opacity-100">
          {react && (
            <ReactButton
              name={author.name}
              reactions={comment.reactions}
              personId={personId}
              onReact={react}
            />
          )}
          <Menu
            trigger={
              <IconButton label={`More about ${author.name}’s comment`} size="s" tooltip={false}>
                <Ellipsis size={15} aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => copy(`${around.address}?thread=${thread.id}&comment=${id}`)}>
              Copy link
            </MenuItem>
            {mine && (
              <MenuItem
                onSelect={() =>
                  onDraft(place, {
                    ...typedText(body, comment.mentions),
                    admit: [],
                    mustResolve: false,
                    target: null,
                  })
                }
              >
                Edit
              </MenuItem>
            )}
            {mine && isFirst && thread.state === 'open' && thread.kind !== 'suggestion' && (
              <KindChoice thread={thread} around={around} />
            )}
            {mine && (
              <MenuItem danger onSelect={() => setRemoving(true)}>
                Delete
              </MenuItem>
            )}
          </Menu>
        </span>
      </div>
      {thread.comments[0]?.id === id && <SuggestionPart thread={thread} short={short} />}
      {draft && mine ? (
        <Composer
          label="Your comment"
          placeholder=""
          typed={draft}
          onTyped={(typed) => onDraft(place, { ...draft, ...typed })}
          before={typedText(body, comment.mentions).text}
          action="Save"
          onCancel={() => onDraft(place, null)}
          onSend={(text, typed) => actions.edit(thread.id, id, text, typed).then(() => onDraft(place, null))}
          namesPeopleOf={around.documentId}
          focus={draft.text === typedText(body, comment.mentions).text}
        />
      ) : body === null ? (
        <p className="text-ink-3 text-s italic">Removed by {author.name}</p>
      ) : (
        !isSaidByItself(thread, body) && <CommentText text={body} mentions={comment.mentions} />
      )}
      {history && wordings > 0 && <Wordings comment={comment} />}
      <ReactionBar reactions={comment.reactions} personId={personId} onReact={react} />
      {comment.unsent && !thread.unsent && <Unsent />}
      {removing && mine && (
        <div className="flex items-center justify-end gap-0.5">
          <p className="mr-auto text-ink-2 text-s">
            {comment.unsent ? 'Delete it?' : 'Delete it for everyone?'}
          </p>
          <Button size="s" look="quiet" onClick={() => setRemoving(false)}>
            Keep
          </Button>
          <Button
            size="s"
            look="danger"
            onClick={() => {
              setRemoving(false)
              void actions.remove(thread.id, id).catch(fail)
            }}
          >
            Delete
          </Button>
        </div>
      )}
    </Linked>
  )
}

/** What its author can make of an open thread. */
function KindChoice({ thread, around }: Pick<CommentItemProps, 'thread' | 'around'>) {
  const must = around.mayBlock ? 'blocking' : 'concern'
  const kinds = ['comment', 'question', 'nit', must] as const
  return (
    <MenuChoice
      label="Kind"
      value={thread.kind}
      options={[...new Set([...kinds, thread.kind])].map((value) => ({ value, text: kindNames[value] }))}
      onChange={(kind) => {
        if (kind !== 'suggestion') void around.actions.change(thread.id, { kind }).catch(fail)
      }}
    />
  )
}

const reactTo = ({ actions }: ThreadAround, threadId: string, commentId: string) =>
  actions.react.bind(actions, threadId, commentId)

function copy(link: string): void {
  navigator.clipboard.writeText(link).then(
    () => toast({ text: 'Link copied.' }),
    () => toast({ kind: 'error', text: `This browser did not allow copying. The link is ${link}` }),
  )
}

/** A comment that the page's address names is shown as that. */
function Linked(props: { readonly is: boolean; readonly commentId: string; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (props.is) box.current?.scrollIntoView({ block: 'nearest' })
  }, [props.is])
  return (
    <div
      ref={box}
      data-comment={props.commentId}
      aria-current={props.is || undefined}
      className={classes(
        'group/comment flex flex-col gap-1',
        props.is && '-mx-1.5 rounded-s px-1.5 py-1 ring-2 ring-[var(--mark-active)]',
      )}
    >
      {props.children}
    </div>
  )
}

/** Not seen yet; a card says in its name how many are not. */
export function UnreadDot() {
  return <span className="size-2 shrink-0 rounded-full bg-accent" title="Unread" />
}

/** Gathered in a review that is being written. */
export function Unsent() {
  return <p className="text-review text-xs">Only you see this until you submit your review.</p>
}
