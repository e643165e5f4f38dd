'use client'

import { Inbox, LogOut, Monitor, Moon, Sun, Trash2 } from 'lucide-react'
import { AnchoredMenu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../ui/menu'
import { toast } from '../ui/toast'
import { CommandsItem } from './commands-item'
import type { MenuParts } from './menu-button'
import { signOut } from './sign-in-flow'
import { applyTheme } from './theme'
import { useTheme } from './use-theme'

export interface UserMenuItemsProps extends MenuParts {
  name: string
}

const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'As the system', light: 'Light', dark: 'Dark' }

export function UserMenuItems({ anchor, onClose, name }: UserMenuItemsProps) {
  const theme = useTheme()
  return (
    <AnchoredMenu anchor={anchor} onClose={onClose}>
      <p className="truncate px-2.5 pt-1.5 pb-1 font-[600] text-s">{name}</p>
      <MenuSeparator />
      <MenuChoice
        label="Theme"
        value={theme}
        onChange={applyTheme}
        options={(['system', 'light', 'dark'] as const).map((value) => {
          const Icon = icons[value]
          return { value, text: names[value], icon: <Icon size={15} /> }
        })}
      />
      <MenuSeparator />
      <CommandsItem />
      <MenuLink href="/inbox" icon={<Inbox size={15} />}>
        Inbox
      </MenuLink>
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
    </AnchoredMenu>
  )
}
