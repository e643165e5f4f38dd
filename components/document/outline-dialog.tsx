import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { IconButton } from '../ui/icon-button'
import { OutlinePanel, type OutlinePanelProps } from './outline-panel'

export interface OutlineDialogProps extends OutlinePanelProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  /** Gets the focus back. */
  readonly button: HTMLElement | null
}

/** The outline over the page. */
export function OutlineDialog({ open, onOpen, button, ...props }: OutlineDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup
          finalFocus={() => button}
          className="fixed inset-y-0 left-0 z-40 flex w-[min(340px,88vw)] flex-col border-line border-r bg-desk shadow-float outline-none transition-[translate] data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full"
        >
          <div className="flex h-[52px] shrink-0 items-center justify-between pr-2 pl-6">
            <Dialog.Title className="font-[600] text-ink-2 text-s">Outline</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close" tooltip={false}>
                  <X size={17} aria-hidden="true" />
                </IconButton>
              }
            />
          </div>
          <nav aria-label="Outline" className="min-h-0 flex-1 overflow-y-auto px-4 pb-6">
            <OutlinePanel
              {...props}
              onGo={(id) => {
                onOpen(false)
                // After the sheet has given the focus back, which would scroll the page to its button.
                requestAnimationFrame(() => props.onGo(id))
              }}
            />
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
