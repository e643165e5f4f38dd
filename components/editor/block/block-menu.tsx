import { Menu as Base } from '@base-ui/react/menu'
import type { Editor } from '@tiptap/core'
import {
  ArrowDown,
  ArrowUp,
  ChevronRight,
  Copy,
  Link,
  MessageSquarePlus,
  Repeat2,
  Table,
  Trash2,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { type OutlineSection, sectionAt } from '../../../lib/content/outline'
import { MenuItem, MenuSeparator } from '../../ui/menu'
import { isMac, shortcutText } from '../../ui/shortcut'
import { toast } from '../../ui/toast'
import { EditorMenu } from '../editor-menu'
import { sectionsOf } from '../section/sections'
import { tableAround } from '../table/table-grid'
import { becomes, copyLink, linkTo, runOnBlocks, selectWords, turnInto } from './block-commands'
import { type BlockRange, blocksAt, duplicatedBlocks, removedBlocks, steppedBlocks } from './block-range'

export interface BlockMenuProps {
  readonly editor: Editor
  /** Beside what it opens; null: closed. */
  readonly anchor: Element | null
  readonly onClose: () => void
  /** Comments on the selected words; null: this person takes no part in threads. */
  readonly onComment: (() => void) | null
  /** Comments on a section, where a block has no words to comment on. */
  readonly onCommentSection: (section: OutlineSection) => void
  /** Asks for the menu of the table at the caret. */
  readonly onTable: () => void
}

/** What can be done to the block at the caret as a whole. */
export function BlockMenu(props: BlockMenuProps) {
  const { editor, anchor, onClose } = props
  const range = anchor && blocksAt(editor.state)
  const isLost = anchor !== null && range === null
  // Others took the block away. Left as it is, it would open by itself once the caret is in one again, and take
  // what is typed there.
  useEffect(() => {
    if (isLost) onClose()
  }, [isLost, onClose])
  return (
    <EditorMenu
      editor={editor}
      anchor={anchor && whereItIs(editor, anchor)}
      open={range !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {range && <BlockItems {...props} range={range} />}
    </EditorMenu>
  )
}

/** A block that is drawn anew while its menu is open is another element. */
function whereItIs(editor: Editor, anchor: Element) {
  return {
    contextElement: editor.view.dom,
    getBoundingClientRect() {
      const block = anchor.isConnected ? null : elementOf(editor)
      return (block ?? anchor).getBoundingClientRect()
    },
  }
}

/** The element of the block at the caret. */
export function elementOf(editor: Editor): Element | null {
  const range = blocksAt(editor.state)
  const dom = range && editor.view.nodeDOM(range.from)
  return dom instanceof Element ? dom : null
}

const idsOf = ({ nodes }: BlockRange): string => nodes.map(({ attrs }) => String(attrs.id)).join(' ')

function BlockItems(props: BlockMenuProps & { readonly range: BlockRange }) {
  const { editor, range, onComment, onCommentSection, onTable } = props
  const mac = isMac()
  const [meant] = useState(() => idsOf(range))
  // After the menu is gone, and the focus back in the text. Somebody else may have taken the block away meanwhile, and
  // the caret stands in its neighbour then.
  const later = (run: (now: BlockRange) => void) => () =>
    void requestAnimationFrame(() => {
      const now = blocksAt(editor.state)
      if (now && idsOf(now) === meant) run(now)
      else toast({ text: 'Somebody took this block away while its menu was open. Nothing was changed.' })
    })
  const kinds = becomes(editor, range)
  const words = range.nodes.some(({ textContent }) => textContent.trim() !== '')
  // What stands before the first heading is in none that has a name.
  const section = words ? null : sectionAt(sectionsOf(editor.state), range.from)
  const step = (direction: 'up' | 'down') =>
    later(() => runOnBlocks(editor, steppedBlocks(editor.state, direction)))
  return (
    <>
      {kinds.length > 0 && (
        <Submenu label="Turn into" icon={<Repeat2 size={16} />}>
          {kinds.map((action) => (
            <MenuItem
              key={action.id}
              icon={<action.icon size={16} />}
              onSelect={later((now) => turnInto(editor, now, action))}
            >
              {action.label}
            </MenuItem>
          ))}
        </Submenu>
      )}
      {tableAround(editor.state.selection.$head) && (
        <MenuItem icon={<Table size={16} />} onSelect={later(onTable)}>
          Rows and columns
        </MenuItem>
      )}
      <MenuItem
        icon={<Copy size={16} />}
        onSelect={later((now) => runOnBlocks(editor, duplicatedBlocks(editor.state, now)))}
      >
        Duplicate
      </MenuItem>
      {steppedBlocks(editor.state, 'up') && (
        <MenuItem
          icon={<ArrowUp size={16} />}
          shortcut={shortcutText('Alt-Shift-↑', mac)}
          onSelect={step('up')}
        >
          Move up
        </MenuItem>
      )}
      {steppedBlocks(editor.state, 'down') && (
        <MenuItem
          icon={<ArrowDown size={16} />}
          shortcut={shortcutText('Alt-Shift-↓', mac)}
          onSelect={step('down')}
        >
          Move down
        </MenuItem>
      )}
      {linkTo(range) !== null && (
        <MenuItem icon={<Link size={16} />} onSelect={() => copyLink(range)}>
          Copy link
        </MenuItem>
      )}
      {onComment && words && (
        <MenuItem
          icon={<MessageSquarePlus size={16} />}
          onSelect={later((now) => selectWords(editor, now) && onComment())}
        >
          Comment
        </MenuItem>
      )}
      {onComment && section && section.level > 0 && (
        <MenuItem icon={<MessageSquarePlus size={16} />} onSelect={later(() => onCommentSection(section))}>
          Comment on its section
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        danger
        icon={<Trash2 size={16} />}
        onSelect={later((now) => runOnBlocks(editor, removedBlocks(editor.state, now)))}
      >
        Delete
      </MenuItem>
    </>
  )
}

function Submenu({ label, icon, children }: { label: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2.5 py-1 text-ink text-s outline-none data-[highlighted]:bg-sunk data-[popup-open]:bg-sunk pointer-coarse:min-h-10">
        <span className="grid w-4 place-items-center text-ink-3">{icon}</span>
        <span className="min-w-0 flex-1">{label}</span>
        <ChevronRight size={15} className="text-ink-3" aria-hidden="true" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
            data-editor-popup
            className="max-h-[min(420px,var(--available-height))] min-w-48 overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}
