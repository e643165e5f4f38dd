import { Toolbar } from '@base-ui/react/toolbar'
import type { Editor } from '@tiptap/core'
import { MessageSquarePlus, PencilLine } from 'lucide-react'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { isMac, shortcutText } from '../../ui/shortcut'
import { keepFocus } from '../action-button'
import { selectionRect } from '../anchors'
import { Dock } from '../dock'
import { Floating } from '../floating'

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

/** Suggests other words, in a bar of other buttons. */
export function SuggestButton({ onSuggest }: { readonly onSuggest: () => void }) {
  return (
    <Toolbar.Button
      render={
        <IconButton
          label="Suggest other words"
          shortcut={shortcutText('Mod-Alt-s', isMac())}
          size="s"
          onMouseDown={keepFocus}
          onClick={onSuggest}
        >
          <PencilLine size={16} aria-hidden="true" />
        </IconButton>
      }
    />
  )
}

export interface WordsBarProps {
  readonly onComment: () => void
  readonly onSuggest: () => void
}

/** What selected words offer to somebody who does not write. */
export function CommentBar({ editor, ...props }: WordsBarProps & { readonly editor: Editor }) {
  return (
    <Floating editor={editor} anchor={selectionRect} place="above">
      <div className="rounded-m border border-line bg-raised p-1 shadow-float">
        <CommentWords {...props} />
      </div>
    </Floating>
  )
}

/** The same on a phone, whose own menu stands over the selection. */
export function DockedCommentBar(props: WordsBarProps) {
  return (
    <Dock>
      <div className="flex justify-center p-1.5">
        <CommentWords {...props} />
      </div>
    </Dock>
  )
}

const CommentWords = ({ onComment, onSuggest }: WordsBarProps) => (
  <span className="flex gap-0.5">
    <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={onComment}>
      <MessageSquarePlus size={16} aria-hidden="true" />
      Comment
    </Button>
    <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={onSuggest}>
      <PencilLine size={16} aria-hidden="true" />
      Suggest
    </Button>
  </span>
)
