import type { ReactNode } from 'react'
import { Mark } from './brand'

/** The bar above every page but the document's. */
export function TopBar({ children }: { children?: ReactNode }) {
  return (
    <header className="mx-auto flex h-14 max-w-[1180px] items-center gap-3 px-4 sm:px-6">
      <a
        href="/"
        className="-ml-1 flex items-center gap-2 rounded-s px-1 py-1 font-[680] text-[1.0625rem] tracking-[-0.02em]"
      >
        <Mark />
        <span className="max-sm:sr-only">Rationale</span>
      </a>
      {children}
    </header>
  )
}
