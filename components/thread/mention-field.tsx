import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import type { MentionableAnswer } from '../../lib/api-thread'
import { searchKey, searchWords } from '../../lib/search'
import { insertMention, mentionAt } from '../../lib/typed-mention'
import { callApi } from '../call-api'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'
import { QuotedWords } from './comment-text'
import type { Typed } from './drafts'

const fieldClass =
  'block max-h-[40vh] min-h-[3.4em] w-full resize-none rounded-s border border-line-strong bg-paper px-2.5 py-1.5 text-ink text-m outline-none [field-sizing:content] focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l'

export interface MentionFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** Accessible name. */
  readonly label: string
  readonly placeholder: string
  readonly typed: Typed
  readonly onTyped: (typed: Typed) => void
  readonly readOnly: boolean
  /** The document whose people can be named; null: nobody is. */
  readonly documentId: string | null
}

/** A field for words; an `@` offers people, who are put there by name. */
export function MentionField(props: MentionFieldProps) {
  const { field, label, placeholder, typed, onTyped, readOnly, documentId } = props
  const id = useId()
  const [caret, setCaret] = useState<number | null>(null)
  /** An `@` whose offer was waved away. */
  const [waved, setWaved] = useState<number | null>(null)
  const [index, setIndex] = useState(0)
  const begun = documentId === null || caret === null ? null : mentionAt(typed.text, caret)
  const at = begun && begun.from !== waved ? begun : null
  const query = at?.query.trim() ?? ''
  const found = useQuery({
    queryKey: ['mentionable', documentId, query],
    queryFn: ({ signal }) =>
      callApi('listMentionable', { params: { id: documentId ?? '' }, query: { q: query, limit: 6 }, signal }),
    enabled: at !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  // What is shown fits what is typed, also while the answer is on its way.
  const people = at === null ? [] : (found.data?.items ?? []).filter(({ person }) => isCalled(person, query))
  const chosen = Math.min(index, people.length - 1)

  const pick = ({ person, canRead }: MentionableAnswer) => {
    if (!at || caret === null) return
    const { text, mentioned, caret: behind } = insertMention(typed, { from: at.from, to: caret }, person)
    const admit = canRead ? typed.admit : [...typed.admit.filter((one) => one !== person.id), person.id]
    onTyped({ text, mentioned, admit })
    setCaret(null)
    setIndex(0)
    requestAnimationFrame(() => {
      field.current?.focus({ preventScroll: true })
      field.current?.setSelectionRange(behind, behind)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (people.length === 0 || event.nativeEvent.isComposing) return
    const handled = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      handled()
      setIndex((chosen + (key === 'ArrowDown' ? 1 : -1) + people.length) % people.length)
    } else if ((key === 'Enter' && !event.ctrlKey && !event.metaKey) || key === 'Tab') {
      const person = people[chosen]
      if (!person) return
      handled()
      pick(person)
    } else if (key === 'Escape') {
      handled()
      setWaved(at?.from ?? null)
    }
  }
  const note = () => {
    const { current } = field
    if (!current) return
    const now = current.selectionStart === current.selectionEnd ? current.selectionStart : null
    if (now === caret) return
    setCaret(now)
    setIndex(0)
  }
  const optionId = (n: number) => `${id}-${n}`
  return (
    <>
      <textarea
        ref={field}
        rows={2}
        aria-label={label}
        placeholder={placeholder}
        value={typed.text}
        // What would be typed while it is under way would go with it.
        readOnly={readOnly}
        aria-autocomplete={documentId === null ? undefined : 'list'}
        aria-controls={people.length > 0 ? id : undefined}
        aria-activedescendant={people.length > 0 ? optionId(chosen) : undefined}
        onChange={(event) => {
          onTyped({ ...typed, text: event.target.value })
          setCaret(event.target.selectionStart)
          setIndex(0)
          if (!event.target.value.includes('@')) setWaved(null)
        }}
        onSelect={note}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
        className={fieldClass}
      />
      {people.length > 0 && (
        <Offer id={id} field={field} people={people} chosen={chosen} optionId={optionId} onPick={pick} />
      )}
    </>
  )
}

function Offer(props: {
  readonly id: string
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly people: readonly MentionableAnswer[]
  readonly chosen: number
  readonly optionId: (index: number) => string
  readonly onPick: (person: MentionableAnswer) => void
}) {
  const { id, field, people, chosen, optionId, onPick } = props
  const place = usePlaceUnder(field, people.length)
  if (!place) return null
  return createPortal(
    // The field keeps the focus: arrows and Enter reach the list through it.
    <div
      id={id}
      role="listbox"
      aria-label="People"
      style={place}
      className="fixed z-50 max-h-72 overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float"
    >
      {people.map((one, index) => (
        <div
          key={one.person.id}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(one)}
          onKeyDown={() => {}}
          className={classes(
            'flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2 py-1 text-s pointer-coarse:min-h-11',
            index === chosen && 'bg-sunk',
          )}
        >
          <Avatar name={one.person.name} color={one.person.color} size="xs" decorative />
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <QuotedWords text={one.person.name} />
            </span>
            {(!one.canRead || one.person.email) && (
              <span className="block truncate text-ink-3 text-xs">
                {one.canRead ? (
                  <QuotedWords text={one.person.email ?? ''} />
                ) : (
                  'Will be given access to comment'
                )}
              </span>
            )}
          </span>
        </div>
      ))}
    </div>,
    document.body,
  )
}

/** Rows with two lines are this high; the list has 6 of them at most. */
const rowPx = 45

/** Under the field, or above it where there is no room; in px of the window. */
function usePlaceUnder(field: RefObject<HTMLTextAreaElement | null>, rows: number) {
  const [place, setPlace] = useState<{ left: number; width: number; top: number } | null>(null)
  const measure = useCallback(() => {
    const box = field.current?.getBoundingClientRect()
    if (!box) return setPlace(null)
    const height = rows * rowPx + 10
    const below = box.bottom + 4
    const top = below + height <= window.innerHeight ? below : Math.max(4, box.top - 4 - height)
    setPlace({ left: box.left, width: Math.max(220, box.width), top })
  }, [field, rows])
  useLayoutEffect(measure, [measure])
  useEffect(() => {
    window.addEventListener('scroll', measure, { capture: true, passive: true })
    window.addEventListener('resize', measure)
    return () => {
      window.removeEventListener('scroll', measure, { capture: true })
      window.removeEventListener('resize', measure)
    }
  }, [measure])
  return place
}

/** Every typed word begins a word of the name or the address. */
function isCalled(person: { readonly name: string; readonly email: string | null }, text: string): boolean {
  const key = searchKey(`${person.name} ${person.email ?? ''}`)
  return searchWords(text).every((word) => key.includes(` ${word}`))
}
