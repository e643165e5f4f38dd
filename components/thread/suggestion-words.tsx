import type { RedlinePart } from '../../lib/content/suggestion/suggestion-redline'
import { classes } from '../ui/classes'

const looks: Record<RedlinePart['kind'], string> = {
  same: '',
  removed: 'bg-[var(--del)] text-[var(--del-ink)] line-through',
  added: 'ml-0.5 bg-[var(--ins)] text-[var(--ins-ink)] no-underline',
}

/** Old and new of a suggestion, as words. */
export function SuggestionWords({
  parts,
  short,
}: {
  readonly parts: readonly RedlinePart[]
  /** Only its beginning. */
  readonly short: boolean
}) {
  return (
    <div
      className={classes(
        'whitespace-pre-wrap break-words rounded-s bg-sunk px-2.5 py-1.5 font-text text-ink text-m leading-relaxed',
        short ? 'line-clamp-4' : 'max-h-[40vh] overflow-y-auto',
      )}
    >
      {parts.map((part, index) => {
        // A place that only has white space would not be seen.
        const text = part.kind === 'same' ? part.text : part.text.replace(/\n/g, '↵\n')
        const Tag = part.kind === 'added' ? 'ins' : part.kind === 'removed' ? 'del' : 'span'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity, and are drawn anew together
          <Tag key={index} className={looks[part.kind]}>
            {text}
          </Tag>
        )
      })}
    </div>
  )
}
