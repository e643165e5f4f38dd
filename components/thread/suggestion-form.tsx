import { Fragment } from '@tiptap/pm/model'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentJson } from '../../lib/content/document-json'
import { contentSchema } from '../../lib/content/schema'
import { nodesOf, textOf } from '../../lib/content/suggestion/suggestion'
import { buildNodes } from '../../lib/content/suggestion/suggestion-nodes'
import { redlineOfSuggestion } from '../../lib/content/suggestion/suggestion-redline'
import { retext, retextBlocks } from '../../lib/content/suggestion/suggestion-retext'
import type { Suggestion } from '../../lib/content/suggestion/suggestion-shape'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { SuggestionWords } from './suggestion-words'

const fieldClass =
  'block w-full resize-none rounded-s border border-line-strong bg-paper px-2.5 py-1.5 text-ink outline-none [field-sizing:content] focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l'

export interface SuggestionFormProps {
  readonly proposes: Suggestion
  /** Why, if its author says so. */
  readonly reason: string
  /** It goes into a review that is being written. */
  readonly gathering: boolean
  readonly onDraft: (proposes: Suggestion, reason: string) => void
  readonly onCancel: () => void
  readonly onSend: (proposes: Suggestion, reason: string) => Promise<unknown>
}

/** The marked words in a small field, to be changed there: what comes of it is shown below, and sent as a suggestion. */
export function SuggestionForm(props: SuggestionFormProps) {
  const { proposes, reason, gathering, onDraft, onCancel, onSend } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => fieldText(proposes.replacement))
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  const parts = useMemo(() => redlineOfSuggestion(proposes), [proposes])
  const changes = JSON.stringify(proposes.base) !== JSON.stringify(proposes.replacement)
  const change = (next: string) => {
    setText(next)
    setWrong(null)
    onDraft({ ...proposes, replacement: replacementOf(proposes, next) }, reason)
  }
  const send = async () => {
    if (busy || !changes) return
    setBusy(true)
    setWrong(null)
    try {
      await onSend(proposes, reason.trim())
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      onCancel()
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
        aria-label="Suggested words"
        placeholder="Nothing: the words go."
        value={text}
        readOnly={busy}
        onChange={(event) => change(event.target.value)}
        className={`${fieldClass} max-h-[40vh] font-text text-l`}
      />
      {changes && <SuggestionWords parts={parts} short={false} />}
      <textarea
        rows={1}
        aria-label="Why"
        placeholder="Why, if it does not speak for itself"
        value={reason}
        readOnly={busy}
        onChange={(event) => onDraft(proposes, event.target.value)}
        className={`${fieldClass} max-h-[20vh] text-m`}
      />
      {wrong && (
        <p role="alert" className="text-blocking text-xs">
          {wrong}
        </p>
      )}
      <div className="flex justify-end gap-0.5">
        <Button size="s" look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="s" look="primary" type="submit" busy={busy} disabled={!changes}>
          {gathering ? 'Add to review' : 'Suggest'}
        </Button>
      </div>
    </form>
  )
}

const built = (content: readonly DocumentJson[]) => {
  const nodes = buildNodes(content)
  return Array.isArray(nodes) ? nodes : []
}

/** Blocks are separated by a blank line. */
function fieldText(content: readonly DocumentJson[]): string {
  const nodes = built(content)
  if (nodes.every((node) => node.isInline)) return textOf(Fragment.fromArray(nodes))
  return nodes.map((node) => textOf(node.content)).join('\n\n')
}

function replacementOf({ place, base }: Suggestion, text: string): DocumentJson[] {
  const old = built(base)
  if (place.kind === 'blocks') {
    const blocks = old.length > 0 ? old : [contentSchema.node('paragraph')]
    return retextBlocks(blocks, text).map((node) => node.toJSON() as DocumentJson)
  }
  if (text === '') return []
  const fresh =
    old.length > 0 ? retext(Fragment.fromArray(old), text, false) : Fragment.from(contentSchema.text(text))
  return nodesOf(fresh).map((node) => node.toJSON() as DocumentJson)
}
