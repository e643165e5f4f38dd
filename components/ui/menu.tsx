'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { classes } from './classes'

const itemClass =
  'flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2.5 py-1 text-s outline-none pointer-coarse:min-h-10 data-[disabled]:text-ink-4'

const popupClass =
  'min-w-44 max-w-80 rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'

const plainItem = 'text-ink data-[highlighted]:bg-sunk'

export interface MenuProps {
  /** The button that opens it; it must take a ref and spread props. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** A list of things to do, opened by a button; arrows, first letters, Enter and Escape work. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', open, onOpenChange }: MenuProps) {
  return (
    <Base.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next) => onOpenChange(next) } : {})}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className={popupClass}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface AnchoredMenuProps {
  /** The button beside which it opens and to which the focus returns; null: closed. */
  anchor: HTMLElement | null
  /** Told whose menu it was: by then another button may have asked for it. */
  onClose: (anchor: HTMLElement) => void
  /** Default: end. */
  align?: 'start' | 'center' | 'end'
  /** Asked when it has closed. False: what was chosen has the focus now. Default: the button gets it back. */
  givesFocusBack?: () => boolean
  children: ReactNode
}

/**
 * A menu without a button of its own: one for many rows, fetched when it is first wanted. The button says
 * `aria-haspopup="menu"` and `aria-expanded`, and closes what it opened when it is pressed again.
 */
export function AnchoredMenu(props: AnchoredMenuProps) {
  const { anchor, onClose, givesFocusBack, align = 'end', children } = props
  const popup = useRef<HTMLDivElement>(null)
  // While it fades away it stays where it was.
  const [last, setLast] = useState(anchor)
  if (anchor && anchor !== last) setLast(anchor)
  return (
    <Base.Root
      modal={false}
      open={anchor !== null}
      onOpenChange={(next, { event }) => {
        // Pressing the button again is the button's own affair: closing here would have it open anew.
        const own = event.target instanceof Node && anchor?.contains(event.target)
        if (!next && anchor && !(own && event.type !== 'keydown')) onClose(anchor)
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor ?? last}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Base.Popup
            className={popupClass}
            ref={popup}
            finalFocus={() => {
              const back = givesFocusBack?.() !== false
              // What was chosen may have the focus by now: a field that opened, a dialog.
              const { activeElement: now } = document
              const isElsewhere = now !== document.body && !popup.current?.contains(now)
              return back && !isElsewhere ? (anchor ?? last) : false
            }}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  icon?: ReactNode
  shortcut?: string
  disabled?: boolean
  /** It takes something away. */
  danger?: boolean
}

export function MenuItem({ children, onSelect, icon, shortcut, disabled = false, danger }: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={classes(itemClass, danger ? 'text-blocking data-[highlighted]:bg-blocking-soft' : plainItem)}
    >
      {icon && (
        <span className={classes('grid w-4 place-items-center', !danger && 'text-ink-3')}>{icon}</span>
      )}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut && <span className="text-xs text-ink-3">{shortcut}</span>}
    </Base.Item>
  )
}

/** An item that goes to an address; middle click and *open in a new tab* work. */
export function MenuLink({ children, href, icon }: { children: ReactNode; href: string; icon?: ReactNode }) {
  return (
    <Base.LinkItem href={href} closeOnClick className={classes(itemClass, plainItem)}>
      {icon && <span className="grid w-4 place-items-center text-ink-3">{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.LinkItem>
  )
}

/** One of several; the chosen one has a tick. */
export function MenuChoice<Value extends string>(props: {
  label: string
  value: Value
  options: readonly { value: Value; text: ReactNode; icon?: ReactNode }[]
  onChange: (value: Value) => void
}) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-3">
        {props.label}
      </Base.GroupLabel>
      <Base.RadioGroup value={props.value} onValueChange={(value) => props.onChange(value as Value)}>
        {props.options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick
            className={classes(itemClass, plainItem)}
          >
            {option.icon && <span className="grid w-4 place-items-center text-ink-3">{option.icon}</span>}
            <span className="min-w-0 flex-1">{option.text}</span>
            <Base.RadioItemIndicator>
              <Check size={15} className="text-accent" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

/** What is so, above what can be done about it. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <p className="max-w-72 break-words px-2.5 pt-1.5 pb-1 text-ink-3 text-xs">{children}</p>
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1.5 my-1 h-px bg-line-soft" />
}
