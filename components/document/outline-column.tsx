import type { ReactNode } from 'react'

/** Beside the text where there is room. @param children null: there is nothing to show of this document. */
export function OutlineColumn({ children }: { readonly children: ReactNode }) {
  return (
    <nav
      aria-label="Outline"
      data-outline-column
      className="sticky top-[52px] h-[calc(100dvh-52px)] self-start overflow-y-auto overscroll-contain py-6 pr-2 pl-4 max-[1099px]:hidden print:hidden"
    >
      {children && (
        <>
          <h2 className="px-2 pb-2 font-[600] text-ink-3 text-xs">Outline</h2>
          {children}
        </>
      )}
    </nav>
  )
}
