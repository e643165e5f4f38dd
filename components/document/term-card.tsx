'use client'

import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { GlossaryEntry } from '../../lib/content/glossary'
import { callApi } from '../call-api'
import { Floating } from '../editor/floating'
import type { AskedTerm } from './use-asked-term'

export interface TermCardProps {
  readonly documentId: string
  readonly editor: Editor
  readonly entry: GlossaryEntry
  readonly asked: AskedTerm
  /** Where this document says it. */
  readonly place: { readonly name: string; readonly go: () => void } | null
  /** Marks no words from now on. */
  readonly onHide: () => void
  readonly onClose: () => void
}

const quietButton =
  'rounded-s text-ink-3 text-xs underline decoration-line-strong underline-offset-2 transition-colors hover:text-ink pointer-coarse:min-h-9'

/** What a word means in this document, and which others say something of it. */
export function TermCard({ documentId, editor, entry, asked, place, onHide, onClose }: TermCardProps) {
  const card = useRef<HTMLElement>(null)
  const others = useQuery({
    queryKey: ['terms', entry.term],
    queryFn: ({ signal }) => callApi('listTerms', { query: { name: entry.term, limit: 4 }, signal }),
    staleTime: 60_000,
  })
  const elsewhere = (others.data?.items ?? []).filter(({ document }) => document.id !== documentId)
  useEffect(() => {
    if (asked.byKeys) card.current?.focus()
  }, [asked])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      const hadFocus = card.current?.contains(document.activeElement)
      onClose()
      if (!hadFocus) return
      const back = asked.element.tabIndex === 0 ? asked.element : editor.view.dom
      back.focus({ preventScroll: true })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [editor, asked, onClose])
  // Somebody took the word away.
  useEffect(() => {
    const look = () => {
      if (!asked.element.isConnected) onClose()
    }
    editor.on('transaction', look)
    return () => {
      editor.off('transaction', look)
    }
  }, [editor, asked, onClose])
  const sheet = editor.view.dom.closest('[data-sheet]')
  if (!sheet) return null
  return createPortal(
    <Floating
      editor={editor}
      anchor={() => (asked.element.isConnected ? asked.element.getBoundingClientRect() : null)}
      place="above"
    >
      <section
        ref={card}
        tabIndex={-1}
        data-term-card
        aria-label={`What ${entry.term} means here`}
        onBlur={(event) => {
          if (asked.byKeys && !event.currentTarget.contains(event.relatedTarget)) onClose()
        }}
        className="w-[min(340px,calc(100vw-2rem))] rounded-m border border-line bg-raised px-3.5 py-3 text-ink shadow-float outline-none"
      >
        <p className="font-[620] text-s">{entry.term}</p>
        <p className="mt-0.5 break-words text-ink-2 text-s">{entry.meaning}</p>
        {elsewhere.length > 0 && (
          <ul className="mt-2 border-line-soft border-t pt-2">
            {elsewhere.map(({ document, meaning }) => (
              <li key={document.id} className="line-clamp-2 text-ink-3 text-xs">
                <a href={`/d/${document.id}`} className="text-accent hover:underline">
                  {document.number ?? document.title}
                </a>{' '}
                says: {meaning}
              </li>
            ))}
          </ul>
        )}
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
          {place && (
            <button type="button" className={quietButton} onClick={place.go}>
              Said in {place.name}
            </button>
          )}
          <button type="button" className={quietButton} onClick={onHide}>
            Do not mark words
          </button>
          {elsewhere.length > 0 && (
            <a href="/terms" className={quietButton}>
              All terms
            </a>
          )}
        </p>
      </section>
    </Floating>,
    sheet,
  )
}
