import { Menu as Base } from '@base-ui/react/menu'
import type { Editor } from '@tiptap/core'
import type { ReactElement, ReactNode } from 'react'

/** Something that is drawn anew now and then, by where it is at the time. */
export interface Place {
  readonly contextElement: Element
  readonly getBoundingClientRect: () => DOMRect
}

export interface EditorMenuProps {
  readonly editor: Editor
  /** The button that opens it. Without one it stands beside `anchor`, and is opened by whoever draws it. */
  readonly trigger?: ReactElement
  readonly anchor?: Element | Place | null
  readonly children: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean, reason: string) => void
  readonly side?: 'top' | 'bottom'
  readonly align?: 'start' | 'end'
}

/** A menu over the text: when it closes, the caret is back where it was. */
export function EditorMenu(props: EditorMenuProps) {
  const { editor, trigger, anchor, children, open, onOpenChange, side = 'bottom', align = 'start' } = props
  return (
    <Base.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next, { reason }) => onOpenChange(next, reason) } : {})}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
          {...(anchor ? { anchor } : {})}
        >
          <Base.Popup
            finalFocus={() => editor.view.dom}
            data-editor-popup
            className="max-h-[min(420px,var(--available-height))] min-w-52 overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
