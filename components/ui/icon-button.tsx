'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { iconButtonClass } from './icon-button-class'
import { Spinner } from './spinner'
import { tip } from './tip'

export interface IconButtonProps extends Omit<BaseButton.Props, 'className' | 'children'> {
  /** What it does: its accessible name and, on hover and focus, its tooltip. */
  label: string
  /** An icon of 16 to 18 px. */
  children: ReactNode
  /** Shortcut shown in the tooltip, for example `⌘B`. */
  shortcut?: string
  /** s is 28 px, m is 34 px. Default m. */
  size?: 's' | 'm'
  /** It is switched on. */
  pressed?: boolean
  /** Work is under way: a spinner in place of the icon, no click taken. */
  busy?: boolean
  /** False where a popup of the button's own would meet the tooltip. Default true. */
  tooltip?: boolean
  className?: string
}

export function IconButton({
  label,
  children,
  shortcut,
  size = 'm',
  pressed,
  busy = false,
  tooltip = true,
  disabled,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <BaseButton
      type="button"
      {...(tooltip ? tip({ text: label, shortcut }) : {})}
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      className={classes(iconButtonClass(size), className)}
    >
      {busy ? <Spinner /> : children}
    </BaseButton>
  )
}
