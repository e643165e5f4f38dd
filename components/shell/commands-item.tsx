import { Command } from 'lucide-react'
import { MenuItem } from '../ui/menu'
import { isMac, shortcutText } from '../ui/shortcut'
import { openCommands } from './commands'

/** The way to the list of commands from a menu, and its key for the next time. */
export function CommandsItem() {
  return (
    <MenuItem
      icon={<Command size={15} />}
      shortcut={shortcutText('Mod-k', isMac())}
      onSelect={() => openCommands('palette')}
    >
      Commands and documents
    </MenuItem>
  )
}
