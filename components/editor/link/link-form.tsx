import type { Editor } from '@tiptap/core'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { isFollowable, isKeepable, schemeOf } from '../../../lib/content/link-address'
import { wholeOwnAddress } from '../../../lib/own-address'
import { Button } from '../../ui/button'

export interface LinkFormProps {
  readonly editor: Editor
  /** The address as it is now; empty for a new link. */
  readonly href: string
  readonly onDone: () => void
}

/** `example.com/a` is meant as an address of the web; what begins with `#`, `/` or a scheme is left alone. */
export function completeAddress(typed: string): string {
  const text = typed.trim()
  if (text === '' || schemeOf(text) !== null || /^[#/.]/.test(text)) return text
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`
  return /^[^\s/]+\.[^\s/]+/.test(text) ? `https://${text}` : text
}

/** Where a link leads: one field, in place of the bar. */
export function LinkForm({ editor, href, onDone }: LinkFormProps) {
  const [typed, setTyped] = useState(href)
  const [wrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const hint = useId()
  useEffect(() => field.current?.focus({ preventScroll: true }), [])

  const leave = () => {
    editor.commands.focus()
    onDone()
  }
  const apply = (event: FormEvent) => {
    event.preventDefault()
    const address = wholeOwnAddress(completeAddress(typed), window.location.origin)
    if (address !== '' && !isFollowable(address) && !isKeepable(address)) {
      setWrong(true)
      // The next keys are meant for the address: in the text they would replace the selected words.
      field.current?.focus()
      field.current?.select()
      return
    }
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address === '') chain.unsetLink().run()
    else chain.setLink({ href: address }).run()
    onDone()
  }
  return (
    <form onSubmit={apply} className="flex flex-col gap-1 p-1">
      <div className="flex items-center gap-1">
        <input
          ref={field}
          aria-label="Address of the link"
          aria-invalid={wrong}
          aria-describedby={wrong ? hint : undefined}
          placeholder="https://…"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setWrong(false)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') leave()
          }}
          className="h-8 w-64 min-w-0 flex-1 rounded-s border border-line-strong bg-paper px-2 text-s text-ink outline-none focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l"
        />
        <Button type="submit" size="s" look="primary">
          {href === '' ? 'Link' : 'Change'}
        </Button>
        {href !== '' && (
          <Button
            size="s"
            look="quiet"
            onClick={() => {
              editor.chain().focus().extendMarkRange('link').unsetLink().run()
              onDone()
            }}
          >
            Remove
          </Button>
        )}
      </div>
      {wrong && (
        <p id={hint} role="alert" className="px-1 text-blocking text-xs">
          Links go to http, https and mailto addresses, or to a place in this document (#…).
        </p>
      )}
    </form>
  )
}
