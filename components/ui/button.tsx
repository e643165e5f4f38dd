'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ReactNode } from 'react'
import { type ButtonLook, type ButtonSize, buttonClass } from './button-class'
import { classes } from './classes'
import { Spinner } from './spinner'

export interface ButtonProps extends Omit<BaseButton.Props, 'className'> {
  /** Default: secondary. One primary to a screen. */
  look?: ButtonLook
  /** Height: m is 34 px, s is 28 px. Default m. */
  size?: ButtonSize
  /** Work is under way: shows a spinner, takes no click, keeps the focus. */
  busy?: boolean
  className?: string
  children?: ReactNode
}

export function Button({ look, size, busy = false, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      type="button"
      {...rest}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={classes(buttonClass(look, size), className)}
    >
      {busy && <Spinner />}
      {children}
    </BaseButton>
  )
}
