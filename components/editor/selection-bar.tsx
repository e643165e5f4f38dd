import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { Link } from 'lucide-react'
import type { Ref } from 'react'
import { IconButton } from '../ui/icon-button'
import { isMac, shortcutText } from '../ui/shortcut'
import { ActionButton, BarSeparator, keepFocus } from './action-button'
import { blockActions, listActions, markActions } from './actions'
import { selectionRect } from './anchors'
import { Floating } from './floating'
import { LinkForm } from './link/link-form'
import { CommentButton, SuggestButton } from './thread/comment-bar'
import { useEditorValue } from './use-editor-value'

const boxClass = 'rounded-m border border-line bg-raised shadow-float'

export interface SelectionBarProps {
  readonly editor: Editor
  readonly linking: boolean
  readonly onLinking: (linking: boolean) => void
  readonly onComment: (() => void) | null
  readonly onSuggest: (() => void) | null
  readonly ref?: Ref<HTMLDivElement>
}

/** The one bar on selected words. */
export function SelectionBar(props: SelectionBarProps) {
  const { editor, linking, onLinking, onComment, onSuggest, ref } = props
  const href = useEditorValue(editor, (now) => String(now.getAttributes('link').href ?? ''))
  return (
    <Floating editor={editor} anchor={selectionRect} place="above">
      <div ref={ref} className={boxClass}>
        {linking ? (
          <LinkForm editor={editor} href={href} onDone={() => onLinking(false)} />
        ) : (
          <Toolbar.Root
            aria-label="Format"
            className="flex items-center gap-0.5 p-1"
            onKeyDownCapture={(event) => {
              if (event.key === 'Escape') editor.commands.focus()
            }}
          >
            {blockActions
              .filter((action) => action.id !== 'paragraph')
              .map((action) => (
                <ActionButton key={action.id} editor={editor} action={action} />
              ))}
            <BarSeparator />
            {markActions.map((action) => (
              <ActionButton key={action.id} editor={editor} action={action} />
            ))}
            <Toolbar.Button
              render={
                <IconButton
                  label="Link"
                  shortcut={shortcutText('Mod-Shift-k', isMac())}
                  size="s"
                  pressed={href !== ''}
                  onMouseDown={keepFocus}
                  onClick={() => onLinking(true)}
                >
                  <Link size={16} aria-hidden="true" />
                </IconButton>
              }
            />
            <BarSeparator />
            {listActions.map((action) => (
              <ActionButton key={action.id} editor={editor} action={action} />
            ))}
            {onComment && (
              <>
                <BarSeparator />
                <CommentButton onComment={onComment} />
                {onSuggest && <SuggestButton onSuggest={onSuggest} />}
              </>
            )}
          </Toolbar.Root>
        )}
      </div>
    </Floating>
  )
}
