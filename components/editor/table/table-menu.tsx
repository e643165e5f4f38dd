import type { Editor } from '@tiptap/core'
import { ChevronDown } from 'lucide-react'
import { Fragment } from 'react'
import { Button } from '../../ui/button'
import { MenuItem, MenuSeparator } from '../../ui/menu'
import { isMac, shortcutText } from '../../ui/shortcut'
import { keepFocus } from '../action-button'
import { elementAround } from '../block/block-around'
import { EditorMenu } from '../editor-menu'
import { Floating } from '../floating'
import { type TableAction, tableActions } from './table-actions'

const tableRect = (editor: Editor) => {
  const box = elementAround(editor.view, 'table')
  const table = box?.querySelector('table')?.getBoundingClientRect()
  const region = box?.getBoundingClientRect()
  // At the corner that is to be seen, however wide it is.
  return table && region ? new DOMRect(region.left, table.top, region.width, table.height) : null
}

export interface TableItemsProps {
  readonly editor: Editor
  readonly groups: readonly TableAction['group'][]
}

/** What can be done to the selected cells, as items of a menu. */
export function TableItems({ editor, groups }: TableItemsProps) {
  const offered = tableActions.filter(
    (action) => groups.includes(action.group) && action.isPossible(editor.state),
  )
  return offered.map((action, index) => (
    <Fragment key={action.id}>
      {index > 0 && action.group !== offered[index - 1]?.group && <MenuSeparator />}
      <MenuItem
        danger={action.danger ?? false}
        {...(action.shortcut ? { shortcut: shortcutText(action.shortcut, isMac()) } : {})}
        onSelect={() => requestAnimationFrame(() => action.run(editor))}
      >
        {action.label}
      </MenuItem>
    </Fragment>
  ))
}

export interface TableMenuProps {
  readonly editor: Editor
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Rows, columns and cells of the table that the caret is in. */
export function TableMenu({ editor, open, onOpenChange }: TableMenuProps) {
  return (
    <Floating editor={editor} anchor={tableRect} place="corner">
      <EditorMenu
        editor={editor}
        align="end"
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <Button size="s" onMouseDown={keepFocus}>
            Table
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        }
      >
        {open && <TableItems editor={editor} groups={['row', 'column', 'cells', 'table']} />}
      </EditorMenu>
    </Floating>
  )
}
