import { reviewLimits } from '../../lib/review'

export interface ReasonFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is it for, under the field. */
  readonly hint?: string
}

/** Why something is done: a sentence that stands in the record. */
export function ReasonField({ label, value, onChange, hint }: ReasonFieldProps) {
  return (
    <label className="flex flex-col gap-1.5">
      <span className="font-[550] text-ink-2 text-s">{label}</span>
      <textarea
        rows={2}
        value={value}
        maxLength={reviewLimits.reason}
        onChange={(event) => onChange(event.target.value)}
        className="block min-h-16 w-full resize-y rounded-s border border-line-strong bg-paper px-3 py-2 text-ink text-m outline-none transition-colors hover:border-ink-3 focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 pointer-coarse:text-l"
      />
      {hint && <span className="text-ink-3 text-xs">{hint}</span>}
    </label>
  )
}
