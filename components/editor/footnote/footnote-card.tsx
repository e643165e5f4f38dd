import { Popover } from '@base-ui/react/popover'
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { footnotesOf } from '../../../lib/content/footnotes'
import { Button } from '../../ui/button'
import { goToPlace } from '../go-to-place'

export interface FootnoteCardProps {
  readonly editor: Editor
  readonly label: string
  /** The reference beside which it opens; null: closed. */
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
}

/** What a footnote says, beside the reference to it. */
export function FootnoteCard({ editor, label, anchor, onClose }: FootnoteCardProps) {
  const [last, setLast] = useState(anchor)
  if (anchor && anchor !== last) setLast(anchor)
  const at = editor.isDestroyed ? undefined : footnotesOf(editor.state.doc).definitions.get(label)
  const node = at === undefined ? null : editor.state.doc.nodeAt(at)
  const words = node?.textBetween(0, node.content.size, '\n', ' ').trim()
  return (
    <Popover.Root open={anchor !== null} onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor ?? last}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            aria-label="Footnote"
            data-editor-popup
            finalFocus={() => anchor ?? last}
            className="flex max-h-[50vh] w-80 max-w-[calc(100vw-16px)] flex-col gap-2 overflow-y-auto rounded-m border border-line bg-raised p-3 text-ink shadow-float outline-none"
          >
            <p className="whitespace-pre-line break-words text-m">
              {at === undefined ? 'The text of this footnote is gone.' : words || 'It says nothing yet.'}
            </p>
            {at !== undefined && (
              <Button
                size="s"
                look="quiet"
                className="self-end"
                onClick={() => {
                  onClose()
                  // When the card has gone, and has given the focus back.
                  requestAnimationFrame(() => goToPlace(editor.view, at + 2))
                }}
              >
                Go to it
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
