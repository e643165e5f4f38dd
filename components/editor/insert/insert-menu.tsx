import type { Editor } from '@tiptap/core'
import { Plus } from 'lucide-react'
import { Fragment } from 'react'
import { IconButton } from '../../ui/icon-button'
import { MenuItem, MenuSeparator } from '../../ui/menu'
import { keepFocus } from '../action-button'
import { EditorMenu } from '../editor-menu'
import { insertActions, isPossible, runInsert } from './insert-list'

export interface InsertMenuProps {
  readonly editor: Editor
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly side?: 'top' | 'bottom'
}

/** What can be put where the caret is, by a button. */
export function InsertMenu({ editor, open, onOpenChange, side }: InsertMenuProps) {
  const offered = open ? insertActions.filter((action) => isPossible(editor.state, action)) : []
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
      {offered.map((action, index) => (
        <Fragment key={action.id}>
          {index > 0 && action.group !== offered[index - 1]?.group && <MenuSeparator />}
          <MenuItem
            icon={<action.icon size={16} />}
            // After the menu is gone: what is typed next would stand where the browser's old caret was.
            onSelect={() => requestAnimationFrame(() => runInsert(editor, action))}
          >
            {action.label}
          </MenuItem>
        </Fragment>
      ))}
    </EditorMenu>
  )
}
