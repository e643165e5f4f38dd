'use client'

import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { classes } from './classes'

export const inputClass = classes(
  'block h-9 w-full min-w-0 rounded-s border border-line-strong bg-paper px-3 text-m text-ink outline-none transition-colors pointer-coarse:h-11 pointer-coarse:text-l',
  'hover:border-ink-3 focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30',
  'data-[invalid]:border-blocking aria-[invalid=true]:border-blocking disabled:border-line disabled:bg-desk disabled:text-ink-3',
)

export interface FieldProps extends Omit<Base.Control.Props, 'className'> {
  label: string
  /** What it is for, under the field. */
  hint?: ReactNode
  /** What is wrong and what to do; announced when it appears. */
  error?: string | null
  /** The label is there for screen readers only. */
  quietLabel?: boolean
}

/** A labelled line of text with a hint and an error of its own. */
export function Field({ label, hint, error, quietLabel = false, ...rest }: FieldProps) {
  return (
    <Base.Root invalid={Boolean(error)} className="flex min-w-0 flex-col gap-1.5">
      <Base.Label className={quietLabel ? 'sr-only' : 'text-s font-[550] text-ink-2'}>{label}</Base.Label>
      <Base.Control {...rest} className={inputClass} />
      {hint && !error && <Base.Description className="text-xs text-ink-3">{hint}</Base.Description>}
      {error && (
        <Base.Error match role="alert" className="text-s text-blocking">
          {error}
        </Base.Error>
      )}
    </Base.Root>
  )
}
