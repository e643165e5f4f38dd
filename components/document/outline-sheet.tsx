import { ListTree } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { lazyPart } from '../shell/lazy-part'
import { onFirstUse } from '../shell/on-first-use'
import { IconButton } from '../ui/icon-button'
import type { OutlinePanelProps } from './outline-panel'

const load = () => import('./outline-dialog').then((part) => part.OutlineDialog)
const OutlineDialog = lazyPart(load)

/** On narrow screens: the outline behind a button. */
export function OutlineSheet(props: OutlinePanelProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<boolean | null>(null)
  useEffect(() => onFirstUse(() => void load().catch(() => {})), [])
  return (
    <>
      <IconButton
        ref={button}
        label="Outline"
        aria-haspopup="dialog"
        aria-expanded={open === true}
        className="min-[1100px]:hidden"
        onClick={() => setOpen(true)}
      >
        <ListTree size={18} aria-hidden="true" />
      </IconButton>
      {open !== null && <OutlineDialog {...props} open={open} onOpen={setOpen} button={button.current} />}
    </>
  )
}
