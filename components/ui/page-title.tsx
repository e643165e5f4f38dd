import type { ReactNode } from 'react'
import { classes } from './classes'

export interface PageTitleProps {
  readonly children: ReactNode
  /** Distances. Default: none. */
  readonly className?: string
}

/** The one first heading of a page that is no document. */
export function PageTitle({ children, className }: PageTitleProps) {
  return (
    <h1 className={classes('font-[680] text-[1.625rem] leading-tight tracking-[-0.02em]', className)}>
      {children}
    </h1>
  )
}
