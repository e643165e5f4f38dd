'use client'

import { Avatar } from '../ui/avatar'
import { MenuButton } from './menu-button'

export interface UserMenuProps {
  person: { name: string; color: string }
}

const load = () => import('./user-menu-items').then((part) => part.UserMenuItems)

/** My face; behind it who I am, how light the page is, the bin, the way out. */
export function UserMenu({ person }: UserMenuProps) {
  return (
    <MenuButton load={load} items={{ name: person.name }}>
      {(parts) => (
        <button
          type="button"
          {...parts}
          aria-label={`You are ${person.name}`}
          className="-mr-1 grid size-9 shrink-0 place-items-center rounded-full transition-colors hover:bg-sunk active:bg-line aria-expanded:bg-sunk pointer-coarse:size-11"
        >
          <Avatar name={person.name} color={person.color} decorative />
        </button>
      )}
    </MenuButton>
  )
}
