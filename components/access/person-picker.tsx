'use client'

import { Combobox } from '@base-ui/react/combobox'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react'
import type { Person } from '../../lib/person'
import { searchKey, searchWords } from '../../lib/search'
import { callApi, sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'
import { inputClass } from '../ui/field'
import { useSettled } from '../use-settled'

export interface PersonPickerProps {
  /** Ids that are there already: shown, but not to be picked. */
  taken: ReadonlySet<string>
  input?: Ref<HTMLInputElement>
  onPick: (person: Person) => void
  /** Default: `Add people by name`. */
  label?: string
  /** Default: `Add people`. */
  placeholder?: string
}

/** Finds somebody of the workspace by the beginning of a name or address; picking empties the field. */
export function PersonPicker(props: PersonPickerProps) {
  const { taken, input, onPick, label = 'Add people by name', placeholder = 'Add people' } = props
  const id = useId()
  const [text, setText] = useState('')
  const q = useSettled(text.trim())
  const found = useQuery({
    queryKey: ['users', q],
    queryFn: ({ signal }) => callApi('listUsers', { query: { q, limit: 8 }, signal }),
    placeholderData: keepPreviousData,
  })
  // What is shown fits what is typed even while the answer is on its way: Enter must not pick anybody else.
  const people = (found.data?.items ?? []).filter((person) => isCalled(person, text))
  const looking = found.isPending || found.isPlaceholderData || text.trim() !== q
  const word = found.isError
    ? sentenceOf(found.error)
    : people.length > 0
      ? null
      : looking
        ? 'Looking…'
        : `Nobody called “${q}” has signed in here yet.`

  const highlighted = useRef(false)
  const pick = (person: Person) => {
    setText('')
    onPick(person)
  }
  // The list highlights its first row as one types, but not one that came later than the keystroke.
  const onEnter = (event: KeyboardEvent) => {
    const first = people.find((person) => !taken.has(person.id))
    if (event.key !== 'Enter' || highlighted.current || !first || text.trim() === '') return
    event.preventDefault()
    pick(first)
  }

  return (
    <Combobox.Root
      items={people}
      value={null}
      inputValue={text}
      filter={null}
      autoHighlight
      itemToStringLabel={(person: Person) => person.name}
      isItemEqualToValue={(one: Person, other: Person) => one.id === other.id}
      onInputValueChange={(next, { reason }) => setText(reason === 'item-press' ? '' : next)}
      onValueChange={(person: Person | null) => {
        if (person) pick(person)
      }}
      onItemHighlighted={(person: Person | undefined) => {
        highlighted.current = person !== undefined
      }}
    >
      <div className="relative min-w-0 flex-1">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Search
          size={15}
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
        />
        <Combobox.Input
          ref={input}
          id={id}
          placeholder={placeholder}
          className={classes(inputClass, 'pl-8')}
          onKeyDown={onEnter}
        />
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Combobox.Popup className="max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] min-w-56 overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none">
            <Combobox.Status>
              {word && <p className="px-2.5 py-2 text-ink-3 text-s">{word}</p>}
            </Combobox.Status>
            <Combobox.List>
              {(person: Person) => (
                <Combobox.Item
                  key={person.id}
                  value={person}
                  disabled={taken.has(person.id)}
                  className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2.5 py-1.5 text-s outline-none data-[disabled]:opacity-60 data-[highlighted]:bg-sunk"
                >
                  <Avatar name={person.name} color={person.color} size="s" decorative />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{person.name}</span>
                    {person.email && (
                      <span className="block truncate text-ink-3 text-xs">{person.email}</span>
                    )}
                  </span>
                  {taken.has(person.id) && <span className="text-ink-3 text-xs">is here</span>}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

/** Every typed word begins a word of the name or the address. */
function isCalled(person: Person, text: string): boolean {
  const key = searchKey(`${person.name} ${person.email ?? ''}`)
  return searchWords(text).every((word) => key.includes(` ${word}`))
}
