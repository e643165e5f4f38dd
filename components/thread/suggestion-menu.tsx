import type { ThreadAnswer } from '../../lib/api-thread'
import { sentenceOf } from '../call-api'
import { MenuItem, MenuSeparator } from '../ui/menu'
import { toast } from '../ui/toast'
import { sayAccepted } from './suggestion-undo'
import type { ThreadAround } from './thread-around'

export interface SuggestionMenuProps {
  /** All open threads. */
  readonly open: readonly ThreadAnswer[]
  readonly around: ThreadAround
  readonly shown: boolean
  readonly onShow: (shown: boolean) => void
  /** Asks for the reason, and declines all of this person's with it. */
  readonly onDecline: (author: { readonly id: string; readonly name: string }) => void
}

/** What can be done about suggestions together; nothing while there are none. */
export function SuggestionMenu({ open, around, shown, onShow, onDecline }: SuggestionMenuProps) {
  const suggestions = open.filter((thread) => thread.suggestion && !thread.unsent)
  if (suggestions.length === 0) return null
  const { actions, abilities } = around
  const authors = [...new Map(suggestions.map(({ author }) => [author.id, author])).values()]
  const many = authors.filter(({ id }) => suggestions.filter((thread) => thread.author.id === id).length > 1)
  const accept = async (author: { id: string; name: string }) => {
    const { accepted, stale } = await actions.acceptAll(author.id)
    const left = stale.length > 0 ? ` ${stale.length} stay open: their text is another one by now.` : ''
    if (accepted.length === 0) toast({ text: `None could be accepted.${left}` })
    else sayAccepted(`${accepted.length} by ${author.name} accepted.${left}`, accepted, actions.reopen)
  }
  return (
    <>
      <MenuSeparator />
      <MenuItem onSelect={() => onShow(!shown)}>
        {shown ? 'Hide suggestions in the text' : 'Show suggestions in the text'}
      </MenuItem>
      {abilities.has('write') &&
        many.map((author) => (
          <MenuItem
            key={`accept ${author.id}`}
            onSelect={() =>
              void accept(author).catch((error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }))
            }
          >
            Accept all by {author.name}
          </MenuItem>
        ))}
      {abilities.has('resolve') &&
        many.map((author) => (
          <MenuItem key={`decline ${author.id}`} onSelect={() => onDecline(author)}>
            Decline all by {author.name}…
          </MenuItem>
        ))}
    </>
  )
}
