import { Banner } from '../ui/banner'
import { Button } from '../ui/button'

/** @param onRestore null: this person may not. */
export function BinNotice({ onRestore }: { onRestore: (() => void) | null }) {
  return (
    <Banner
      kind="warning"
      title="This document is in the bin."
      actions={
        onRestore && (
          <Button size="s" onClick={onRestore}>
            Take it out
          </Button>
        )
      }
    >
      Nobody else sees it, and nobody can write in it.
    </Banner>
  )
}
