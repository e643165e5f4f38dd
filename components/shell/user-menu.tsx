'use client'

import { LogOut, Monitor, Moon, Sun, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../ui/avatar'
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../ui/menu'
import { toast } from '../ui/toast'
import { signOut } from './sign-in-flow'
import { applyTheme, type Theme } from './theme'

export interface UserMenuProps {
  person: { name: string; color: string }
  /** As the server read it. */
  theme: Theme
}

const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Who I am, how light the page is, the bin, the way out. */
export function UserMenu({ person, theme: given }: UserMenuProps) {
  const [theme, setTheme] = useState(given)
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`You are ${person.name}`}
          className="-mr-1 grid size-9 shrink-0 place-items-center rounded-full transition-colors hover:bg-sunk active:bg-line data-[popup-open]:bg-sunk pointer-coarse:size-11"
        >
          <Avatar name={person.name} color={person.color} decorative />
        </button>
      }
    >
      <p className="truncate px-2.5 pt-1.5 pb-1 font-[600] text-s">{person.name}</p>
      <MenuSeparator />
      <MenuChoice
        label="Theme"
        value={theme}
        onChange={(next: Theme) => {
          setTheme(next)
          applyTheme(next)
        }}
        options={(['system', 'light', 'dark'] as const).map((value) => {
          const Icon = icons[value]
          return { value, text: names[value], icon: <Icon size={15} /> }
        })}
      />
      <MenuSeparator />
      <MenuLink href="/bin" icon={<Trash2 size={15} />}>
        Bin
      </MenuLink>
      <MenuItem
        icon={<LogOut size={15} />}
        onSelect={() => {
          signOut().catch(() =>
            toast({
              kind: 'error',
              text: 'Signing out did not work: the server cannot be reached. Try again.',
            }),
          )
        }}
      >
        Sign out
      </MenuItem>
    </Menu>
  )
}
