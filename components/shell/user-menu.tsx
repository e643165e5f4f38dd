'use client'

import { useEffect, useRef, useState } from 'react'
import { Avatar } from '../ui/avatar'
import { lazyPart } from './lazy-part'
import { onFirstUse } from './on-first-use'
import type { Theme } from './theme'

export interface UserMenuProps {
  person: { name: string; color: string }
  /** As the server read it. */
  theme: Theme
}

const load = () => import('./user-menu-items')
const UserMenuItems = lazyPart(() => load().then((part) => part.UserMenuItems))

/** My face; behind it who I am, how light the page is, the bin, the way out. */
export function UserMenu({ person, theme: given }: UserMenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [theme, setTheme] = useState(given)
  const [open, setOpen] = useState<boolean | null>(null)
  useEffect(() => onFirstUse(() => void load().catch(() => {})), [])
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={`You are ${person.name}`}
        aria-haspopup="menu"
        aria-expanded={open === true}
        onClick={() => setOpen(!open)}
        className="-mr-1 grid size-9 shrink-0 place-items-center rounded-full transition-colors hover:bg-sunk active:bg-line aria-expanded:bg-sunk pointer-coarse:size-11"
      >
        <Avatar name={person.name} color={person.color} decorative />
      </button>
      {open !== null && (
        <UserMenuItems
          anchor={open ? button.current : null}
          onClose={() => setOpen(false)}
          name={person.name}
          theme={theme}
          onTheme={setTheme}
        />
      )}
    </>
  )
}
