'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { classes } from './classes'
import { IconButton } from './icon-button'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  children?: ReactNode
  /** Buttons at the foot, the primary one last. */
  actions?: ReactNode
  /** s is 400 px, m is 520 px, at most the screen. Default m. */
  width?: 's' | 'm'
  /** What has the focus first; default: the first field. */
  initialFocus?: RefObject<HTMLElement | null>
  /** True while closing would lose something that is under way. */
  locked?: boolean
}

/** A window above the page. Escape, the veil and the cross close it; the focus returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  actions,
  width = 'm',
  initialFocus,
  locked = false,
}: DialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (next || !locked) onOpenChange(next)
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-y-auto overscroll-contain px-3 py-[max(16px,10vh)] max-sm:items-end max-sm:py-3">
          <Base.Popup
            {...(initialFocus ? { initialFocus } : {})}
            className={classes(
              'relative flex w-full min-w-0 flex-col rounded-m border border-line bg-raised text-ink shadow-float outline-none',
              'transition-[opacity,translate] data-[ending-style]:translate-y-1 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-1 data-[starting-style]:opacity-0',
              width === 's' ? 'max-w-[400px]' : 'max-w-[520px]',
            )}
          >
            <header className="pt-[18px] pr-14 pl-5">
              <Base.Title className="break-words text-l font-[640] leading-snug tracking-[-0.01em]">
                {title}
              </Base.Title>
              {description && (
                <Base.Description className="mt-1 text-s text-ink-2">{description}</Base.Description>
              )}
            </header>
            <div className="min-w-0 px-5 pt-4 pb-5">{children}</div>
            {actions && (
              <footer className="flex flex-wrap justify-end gap-2 rounded-b-m border-t border-line-soft px-5 py-3.5">
                {actions}
              </footer>
            )}
            {/* Last in order: the first thing that the keyboard meets is what the window is for. */}
            <Base.Close
              disabled={locked}
              render={
                <IconButton label="Close" tooltip={false} className="absolute top-3 right-3">
                  <X size={17} />
                </IconButton>
              }
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
