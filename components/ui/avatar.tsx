import { classes } from './classes'
import { inkOn, safeColor } from './person-color'

/** `AL` for Ada Lovelace: first letters of the first and last word, whole characters of any script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase('en')
}

const sizes = {
  xs: 'size-5 text-[0.5625rem]',
  s: 'size-6 text-[0.625rem]',
  m: 'size-7 text-[0.6875rem]',
  l: 'size-9 text-s',
}

export interface AvatarProps {
  name: string
  /** `#rrggbb`, the same wherever this person appears. */
  color: string
  /** Diameter: xs 20, s 24, m 28, l 36 px. Default m. */
  size?: keyof typeof sizes
  /** True where the name stands beside it in words. */
  decorative?: boolean
  /** A ring of their colour: somebody of whom something is still to come. Default: a disc. */
  hollow?: boolean
  className?: string
}

/** A person as a disc of their colour with their initials. */
export function Avatar({
  name,
  color,
  size = 'm',
  decorative = false,
  hollow = false,
  className,
}: AvatarProps) {
  return (
    <span
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name })}
      className={classes(
        'sign-dot inline-grid shrink-0 select-none place-items-center rounded-full font-[620] leading-none',
        sizes[size],
        hollow && 'border-2 text-ink-2',
        className,
      )}
      style={
        hollow ? { borderColor: safeColor(color) } : { background: safeColor(color), color: inkOn(color) }
      }
    >
      {initialsOf(name)}
    </span>
  )
}
