'use client'

import { type ComponentType, type ReactElement, type Ref, useEffect, useMemo, useRef, useState } from 'react'
import { lazyPart } from './lazy-part'
import { onFirstUse } from './on-first-use'

/** What a button says that opens something; spread on it. */
interface MenuButtonParts {
  readonly ref: Ref<HTMLButtonElement>
  readonly 'aria-haspopup': 'menu' | 'dialog'
  readonly 'aria-expanded': boolean
  readonly onClick: () => void
}

/** What its menu or window is told. */
export interface MenuParts {
  /** Where it opens; null: closed. */
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
}

export interface MenuButtonProps<Props extends object> {
  /** Default: a menu. */
  readonly opens?: 'menu' | 'dialog'
  /** The items, or the window, in a file of their own; the same function each time. */
  readonly load: () => Promise<ComponentType<Props & MenuParts>>
  /** What they need besides. */
  readonly items: Props
  readonly children: (parts: MenuButtonParts) => ReactElement
}

/**
 * A button whose menu, or the window beside it, is fetched as soon as somebody touches the page and drawn when it is
 * first asked for: a page has several, and most are never opened. Whoever is offline by then has it all the same.
 */
export function MenuButton<Props extends object>(props: MenuButtonProps<Props>) {
  const { opens = 'menu', load, items, children } = props
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<boolean | null>(null)
  const Items = useMemo(() => lazyPart<Props & MenuParts>(load), [load])
  useEffect(() => onFirstUse(() => void load().catch(() => {})), [load])
  return (
    <>
      {children({
        ref: button,
        'aria-haspopup': opens,
        'aria-expanded': open === true,
        onClick: () => setOpen(!open),
      })}
      {open !== null && (
        <Items {...items} anchor={open ? button.current : null} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
