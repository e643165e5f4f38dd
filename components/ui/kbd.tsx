import type { ReactNode } from 'react'
import { classes } from './classes'

/** A key, or keys pressed together. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={classes(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line px-1.5 font-ui text-[0.6875rem] font-medium text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
