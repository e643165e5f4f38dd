'use client'

import { type ComponentType, type ReactElement, type Ref, useEffect, useMemo, useRef, useState } from 'react'
import { lazyPart } from './lazy-part'
import { onFirstUse } from './on-first-use'

/** What a button says that opens a menu; spread on it. */
export interface MenuButtonParts {
  readonly ref: Ref<HTMLButtonElement>
  readonly 'aria-haspopup': 'menu'
  readonly 'aria-expanded': boolean
  readonly onClick: () => void
}

/** What its menu is told. */
export interface MenuParts {
  /** Where it opens; null: closed. */
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
}

export interface MenuButtonProps<Props extends object> {
  /** The items, in a file of their own; the same function each time. */
  readonly load: () => Promise<ComponentType<Props & MenuParts>>
  /** What they need besides. */
  readonly items: Props
  readonly children: (parts: MenuButtonParts) => ReactElement
}

/**
 * A button whose menu is fetched as soon as somebody touches the page, and drawn when it is first asked for: a page
 * has several, and most are never opened.
 */
export function MenuButton<Props extends object>({ load, items, children }: MenuButtonProps<Props>) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<boolean | null>(null)
  const Items = useMemo(() => lazyPart<Props & MenuParts>(load), [load])
  useEffect(() => onFirstUse(() => void load().catch(() => {})), [load])
  return (
    <>
      {children({
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open === true,
        onClick: () => setOpen(!open),
      })}
      {open !== null && (
        <Items {...items} anchor={open ? button.current : null} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
