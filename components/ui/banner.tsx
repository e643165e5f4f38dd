import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes'

export type BannerKind = 'info' | 'success' | 'warning' | 'error'

const looks = {
  info: { className: 'bg-accent-soft text-ink', sign: 'text-accent', Icon: Info },
  success: { className: 'bg-approved-soft text-ink', sign: 'text-approved', Icon: CircleCheck },
  warning: { className: 'bg-review-soft text-ink', sign: 'text-review', Icon: TriangleAlert },
  error: { className: 'bg-blocking-soft text-ink', sign: 'text-blocking', Icon: CircleAlert },
}

export interface BannerProps {
  kind: BannerKind
  /** What happened, in a few words. */
  title?: string
  /** What is safe, and what to do. */
  children?: ReactNode
  /** Buttons at its end. */
  actions?: ReactNode
  className?: string
}

/** A sentence in the page that stays until what it says has passed. Errors are announced at once. */
export function Banner({ kind, title, children, actions, className }: BannerProps) {
  const { Icon, sign, className: look } = looks[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={classes(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-m px-3.5 py-2.5 text-s',
        look,
        className,
      )}
    >
      <Icon size={17} aria-hidden="true" className={classes('mt-px shrink-0', sign)} />
      <div className="min-w-0 flex-1 basis-52 break-words">
        {title && <strong className="font-[620]">{title} </strong>}
        {children}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
