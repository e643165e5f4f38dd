import { Popover } from '@base-ui/react/popover'
import type { MenuParts } from '../shell/menu-button'
import { Button } from '../ui/button'
import type { SavedWords } from './saved-words'

export interface SavedReasonProps extends MenuParts {
  readonly words: SavedWords
  readonly onRetry: () => void
}

/** Why it is saved or not, and the next step. */
export function SavedReason({ anchor, onClose, words, onRetry }: SavedReasonProps) {
  return (
    <Popover.Root
      open={anchor !== null}
      onOpenChange={(next, { event }) => {
        // Pressing the sign again is the sign's own affair: closing here would have it open anew.
        const own = event.target instanceof Node && anchor?.contains(event.target)
        if (!next && !(own && event.type !== 'keydown')) onClose()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            finalFocus={() => anchor}
            className="w-72 rounded-m border border-line bg-raised p-3.5 text-ink text-s shadow-float outline-none"
          >
            <Popover.Title className="font-[620]">{words.label}</Popover.Title>
            <Popover.Description className="mt-1 text-ink-2">{words.reason}</Popover.Description>
            {words.canRetry && (
              <Button size="s" className="mt-3" onClick={onRetry}>
                Try now
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
