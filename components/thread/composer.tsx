import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { commentLimits, readComposer, type StartableKind } from '../../lib/thread'
import { sentText } from '../../lib/typed-mention'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import type { Typed } from './drafts'
import { MentionField } from './mention-field'

export interface ComposerProps {
  /** Accessible name of the field. */
  readonly label: string
  readonly placeholder: string
  readonly typed: Typed
  readonly onTyped: (typed: Typed) => void
  /** What stands in the field before anything is typed: to leave it so loses nothing. Default: nothing. */
  readonly before?: string
  /** Of its one button. */
  readonly action: string
  /** Throws away what was typed, and closes. */
  readonly onCancel: () => void
  /**
   * @param body what is sent: mentions by id.
   * @throws what is said under the field; the text stays.
   */
  readonly onSend: (body: string, typed: Typed) => Promise<unknown>
  /** It has the focus when it appears. */
  readonly focus: boolean
  /** The document whose people can be named. Default: nobody is. */
  readonly namesPeopleOf?: string | null
  /** Beside the button. */
  readonly children?: ReactNode
}

/** One field: the words stay until the server has taken them, or until their author throws them away. */
export function Composer(props: ComposerProps) {
  const { label, placeholder, typed, onTyped, before = '', action, onCancel, onSend, focus } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [focusFirst] = useState(focus)
  useEffect(() => {
    if (!focusFirst) return
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [focusFirst])
  const body = sentText(typed.text.trim(), typed.mentioned)
  const tooLong = body.length > commentLimits.max
  const send = async () => {
    if (busy || body === '' || tooLong) return
    setBusy(true)
    setWrong(null)
    const card = cardAround(field.current)
    try {
      await onSend(body, typed)
      card?.focus({ preventScroll: true })
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  const close = () => {
    const card = cardAround(field.current)
    onCancel()
    card?.focus({ preventScroll: true })
  }
  const stay = () => {
    setAsking(false)
    field.current?.focus({ preventScroll: true })
  }
  /** What somebody wrote is not gone by one key. */
  const leave = () => {
    if (typed.text.trim() === '' || typed.text === before) close()
    else setAsking(true)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (asking) stay()
      else leave()
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
      <MentionField
        field={field}
        label={label}
        placeholder={placeholder}
        typed={typed}
        onTyped={(next) => {
          setAsking(false)
          onTyped(next)
        }}
        readOnly={busy}
        documentId={props.namesPeopleOf ?? null}
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
      {asking ? (
        <div className="flex flex-wrap items-center justify-end gap-x-0.5 gap-y-2">
          <p role="alert" className="mr-auto text-ink-2 text-s">
            Throw it away?
          </p>
          <Button size="s" look="quiet" onClick={stay}>
            Keep
          </Button>
          <Button size="s" look="danger" onClick={close}>
            Throw away
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center justify-end gap-x-0.5 gap-y-2">
          <div className="mr-auto">{props.children}</div>
          <Button size="s" look="quiet" onClick={leave}>
            Cancel
          </Button>
          <Button size="s" look="primary" type="submit" busy={busy} disabled={body === '' || tooLong}>
            {action}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The thread that an answer belongs to: it has the keys J, K, R and E once the field is gone. */
const cardAround = (field: HTMLElement | null) => field?.closest<HTMLElement>('[data-thread-card]')

export interface NewThreadFormProps {
  readonly documentId: string
  readonly typed: Typed
  readonly mustResolve: boolean
  /** What this person raises can block: as an editor, or asked to review. */
  readonly mayBlock: boolean
  /** It goes into a review that is being written. */
  readonly gathering: boolean
  readonly onDraft: (draft: Typed & { mustResolve: boolean }) => void
  readonly onCancel: () => void
  readonly onSend: (given: { kind: StartableKind; body: string }, typed: Typed) => Promise<unknown>
}

/** What a leading sign has made of the comment shows in the button. */
const actionWords: Partial<Record<StartableKind, string>> = { question: 'Ask', nit: 'Add nit' }

/** The composer of a new thread: one field and a box; a leading `?` or `nit:` sets the kind. */
export function NewThreadForm(props: NewThreadFormProps) {
  const { typed, mustResolve, mayBlock, gathering, onDraft, onCancel, onSend } = props
  const { kind } = readComposer(typed.text, { mustResolve, mayBlock })
  return (
    <Composer
      label="Comment"
      placeholder="Comment. Begin with ? to ask, with nit: for a detail."
      typed={typed}
      onTyped={(next) => onDraft({ ...next, mustResolve })}
      action={gathering ? 'Add to review' : (actionWords[kind] ?? 'Comment')}
      onCancel={onCancel}
      onSend={(body, given) => onSend(readComposer(body, { mustResolve, mayBlock }), given)}
      namesPeopleOf={props.documentId}
      focus
    >
      <label className="flex min-h-7 items-center gap-1.5 text-ink-2 text-xs">
        <input
          type="checkbox"
          checked={mustResolve}
          onChange={(event) => onDraft({ ...typed, mustResolve: event.target.checked })}
          className="size-3.5 accent-accent"
        />
        Must be resolved
      </label>
    </Composer>
  )
}
