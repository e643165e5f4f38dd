import { classes } from './classes'

export type StatusTone = 'draft' | 'review' | 'approved' | 'implemented' | 'superseded' | 'abandoned'

const tones: Record<StatusTone, { ink: string; ground: string }> = {
  draft: { ink: 'text-draft', ground: 'bg-draft-soft' },
  review: { ink: 'text-review', ground: 'bg-review-soft' },
  approved: { ink: 'text-approved', ground: 'bg-approved-soft' },
  implemented: { ink: 'text-implemented', ground: 'bg-implemented-soft' },
  superseded: { ink: 'text-superseded', ground: 'bg-superseded-soft' },
  abandoned: { ink: 'text-abandoned', ground: 'bg-abandoned-soft' },
}

export interface StatusPillProps {
  tone: StatusTone
  children: string
  /** Without its ground: a dot and a word, for lists. Default false. */
  plain?: boolean
}

/** A state in its colour, always in words too. */
export function StatusPill({ tone, children, plain = false }: StatusPillProps) {
  const { ink, ground } = tones[tone]
  return (
    <span
      className={classes(
        'inline-flex items-center gap-2 whitespace-nowrap text-s font-[560]',
        ink,
        !plain && classes('h-6 rounded-full px-2.5', ground),
      )}
    >
      <span aria-hidden="true" className="sign-dot size-2 rounded-full bg-current" />
      {children}
    </span>
  )
}
