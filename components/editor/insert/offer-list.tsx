import type { Editor } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { classes } from '../../ui/classes'
import { keepFocus } from '../action-button'
import { Floating } from '../floating'

export interface OfferListProps {
  readonly editor: Editor
  /** Before the sign that was typed, wherever others' edits have moved it: the list opens below it. */
  readonly from: (state: EditorState) => number | null
  /** As the text names it (`ariaOfOffer`). */
  readonly id: string
  readonly label: string
  /** Which option would be taken, counted from 0: it is kept in sight. */
  readonly chosen: number
  readonly children: ReactNode
}

/** What a typed sign offers (typed-offer.ts): a list beside the text, which keeps the focus. */
export function OfferList({ editor, from, id, label, chosen, children }: OfferListProps) {
  const list = useRef<HTMLDivElement>(null)
  const anchor = ({ state, view }: Editor): DOMRect | null => {
    const position = from(state)
    if (position === null) return null
    const { left, top, bottom } = view.coordsAtPos(position)
    return new DOMRect(left, top, 0, bottom - top)
  }
  useLayoutEffect(() => {
    const [box, option] = [list.current, list.current?.querySelector<HTMLElement>('[aria-selected="true"]')]
    if (!box || !option) return
    // The list alone is scrolled, never the page. The first one shows its group's name with it.
    const top = chosen === 0 ? 0 : option.offsetTop
    const below = option.offsetTop + option.offsetHeight - box.clientHeight
    box.scrollTop = Math.max(below, Math.min(box.scrollTop, top))
  })
  return (
    <Floating editor={editor} anchor={anchor} place="below">
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        // A list that scrolls can be scrolled by keys.
        tabIndex={0}
        className="relative max-h-[min(340px,40vh)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto overscroll-contain rounded-m border border-line bg-raised p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </Floating>
  )
}

export interface OfferOptionProps {
  readonly id: string
  readonly isActive: boolean
  readonly onTake: () => void
  /** Its height and distances. */
  readonly className: string
  readonly children: ReactNode
}

export function OfferOption({ id, isActive, onTake, className, children }: OfferOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys come from the text
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseDown={keepFocus}
      onClick={onTake}
      className={classes(
        'flex cursor-default select-none items-center gap-2.5 rounded-[5px] text-s',
        isActive ? 'bg-sunk' : 'hover:bg-sunk',
        className,
      )}
    >
      {children}
    </div>
  )
}
