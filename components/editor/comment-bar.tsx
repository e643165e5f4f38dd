import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { MessageSquarePlus } from 'lucide-react'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { isMac, keepFocus } from './action-button'
import { shortcutText } from './actions'
import { selectionRect } from './anchors'
import { Dock } from './dock'
import { Floating } from './floating'

/** Comments on the selected words, in a bar of other buttons. */
export function CommentButton({ onComment }: { readonly onComment: () => void }) {
  return (
    <Toolbar.Button
      render={
        <IconButton
          label="Comment"
          shortcut={shortcutText('Mod-Alt-m', isMac())}
          size="s"
          onMouseDown={keepFocus}
          onClick={onComment}
        >
          <MessageSquarePlus size={16} aria-hidden="true" />
        </IconButton>
      }
    />
  )
}

/** What selected words offer to somebody who does not write. */
export function CommentBar({
  editor,
  onComment,
}: {
  readonly editor: Editor
  readonly onComment: () => void
}) {
  return (
    <Floating editor={editor} anchor={selectionRect} place="above">
      <div className="rounded-m border border-line bg-raised p-1 shadow-float">
        <CommentWords onComment={onComment} />
      </div>
    </Floating>
  )
}

/** The same on a phone, whose own menu stands over the selection. */
export function DockedCommentBar({ onComment }: { readonly onComment: () => void }) {
  return (
    <Dock>
      <div className="flex justify-center p-1.5">
        <CommentWords onComment={onComment} />
      </div>
    </Dock>
  )
}

const CommentWords = ({ onComment }: { readonly onComment: () => void }) => (
  <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={onComment}>
    <MessageSquarePlus size={16} aria-hidden="true" />
    Comment
  </Button>
)
