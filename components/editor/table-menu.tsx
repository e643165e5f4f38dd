import type { ChainedCommands, Editor } from '@tiptap/core'
import { ChevronDown } from 'lucide-react'
import { Button } from '../ui/button'
import { MenuItem, MenuSeparator } from '../ui/menu'
import { keepFocus } from './action-button'
import { blockElement } from './anchors'
import { EditorMenu } from './editor-menu'
import { Floating } from './floating'
import { structural } from './structural'

const tableRect = (editor: Editor) => blockElement(editor, 'table')?.getBoundingClientRect() ?? null

/** Rows and columns of the table that the caret is in. */
export function TableMenu({ editor }: { editor: Editor }) {
  const item = (label: string, run: (chain: ChainedCommands) => ChainedCommands, danger = false) => (
    <MenuItem danger={danger} onSelect={() => requestAnimationFrame(() => structural(editor, run))}>
      {label}
    </MenuItem>
  )
  return (
    <Floating editor={editor} anchor={tableRect} place="corner">
      <EditorMenu
        editor={editor}
        align="end"
        trigger={
          <Button size="s" onMouseDown={keepFocus}>
            Table
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        }
      >
        {item('Row above', (chain) => chain.addRowBefore())}
        {item('Row below', (chain) => chain.addRowAfter())}
        {item('Column before', (chain) => chain.addColumnBefore())}
        {item('Column after', (chain) => chain.addColumnAfter())}
        {item('Heading row on or off', (chain) => chain.toggleHeaderRow())}
        <MenuSeparator />
        {item('Delete row', (chain) => chain.deleteRow(), true)}
        {item('Delete column', (chain) => chain.deleteColumn(), true)}
        {item('Delete table', (chain) => chain.deleteTable(), true)}
      </EditorMenu>
    </Floating>
  )
}
