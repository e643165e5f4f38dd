import { Check, MessageSquare, Minus, RotateCcw, X } from 'lucide-react'
import type { Person } from '../../lib/person'
import type { Standing } from '../../lib/review'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'

const signs: Record<Exclude<Standing, 'waiting'>, { Icon: typeof Check; className: string }> = {
  approved: { Icon: Check, className: 'bg-approved text-paper' },
  approved_changed: { Icon: RotateCcw, className: 'bg-review text-paper' },
  conditional: { Icon: Minus, className: 'bg-review text-paper' },
  changes_requested: { Icon: X, className: 'bg-blocking text-paper' },
  commented: { Icon: MessageSquare, className: 'bg-ink-3 text-paper' },
}

export interface ReviewerFaceProps {
  readonly person: Person
  readonly standing: Standing
  /** What is said of them to who cannot see the sign; null: name and standing are in words beside it. */
  readonly words: string | null
  /** Diameter: s is 24 px, m is 28 px. Default s. */
  readonly size?: 's' | 'm'
}

/** A reviewer as a face with a sign for what they said; without one they have not answered. */
export function ReviewerFace({ person, standing, words, size = 's' }: ReviewerFaceProps) {
  const sign = standing === 'waiting' ? null : signs[standing]
  return (
    <span className="relative inline-grid shrink-0">
      <Avatar
        name={person.name}
        color={person.color}
        size={size}
        decorative
        hollow={standing === 'waiting'}
      />
      {sign && (
        <span
          aria-hidden="true"
          className={classes(
            'sign-dot absolute -right-1.5 -bottom-1 grid size-3.5 place-items-center rounded-full ring-2 ring-paper',
            sign.className,
          )}
        >
          <sign.Icon size={9} strokeWidth={3.4} />
        </span>
      )}
      {words !== null && (
        <span className="sr-only">
          {person.name} {words}
        </span>
      )}
    </span>
  )
}
