import {
  Download,
  History,
  MessageSquarePlus,
  PencilLine,
  Printer,
  Search,
  Trash2,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { runCommand } from '../shell/commands'
import { CommandsItem } from '../shell/commands-item'
import type { MenuParts } from '../shell/menu-button'
import { AnchoredMenu, MenuItem, MenuLink, MenuSeparator } from '../ui/menu'
import { isMac, shortcutText } from '../ui/shortcut'

export interface MoreItems {
  readonly documentId: string
  readonly onExport: () => void
  /** The same with what was said about it. Null: nothing was. */
  readonly onExportThreads: (() => void) | null
  readonly onShare: () => void
  /** Whether this person hears of what happens to it; an item of its own. */
  readonly watch: ReactNode
  /** Comments on the document as a whole. Null: this person may not. */
  readonly onComment: (() => void) | null
  /** What is typed is proposed, not written. */
  readonly suggesting: boolean
  /** Turns that on and off; null: this person has no choice. */
  readonly onSuggesting: ((on: boolean) => void) | null
  /** Null: this person may not. */
  readonly onBin: (() => void) | null
}

/** What is needed now and then. */
export function MoreMenuItems(props: MoreItems & MenuParts) {
  const { documentId, onExport, onExportThreads, onShare, onComment, onBin, watch } = props
  const { suggesting, onSuggesting, anchor, onClose } = props
  return (
    <AnchoredMenu anchor={anchor} onClose={onClose}>
      <CommandsItem />
      <MenuItem
        icon={<Search size={15} />}
        shortcut={shortcutText('Mod-f', isMac())}
        onSelect={() => runCommand('find')}
      >
        Find in the document
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Users size={15} />} onSelect={onShare}>
        People and roles
      </MenuItem>
      {onComment && (
        <MenuItem icon={<MessageSquarePlus size={15} />} onSelect={onComment}>
          Comment on the document
        </MenuItem>
      )}
      {onSuggesting && (
        <MenuItem icon={<PencilLine size={15} />} onSelect={() => onSuggesting(!suggesting)}>
          {suggesting ? 'Write in the text again' : 'Suggest instead of writing'}
        </MenuItem>
      )}
      <MenuLink icon={<History size={15} />} href={`/d/${documentId}/history`}>
        History
      </MenuLink>
      {watch}
      <MenuItem icon={<Download size={15} />} onSelect={onExport}>
        Export as Markdown
      </MenuItem>
      {onExportThreads && (
        <MenuItem icon={<Download size={15} />} onSelect={onExportThreads}>
          Export Markdown with threads
        </MenuItem>
      )}
      <MenuItem
        icon={<Printer size={15} />}
        shortcut={shortcutText('Mod-p', isMac())}
        onSelect={() => runCommand('print')}
      >
        Print
      </MenuItem>
      {onBin && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={15} />} danger onSelect={onBin}>
            Move to the bin
          </MenuItem>
        </>
      )}
    </AnchoredMenu>
  )
}
