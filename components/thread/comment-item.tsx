import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import type { CommentAnswer } from '../../lib/api-thread'
import { sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { toast } from '../ui/toast'
import { When } from '../ui/when'
import { CommentText } from './comment-text'
import { Composer } from './composer'

export interface CommentItemProps {
  readonly comment: CommentAnswer
  readonly mine: boolean
  /** It is the newest of those that this person has not seen. */
  readonly unread: boolean
  /** Null: nothing may be changed now. */
  readonly onEdit: ((body: string) => Promise<unknown>) | null
  readonly onRemove: (() => Promise<unknown>) | null
  /** Address that opens at this thread. */
  readonly link: string
}

/** One thing that somebody said. */
export function CommentItem({ comment, mine, unread, onEdit, onRemove, link }: CommentItemProps) {
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState(false)
  const { author, body, createdAt, editedAt } = comment
  const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })
  return (
    <div className="group/comment flex flex-col gap-1">
      <div className="flex min-h-6 items-center gap-2">
        <Avatar name={author.name} color={author.color} size="xs" decorative />
        <span className="min-w-0 truncate font-[600] text-s">{author.name}</span>
        <When at={createdAt} nowMs={Date.now()} className="shrink-0 text-ink-3 text-xs" />
        {editedAt && <span className="shrink-0 text-ink-3 text-xs">edited</span>}
        {unread && <UnreadDot />}
        <span className="-my-1 ml-auto opacity-0 transition-opacity focus-within:opacity-100 group-hover/comment:opacity-100 has-[[data-popup-open]]:opacity-100 pointer-coarse:opacity-100">
          <Menu
            trigger={
              <IconButton label={`More about ${author.name}’s comment`} size="s" tooltip={false}>
                <Ellipsis size={15} aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem
              onSelect={() => {
                navigator.clipboard.writeText(link).then(
                  () => toast({ text: 'Link copied.' }),
                  () =>
                    toast({ kind: 'error', text: `This browser did not allow copying. The link is ${link}` }),
                )
              }}
            >
              Copy link
            </MenuItem>
            {mine && body !== null && onEdit && <MenuItem onSelect={() => setEditing(body)}>Edit</MenuItem>}
            {mine && body !== null && onRemove && (
              <MenuItem danger onSelect={() => setRemoving(true)}>
                Delete
              </MenuItem>
            )}
          </Menu>
        </span>
      </div>
      {editing !== null && onEdit ? (
        <Composer
          label="Your comment"
          placeholder=""
          text={editing}
          onText={setEditing}
          action="Save"
          onCancel={() => setEditing(null)}
          onSend={(text) => onEdit(text).then(() => setEditing(null))}
          focus
        />
      ) : body === null ? (
        <p className="text-ink-3 text-s italic">Removed by {author.name}</p>
      ) : (
        <CommentText text={body} />
      )}
      {removing && body !== null && onRemove && (
        <div className="flex items-center justify-end gap-0.5">
          <p className="mr-auto text-ink-2 text-s">Delete it for everyone?</p>
          <Button size="s" look="quiet" onClick={() => setRemoving(false)}>
            Keep
          </Button>
          <Button
            size="s"
            look="danger"
            onClick={() => {
              setRemoving(false)
              void onRemove().catch(fail)
            }}
          >
            Delete
          </Button>
        </div>
      )}
    </div>
  )
}

/** Not seen yet; a card says in its name how many are not. */
export function UnreadDot() {
  return <span className="size-2 shrink-0 rounded-full bg-accent" title="Unread" />
}
