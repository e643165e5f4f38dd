import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { IconButton } from '../ui/icon-button'
import { isMac, shortcutText } from '../ui/shortcut'
import type { EditorAction } from './actions'
import { useEditorValue } from './use-editor-value'

/** Keeps the focus, and on phones the keyboard, where it is. */
export const keepFocus = (event: { preventDefault(): void }) => event.preventDefault()

/** One action as a button of a bar. */
export function ActionButton({ editor, action }: { editor: Editor; action: EditorAction }) {
  const active = useEditorValue(editor, action.isActive)
  const Icon = action.icon
  return (
    <Toolbar.Button
      render={
        <IconButton
          label={action.label}
          {...(action.shortcut ? { shortcut: shortcutText(action.shortcut, isMac()) } : {})}
          size="s"
          pressed={active}
          onMouseDown={keepFocus}
          onClick={() => action.run(editor)}
        >
          <Icon size={16} aria-hidden="true" />
        </IconButton>
      }
    />
  )
}

export function BarSeparator() {
  return <Toolbar.Separator orientation="vertical" className="mx-1 h-5 w-px shrink-0 bg-line" />
}
