import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import type { Follow } from './use-follow'

/** Whose caret the view keeps to; after a visit, the offer to do so. */
export function FollowSign({ follow: { company, follow, stop } }: { readonly follow: Follow }) {
  if (!company) return null
  const { kind, person } = company
  const isFollowed = kind === 'followed'
  return (
    <div
      role="status"
      className="fixed bottom-5 left-1/2 z-20 flex max-w-[calc(100vw-24px)] -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1.5 pl-2 text-s shadow-float max-sm:bottom-16 print:hidden"
    >
      <Avatar name={person.name} color={person.color} size="xs" decorative />
      <span className="min-w-0 truncate">{isFollowed ? `Following ${person.name}` : person.name}</span>
      <Button
        size="s"
        look="quiet"
        onClick={isFollowed ? stop : follow}
        title={isFollowed ? 'Escape, scrolling and typing stop it too' : undefined}
        aria-label={isFollowed ? `Stop following ${person.name}` : `Follow ${person.name}`}
      >
        {isFollowed ? 'Stop' : 'Follow'}
      </Button>
    </div>
  )
}
