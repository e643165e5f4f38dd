import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'

/** The way back from a page that another one leads to. */
export function BackLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a
      href={href}
      className="-ml-1.5 inline-flex max-w-full items-center gap-1.5 rounded-s px-1.5 py-1 text-ink-3 text-s hover:bg-sunk hover:text-ink"
    >
      <ArrowLeft size={15} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{children}</span>
    </a>
  )
}
