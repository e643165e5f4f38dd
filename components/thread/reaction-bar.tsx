import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import type { CommentAnswer } from '../../lib/api-thread'
import { type Reaction, reactionNames, reactions } from '../../lib/comment'
import { sentenceOf } from '../call-api'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { tip } from '../ui/tip'
import { toast } from '../ui/toast'

export interface ReactionBarProps {
  readonly reactions: CommentAnswer['reactions']
  readonly personId: string
  /** Null: this person may not. */
  readonly onReact: ((reaction: Reaction, isSet: boolean) => Promise<unknown>) | null
}

const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })

/** The signs under a comment. One that is mine is taken back with a click. */
export function ReactionBar({ reactions: set, personId, onReact }: ReactionBarProps) {
  const [busy, setBusy] = useState<Reaction | null>(null)
  if (set.length === 0) return null
  return (
    <ul aria-label="Reactions" className="flex flex-wrap gap-1">
      {set.map(({ emoji, people }) => {
        const mine = people.some((person) => person.id === personId)
        const names = people.map((person) => person.name)
        const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '')
        return (
          <li key={emoji}>
            <button
              type="button"
              {...tip({ text: shown })}
              aria-label={`${reactionNames[emoji]}: ${shown}`}
              aria-pressed={mine}
              disabled={onReact === null || busy === emoji}
              onClick={() => {
                setBusy(emoji)
                onReact?.(emoji, !mine)
                  .catch(fail)
                  .finally(() => setBusy(null))
              }}
              className={classes(
                'flex h-6 items-center gap-1 rounded-full border px-2 text-xs tabular-nums pointer-coarse:h-8',
                mine
                  ? 'border-accent bg-accent-soft text-accent'
                  : 'border-line bg-desk text-ink-2 enabled:hover:border-ink-4',
              )}
            >
              <span aria-hidden="true">{emoji}</span>
              {people.length}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Offers all signs. */
export function ReactButton(props: {
  readonly name: string
  readonly reactions: CommentAnswer['reactions']
  readonly personId: string
  readonly onReact: (reaction: Reaction, isSet: boolean) => Promise<unknown>
}) {
  const isMine = (emoji: Reaction) =>
    props.reactions.find((one) => one.emoji === emoji)?.people.some((one) => one.id === props.personId) ??
    false
  return (
    <Menu
      trigger={
        <IconButton label={`React to ${props.name}’s comment`} size="s" tooltip={false}>
          <SmilePlus size={15} aria-hidden="true" />
        </IconButton>
      }
    >
      {reactions.map((emoji) => (
        <MenuItem
          key={emoji}
          icon={<span aria-hidden="true">{emoji}</span>}
          onSelect={() => void props.onReact(emoji, !isMine(emoji)).catch(fail)}
        >
          {isMine(emoji) ? `Take back ${reactionNames[emoji].toLowerCase()}` : reactionNames[emoji]}
        </MenuItem>
      ))}
    </Menu>
  )
}
