'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { classes } from './classes'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  /** A second, quieter line in the list. */
  note?: string
}

export interface SelectProps<Value extends string> {
  /** Accessible name. */
  label: string
  value: Value
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  disabled?: boolean
  /** `field` has the look and width of a text field, `quiet` only shows its frame on hover. Default field. */
  look?: 'field' | 'quiet'
  /** Show the label above. Default: for screen readers only. */
  visibleLabel?: boolean
}

/** One of a few known things. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, disabled = false, look = 'field', visibleLabel = false } = props
  return (
    <Base.Root
      items={options as { value: Value; label: string }[]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      disabled={disabled}
      modal={false}
    >
      <div className="flex min-w-0 flex-col gap-1.5">
        <Base.Label className={visibleLabel ? 'text-s font-[550] text-ink-2' : 'sr-only'}>{label}</Base.Label>
        <Base.Trigger
          className={classes(
            'inline-flex select-none items-center justify-between gap-2 rounded-s border text-ink transition-colors',
            'focus-visible:outline-2 focus-visible:outline-focus data-[disabled]:opacity-60',
            look === 'field'
              ? 'h-9 w-full border-line-strong bg-paper px-3 text-m hover:border-ink-3 pointer-coarse:h-11'
              : 'h-8 border-transparent px-2 text-s text-ink-2 hover:bg-sunk hover:text-ink data-[popup-open]:bg-sunk pointer-coarse:h-10',
          )}
        >
          <Base.Value className="min-w-0 truncate" />
          <Base.Icon className="text-ink-3">
            <ChevronDown size={15} />
          </Base.Icon>
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} collisionPadding={8} className="z-50">
          <Base.Popup className="max-h-[min(var(--available-height),360px)] min-w-[var(--anchor-width)] max-w-[min(24rem,calc(100vw-16px))] overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="grid min-h-8 cursor-default select-none grid-cols-[minmax(0,1fr)_16px] items-center gap-x-3 rounded-[5px] px-2.5 py-1.5 text-s outline-none pointer-coarse:min-h-10 data-[highlighted]:bg-sunk"
              >
                <span className="min-w-0">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note && <span className="block text-xs text-ink-3">{option.note}</span>}
                </span>
                <Base.ItemIndicator>
                  <Check size={15} className="text-accent" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
