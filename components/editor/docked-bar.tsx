import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { GripVertical, Link } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button'
import { ActionButton, BarSeparator, keepFocus } from './action-button'
import { blockActions, listActions, markActions } from './actions'
import { Dock } from './dock'
import { LinkForm } from './link/link-form'
import { CommentButton, SuggestButton } from './thread/comment-bar'
import { useEditorValue } from './use-editor-value'

export interface DockedBarProps {
  readonly editor: Editor
  readonly linking: boolean
  readonly onLinking: (linking: boolean) => void
  /** Null: nothing is selected, or this person takes no part in threads. */
  readonly onComment: (() => void) | null
  readonly onSuggest: (() => void) | null
  /** The insert menu's button. */
  readonly insert: ReactNode
  /** Asks for the menu of the block at the caret, beside a button. */
  readonly onBlock: (button: Element) => void
}

/** On phones: the bar at the foot of the screen, above the keyboard. */
export function DockedBar(props: DockedBarProps) {
  const { editor, linking, onLinking, onComment, onSuggest, insert, onBlock } = props
  const href = useEditorValue(editor, (now) => String(now.getAttributes('link').href ?? ''))
  return (
    <Dock>
      {linking ? (
        <LinkForm editor={editor} href={href} onDone={() => onLinking(false)} />
      ) : (
        <Toolbar.Root
          aria-label="Format"
          className="flex items-center gap-1 overflow-x-auto px-2 py-1.5 [scrollbar-width:none]"
        >
          {onComment ? <CommentButton onComment={onComment} /> : insert}
          {onSuggest && <SuggestButton onSuggest={onSuggest} />}
          <Toolbar.Button
            render={
              <IconButton
                label="This block"
                size="s"
                aria-haspopup="menu"
                onMouseDown={keepFocus}
                onClick={(event) => onBlock(event.currentTarget)}
              >
                <GripVertical size={16} aria-hidden="true" />
              </IconButton>
            }
          />
          <BarSeparator />
          {markActions.slice(0, 2).map((action) => (
            <ActionButton key={action.id} editor={editor} action={action} />
          ))}
          <Toolbar.Button
            render={
              <IconButton
                label="Link"
                size="s"
                pressed={href !== ''}
                onMouseDown={keepFocus}
                onClick={() => onLinking(true)}
              >
                <Link size={16} aria-hidden="true" />
              </IconButton>
            }
          />
          {listActions.map((action) => (
            <ActionButton key={action.id} editor={editor} action={action} />
          ))}
          <BarSeparator />
          {blockActions.map((action) => (
            <ActionButton key={action.id} editor={editor} action={action} />
          ))}
          {markActions.slice(2).map((action) => (
            <ActionButton key={action.id} editor={editor} action={action} />
          ))}
        </Toolbar.Root>
      )}
    </Dock>
  )
}
