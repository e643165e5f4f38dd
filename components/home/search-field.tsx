'use client'

import { Search, X } from 'lucide-react'
import { type RefObject, useEffect } from 'react'
import { Kbd } from '../ui/kbd'

export interface SearchFieldProps {
  value: string
  onChange: (value: string) => void
  /** Arrow down: on to the first row. */
  onDown: () => void
  inputRef: RefObject<HTMLInputElement | null>
  /** Default: documents, by their title. */
  what?: 'decisions' | 'terms'
}

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Search by title as one types; `/` comes here from anywhere on the page, Escape empties it. */
export function SearchField({ value, onChange, onDown, inputRef, what }: SearchFieldProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typesText(event.target))
        return
      if (document.querySelector('[role="dialog"],[role="menu"]')) return
      event.preventDefault()
      inputRef.current?.focus()
      inputRef.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [inputRef])

  return (
    <search className="group relative ml-auto w-full max-w-[340px]">
      <Search
        size={15}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={inputRef}
        type="search"
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            onDown()
          }
          if (event.key === 'Escape') {
            if (value === '') inputRef.current?.blur()
            else onChange('')
          }
        }}
        placeholder={what ? `Search ${what}` : 'Search by title'}
        aria-label={what ? `Search ${what}` : 'Search documents by title'}
        autoComplete="off"
        spellCheck={false}
        className="block h-[34px] w-full min-w-0 appearance-none rounded-s border border-line bg-raised pr-8 pl-8 text-s text-ink outline-none transition-colors hover:border-ink-4 focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:h-10 pointer-coarse:text-l [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' ? (
        <Kbd className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 group-focus-within:hidden pointer-coarse:hidden">
          /
        </Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            onChange('')
            inputRef.current?.focus()
          }}
          className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-s text-ink-3 hover:bg-sunk hover:text-ink active:bg-line"
        >
          <X size={15} />
        </button>
      )}
    </search>
  )
}
