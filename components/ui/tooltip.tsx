'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

export interface TooltipProps {
  /** A few words. Never the only place where something is said. */
  text: ReactNode
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** The element that it explains; it must take a ref and spread props. */
  children: ReactElement
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-72 items-center gap-2 rounded-s bg-ink px-2 py-1 text-xs text-paper shadow-float transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {text}
            {shortcut && <span className="opacity-75">{shortcut}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
