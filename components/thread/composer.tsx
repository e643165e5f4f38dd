import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Ability } from '../../lib/access'
import { commentLimits, readComposer, type StartableKind } from '../../lib/thread'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'

const fieldClass =
  'block max-h-[40vh] min-h-[3.4em] w-full resize-none rounded-s border border-line-strong bg-paper px-2.5 py-1.5 text-ink text-m outline-none [field-sizing:content] focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l'

export interface ComposerProps {
  /** Accessible name of the field. */
  readonly label: string
  readonly placeholder: string
  readonly text: string
  readonly onText: (text: string) => void
  /** Of its one button. */
  readonly action: string
  readonly onCancel: () => void
  /** @throws what is said under the field; the text stays. */
  readonly onSend: (body: string) => Promise<unknown>
  readonly focus: boolean
  /** Beside the button. */
  readonly children?: ReactNode
}

/** One field: the words stay until the server has taken them. */
export function Composer(props: ComposerProps) {
  const { label, placeholder, text, onText, action, onCancel, onSend, focus, children } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    if (!focus) return
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [focus])
  const tooLong = text.trim().length > commentLimits.max
  const send = async () => {
    if (busy || text.trim() === '' || tooLong) return
    setBusy(true)
    setWrong(null)
    const card = cardAround(field.current)
    try {
      await onSend(text.trim())
      card?.focus({ preventScroll: true })
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  const cancel = () => {
    const card = cardAround(field.current)
    onCancel()
    card?.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      cancel()
    }
  }
  return (
    <form
      className="flex flex-col gap-2"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        ref={field}
        rows={2}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        // What would be typed while it is under way would go with it.
        readOnly={busy}
        onChange={(event) => onText(event.target.value)}
        className={fieldClass}
      />
      {tooLong && (
        <p role="alert" className="text-blocking text-xs">
          A comment has at most {commentLimits.max.toLocaleString('en')} characters. Shorten it, or write it
          into the document.
        </p>
      )}
      {wrong && (
        <p role="alert" className="text-blocking text-xs">
          {wrong}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-x-0.5 gap-y-2">
        <div className="mr-auto">{children}</div>
        <Button size="s" look="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button size="s" look="primary" type="submit" busy={busy} disabled={text.trim() === '' || tooLong}>
          {action}
        </Button>
      </div>
    </form>
  )
}

/** The thread that an answer belongs to: it has the keys J, K, R and E once the field is gone. */
const cardAround = (field: HTMLElement | null) => field?.closest<HTMLElement>('[data-thread-card]')

export interface NewThreadFormProps {
  readonly text: string
  readonly mustResolve: boolean
  readonly abilities: ReadonlySet<Ability>
  readonly onDraft: (draft: { text: string; mustResolve: boolean }) => void
  readonly onCancel: () => void
  readonly onSend: (given: { kind: StartableKind; body: string }) => Promise<unknown>
}

/** What a leading sign has made of the comment shows in the button. */
const actionWords: Partial<Record<StartableKind, string>> = { question: 'Ask', nit: 'Add nit' }

/** The composer of a new thread: one field and a box; a leading `?` or `nit:` sets the kind. */
export function NewThreadForm(props: NewThreadFormProps) {
  const { text, mustResolve, abilities, onDraft, onCancel, onSend } = props
  const { kind } = readComposer(text, { mustResolve, abilities })
  return (
    <Composer
      label="Comment"
      placeholder="Comment. Begin with ? to ask, with nit: for a detail."
      text={text}
      onText={(next) => onDraft({ text: next, mustResolve })}
      action={actionWords[kind] ?? 'Comment'}
      onCancel={onCancel}
      onSend={() => onSend(readComposer(text, { mustResolve, abilities }))}
      focus
    >
      <label className="flex min-h-7 items-center gap-1.5 text-ink-2 text-xs">
        <input
          type="checkbox"
          checked={mustResolve}
          onChange={(event) => onDraft({ text, mustResolve: event.target.checked })}
          className="size-3.5 accent-accent"
        />
        Must be resolved
      </label>
    </Composer>
  )
}
