import type { Editor } from '@tiptap/core'
import { Plus } from 'lucide-react'
import { IconButton } from '../ui/icon-button'
import { MenuItem, MenuSeparator } from '../ui/menu'
import { keepFocus } from './action-button'
import { blockActions, type EditorAction, insertActions, listActions } from './actions'
import { EditorMenu } from './editor-menu'

export interface InsertMenuProps {
  readonly editor: Editor
  readonly open: boolean
  /** `reason` is `escape-key` when the person changed their mind. */
  readonly onOpenChange: (open: boolean, reason: string) => void
  readonly side?: 'top' | 'bottom'
}

/** What can be put where the caret is. */
export function InsertMenu({ editor, open, onOpenChange, side }: InsertMenuProps) {
  const item = (action: EditorAction) => {
    const Icon = action.icon
    return (
      <MenuItem
        key={action.id}
        icon={<Icon size={16} />}
        // After the menu is gone, and with the focus in the text: were it given later, the browser's old caret
        // would be read, and what is typed next would stand after the new table, not in it.
        onSelect={() =>
          requestAnimationFrame(() => {
            editor.view.focus()
            action.run(editor)
          })
        }
      >
        {action.label}
      </MenuItem>
    )
  }
  return (
    <EditorMenu
      editor={editor}
      open={open}
      onOpenChange={onOpenChange}
      {...(side ? { side } : {})}
      trigger={
        <IconButton label="Insert" shortcut="/" size="s" onMouseDown={keepFocus}>
          <Plus size={17} aria-hidden="true" />
        </IconButton>
      }
    >
      {blockActions.filter((action) => action.id !== 'paragraph').map(item)}
      <MenuSeparator />
      {listActions.map(item)}
      <MenuSeparator />
      {insertActions.map(item)}
    </EditorMenu>
  )
}
