import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { Link } from 'lucide-react'
import { type Ref, useState } from 'react'
import { isFollowable } from '../../lib/content/link-address'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { isMac, shortcutText } from '../ui/shortcut'
import { ActionButton, BarSeparator, keepFocus } from './action-button'
import { blockActions, listActions, markActions } from './actions'
import { linkRange, linkRect, selectionRect } from './anchors'
import { CommentButton, SuggestButton } from './comment-bar'
import { Floating } from './floating'
import { LinkForm } from './link-form'
import { openLink } from './links'
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

/** Where the link at the caret leads, and what can be done about it. */
export function LinkCard({ editor, canWrite }: { editor: Editor; canWrite: boolean }) {
  const [editing, setEditing] = useState(false)
  const href = useEditorValue(editor, (now) => linkRange(now)?.href ?? '')
  return (
    <Floating editor={editor} anchor={linkRect} place="above">
      <div className={boxClass}>
        {editing ? (
          <LinkForm editor={editor} href={href} onDone={() => setEditing(false)} />
        ) : (
          <div className="flex max-w-96 items-center gap-1 p-1">
            <span className="min-w-0 flex-1 truncate px-2 text-ink-2 text-s">{href}</span>
            {isFollowable(href) && (
              <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={() => openLink(editor, href)}>
                {href.startsWith('#') ? 'Go there' : 'Open'}
              </Button>
            )}
            {canWrite && (
              <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={() => setEditing(true)}>
                Edit
              </Button>
            )}
          </div>
        )}
      </div>
    </Floating>
  )
}
