import type { Editor } from '@tiptap/core'
import { useMemo } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { anchorAt } from '../../lib/content/anchor/anchor'
import { likelyPlaces } from '../../lib/content/anchor/anchor-likely'
import type { OutlineSection } from '../../lib/content/outline'
import { placeOfState } from '../editor/binding/state-place'
import { QuotedWords } from './comment-text'
import type { Target } from './target'

export interface LikelyPlacesProps {
  /** A detached one. */
  readonly thread: ThreadAnswer
  readonly editor: Editor
  readonly outline: readonly OutlineSection[]
  readonly onAttach: (target: Target) => void
}

interface Offer {
  readonly key: string
  readonly target: Target
  readonly words: string
  readonly where: string
}

/** Where a detached thread may belong, as far as the text tells; one click attaches it there. */
export function LikelyPlaces({ thread, editor, outline, onAttach }: LikelyPlacesProps) {
  const { doc } = editor.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is that of the document
  const offers = useMemo(() => offersFor(thread, editor, outline), [thread, doc, outline])
  if (offers.length === 0) return null
  return (
    <div className="flex flex-col gap-1">
      <p className="text-ink-3 text-xs">Perhaps it belongs here:</p>
      {offers.map(({ key, target, words, where }) => (
        <button
          key={key}
          type="button"
          // The selection stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAttach(target)}
          className="rounded-s border border-line px-2 py-1 text-left hover:border-ink-4 hover:bg-sunk"
        >
          <span className="sr-only">Attach to </span>
          <span className="line-clamp-2 font-text text-s">
            <QuotedWords text={words} />
          </span>
          {where && <span className="text-ink-3 text-xs">{where}</span>}
        </button>
      ))}
    </div>
  )
}

function offersFor(thread: ThreadAnswer, editor: Editor, outline: readonly OutlineSection[]): Offer[] {
  if (editor.isDestroyed) return []
  if (thread.target === 'section') return sectionOffers(thread, outline)
  const { doc } = editor.state
  const at = placeOfState(editor.state)
  if (!thread.anchor || !at) return []
  return likelyPlaces(doc, thread.anchor).flatMap((place): Offer[] => {
    const anchor = anchorAt(at, place)
    if (!anchor) return []
    const section = outline.find(({ id }) => id === place.sectionId)
    return [
      {
        key: `${place.from}`,
        target: { kind: 'text', anchor },
        words: anchor.quote.length > 200 ? `${anchor.quote.slice(0, 200)}…` : anchor.quote,
        where: section ? `${section.number} ${section.title}` : '',
      },
    ]
  })
}

/** Sections that are called as the one was on which the thread began. */
function sectionOffers({ quote }: ThreadAnswer, outline: readonly OutlineSection[]): Offer[] {
  const plain = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const wanted = plain(quote)
  if (wanted === '') return []
  return outline
    .filter(({ level, title }) => level > 0 && plain(title) === wanted)
    .slice(0, 3)
    .map(({ id, title, number }) => ({
      key: id,
      target: { kind: 'section', sectionId: id, title },
      words: title,
      where: `Section ${number}`,
    }))
}
