import { classes } from './classes'

/** The looks of a button that is an icon alone. s is 28 px, m is 34 px. */
export const iconButtonClass = (size: 's' | 'm' = 'm'): string =>
  classes(
    'inline-flex shrink-0 select-none items-center justify-center rounded-s text-ink-3 transition-colors',
    'hover:bg-sunk hover:text-ink active:bg-line data-[popup-open]:bg-sunk data-[popup-open]:text-ink',
    'aria-expanded:bg-sunk aria-expanded:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent',
    'data-[disabled]:pointer-events-none data-[disabled]:opacity-50',
    size === 'm' ? 'size-[34px] pointer-coarse:size-10' : 'size-7 pointer-coarse:size-9',
  )
