import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { normaliseTitle, titleLimits } from '../../lib/document'
import { classes } from '../ui/classes'

export interface TitleFieldProps {
  readonly title: string
  readonly canRename: boolean
  /** @throws with a sentence to show: the title stays as it was. */
  readonly onRename: (title: string) => Promise<void>
  /** Looks of the words, the same while they are read and while they are written. */
  readonly className: string
}

const wrongTitle = `A title has 1 to ${titleLimits.max} characters, and none that cannot be seen.`

/** A title that becomes a field where it stands. Enter or leaving keeps it, Escape does not. */
export function TitleField({ title, canRename, onRename, className }: TitleFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const editing = typed !== null

  useEffect(() => {
    if (editing) field.current?.select()
  }, [editing])
  // As many lines as the words need.
  useEffect(() => {
    if (typed === null || !field.current) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [typed])

  if (!canRename)
    return (
      <span dir="auto" className={className}>
        {title}
      </span>
    )
  if (typed === null) {
    return (
      <button
        type="button"
        onClick={() => setTyped(title)}
        title="Rename"
        className={classes(
          '-mx-1.5 cursor-text rounded-s px-1.5 text-left transition-colors hover:bg-sunk',
          className,
        )}
      >
        {title}
      </button>
    )
  }
  const stop = () => {
    setTyped(null)
    setWrong(null)
  }
  const keep = async () => {
    const wanted = normaliseTitle(typed)
    if (wanted === null) return setWrong(wrongTitle)
    if (wanted === title) return stop()
    try {
      await onRename(wanted)
      stop()
    } catch (error) {
      setWrong(error instanceof Error ? error.message : wrongTitle)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends an input method's composition: that one is not ours.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') stop()
    if (event.key !== 'Enter') return
    event.preventDefault()
    void keep()
  }
  return (
    <span className="relative block">
      <textarea
        ref={field}
        rows={1}
        aria-label="Title"
        aria-invalid={wrong !== null}
        value={typed}
        maxLength={titleLimits.max}
        onChange={(event) => {
          setTyped(event.target.value.replace(/\n/g, ' '))
          setWrong(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => void keep()}
        className={classes(
          '-mx-1.5 block w-[calc(100%+12px)] resize-none overflow-hidden rounded-s bg-raised px-1.5 outline-2 outline-focus',
          className,
        )}
      />
      {wrong && (
        <span role="alert" className="mt-1 block font-normal text-blocking text-s tracking-normal">
          {wrong}
        </span>
      )}
    </span>
  )
}
