import type { Editor } from '@tiptap/core'
import { useLayoutEffect, useRef } from 'react'
import { classes } from '../../ui/classes'
import { isMac, shortcutText } from '../../ui/shortcut'
import { keepFocus } from '../action-button'
import { Floating } from '../floating'
import { useEditorValue } from '../use-editor-value'
import type { InsertAction } from './insert-action'
import { type SlashMenu as Shown, slashListId, slashMenuOf, slashOptionId, takeSlash } from './slash'

const slashRect = (editor: Editor): DOMRect | null => {
  const menu = slashMenuOf(editor.state)
  if (!menu) return null
  const { left, top, bottom } = editor.view.coordsAtPos(menu.from)
  return new DOMRect(left, top, 0, bottom - top)
}

/** What can be put where a slash was typed: a list beside the text, which keeps the focus. */
export function SlashMenu({ editor }: { readonly editor: Editor }) {
  // As a primitive, so that it is drawn anew only when it differs.
  const shown = useEditorValue(editor, (now) => {
    const menu = slashMenuOf(now.state)
    return menu && `${menu.chosen} ${menu.query} ${menu.actions.map(({ id }) => id).join(' ')}`
  })
  const menu = shown === null ? null : slashMenuOf(editor.state)
  if (!menu) return null
  return (
    <Floating editor={editor} anchor={slashRect} place="below">
      <SlashList editor={editor} menu={menu} />
    </Floating>
  )
}

function SlashList({ editor, menu }: { readonly editor: Editor; readonly menu: Shown }) {
  const list = useRef<HTMLDivElement>(null)
  const { actions, chosen, query } = menu
  const active = actions[chosen]
  useLayoutEffect(() => {
    const [box, option] = [list.current, list.current?.querySelector<HTMLElement>('[aria-selected="true"]')]
    if (!box || !option) return
    // The list alone is scrolled, never the page. The first one shows its group's name with it.
    const top = chosen === 0 ? 0 : option.offsetTop
    const below = option.offsetTop + option.offsetHeight - box.clientHeight
    box.scrollTop = Math.max(below, Math.min(box.scrollTop, top))
  })
  return (
    <div
      ref={list}
      id={slashListId}
      role="listbox"
      aria-label="Insert"
      // A list that scrolls can be scrolled by keys.
      tabIndex={0}
      className="relative max-h-[min(340px,40vh)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto overscroll-contain rounded-m border border-line bg-raised p-1 text-ink shadow-float"
    >
      {actions.map((action, index) => (
        <div key={action.id} role="presentation">
          {query === '' && action.group !== actions[index - 1]?.group && <GroupName of={action} />}
          <Option editor={editor} action={action} isActive={action === active} />
        </div>
      ))}
    </div>
  )
}

function GroupName({ of }: { readonly of: InsertAction }) {
  return (
    <div role="presentation" className="px-2.5 pt-2 pb-1 font-medium text-ink-3 text-xs">
      {of.group}
    </div>
  )
}

interface OptionProps {
  readonly editor: Editor
  readonly action: InsertAction
  readonly isActive: boolean
}

function Option({ editor, action, isActive }: OptionProps) {
  const { icon: Icon, label, hint, shortcut } = action
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus and names it as its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys come from the text
    <div
      id={slashOptionId(action)}
      role="option"
      aria-selected={isActive}
      onMouseDown={keepFocus}
      onClick={() => takeSlash(editor, action)}
      className={classes(
        'flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2.5 py-1 text-s pointer-coarse:min-h-10',
        isActive ? 'bg-sunk' : 'hover:bg-sunk',
      )}
    >
      <span className="grid w-4 place-items-center text-ink-3">
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint ? (
        <span aria-hidden="true" className="font-code text-ink-3 text-xs">
          {hint}
        </span>
      ) : (
        shortcut && <span className="text-ink-3 text-xs">{shortcutText(shortcut, isMac())}</span>
      )}
    </div>
  )
}
