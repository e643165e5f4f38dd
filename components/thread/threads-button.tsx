import { MessageSquare } from 'lucide-react'
import { Button } from '../ui/button'
import type { Talk } from './use-talk'

/** On narrow screens: the threads behind a button, once there are any. */
export function ThreadsButton({ talk }: { readonly talk: Talk }) {
  const { threads, desk } = talk
  if (desk.wide || threads.list.length === 0) return null
  const open = threads.list.filter((thread) => thread.state === 'open').length
  return (
    <Button
      size="s"
      look="quiet"
      data-threads-button
      aria-label={`Threads, ${open} open`}
      aria-expanded={desk.sheet}
      onClick={() => desk.setSheet(!desk.sheet)}
    >
      <MessageSquare size={16} aria-hidden="true" />
      {open}
    </Button>
  )
}

/** For what it led to, when that goes away. */
export function focusThreadsButton(): void {
  document.querySelector<HTMLElement>('[data-threads-button]')?.focus({ preventScroll: true })
}
