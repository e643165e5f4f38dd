import { classes } from './classes'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

const looks: Record<ButtonLook, string> = {
  primary:
    'border-transparent bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong active:translate-y-px data-[popup-open]:bg-accent-strong',
  secondary:
    'border-line bg-raised text-ink hover:border-ink-4 hover:bg-paper active:bg-sunk data-[popup-open]:bg-sunk',
  quiet:
    'border-transparent text-ink-2 hover:bg-sunk hover:text-ink active:bg-line data-[popup-open]:bg-sunk',
  danger: 'border-transparent bg-blocking text-on-blocking hover:brightness-110 active:translate-y-px',
}

const sizes = {
  m: 'h-[34px] px-3.5 text-s pointer-coarse:h-10',
  s: 'h-7 px-2.5 text-s pointer-coarse:h-9',
}

export type ButtonSize = keyof typeof sizes

/** The looks alone, for a link that should look like a button. */
export const buttonClass = (look: ButtonLook = 'secondary', size: ButtonSize = 'm'): string =>
  classes(
    'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-s border font-[550] transition-colors',
    'data-[disabled]:pointer-events-none data-[disabled]:opacity-55',
    looks[look],
    sizes[size],
  )
