'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { documentAddress } from './document-words'
import type { ImportState } from './use-import'

export interface ImportDialogProps {
  state: ImportState
  onRetry: (file: File) => void
  onChoose: () => void
  onClose: () => void
}

const titles = { idle: 'Import', running: 'Importing', failed: 'Not imported', done: 'Imported' }

/** What becomes of a file: under way, refused with the reason, or made, with what could not be carried over. */
export function ImportDialog({ state, onRetry, onChoose, onClose }: ImportDialogProps) {
  const router = useRouter()
  const whole = state.step === 'done' && state.losses.length === 0 ? state.document.id : null
  // A file that came over whole needs no report: on to the document.
  useEffect(() => {
    if (whole) router.push(documentAddress(whole))
  }, [whole, router])

  return (
    <Dialog
      open={state.step !== 'idle'}
      onOpenChange={(open) => !open && onClose()}
      title={titles[state.step]}
      {...(state.step === 'idle' ? {} : { description: <span className="break-all">{state.name}</span> })}
      actions={<Actions {...{ state, onRetry, onChoose, onClose }} />}
    >
      {(state.step === 'running' || whole) && <Running opening={whole !== null} />}
      {state.step === 'failed' && (
        <Banner kind="error">
          {state.sentence} <span className="text-ink-2">No document was made.</span>
        </Banner>
      )}
      {state.step === 'done' && !whole && <Losses losses={state.losses} title={state.document.title} />}
    </Dialog>
  )
}

function Running({ opening }: { opening: boolean }) {
  return (
    <div role="status">
      <p className="mb-3 text-ink-2 text-s">
        {opening
          ? 'Everything came over. Opening the document…'
          : 'Sending the file and reading its Markdown…'}
      </p>
      <div className="h-1 overflow-hidden rounded-full bg-sunk">
        <div className="h-full w-1/3 rounded-full bg-accent motion-safe:animate-[import-run_1.4s_ease-in-out_infinite]" />
      </div>
    </div>
  )
}

function Losses({ losses, title }: { losses: readonly { line: number; what: string }[]; title: string }) {
  return (
    <>
      <p className="mb-3 text-s">
        <strong className="break-words font-[600]">{title}</strong> is here.{' '}
        {losses.length === 1 ? 'One thing' : `${losses.length} things`} could not be carried over as written:
      </p>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard
        tabIndex={0}
        aria-label="What could not be carried over"
        className="max-h-[min(40vh,320px)] overflow-y-auto rounded-s border border-line bg-paper"
      >
        {[...linesByLoss(losses)].map(([what, lines]) => (
          // What is quoted is Markdown: no letters that are joined into signs.
          <li
            key={what}
            className="border-line-soft border-t px-3 py-2 text-s [font-variant-ligatures:none] first:border-t-0"
          >
            <span className="break-words">{what}</span>
            <span className="block text-ink-3 text-xs tabular-nums">{placeWords(lines)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The same loss is said once, with the lines that it befell. */
function linesByLoss(losses: readonly { line: number; what: string }[]): Map<string, number[]> {
  const lines = new Map<string, number[]>()
  for (const { line, what } of losses) lines.set(what, [...(lines.get(what) ?? []), line])
  return lines
}

const placeWords = (lines: readonly number[]): string =>
  lines.includes(0) ? 'Whole file' : `${lines.length === 1 ? 'Line' : 'Lines'} ${lines.join(', ')}`

function Actions({ state, onRetry, onChoose, onClose }: ImportDialogProps) {
  const router = useRouter()
  if (state.step === 'running') return <Button onClick={onClose}>Cancel</Button>
  if (state.step === 'failed') {
    const { again } = state
    return (
      <>
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
        {again && <Button onClick={() => onRetry(again)}>Try again</Button>}
        <Button look="primary" onClick={onChoose} autoFocus>
          Choose another file
        </Button>
      </>
    )
  }
  if (state.step === 'done' && state.losses.length > 0) {
    return (
      <>
        <Button look="quiet" onClick={onClose}>
          Stay here
        </Button>
        <Button look="primary" onClick={() => router.push(documentAddress(state.document.id))} autoFocus>
          Open document
        </Button>
      </>
    )
  }
  return null
}
