import type { ReactNode } from 'react'

/** Where there is nothing: what would be here, and the first step. */
export function Empty({
  title,
  children,
  actions,
}: {
  title: string
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <section className="flex flex-col items-center rounded-m border border-line border-dashed px-6 py-12 text-center">
      <h2 className="font-[620] text-l">{title}</h2>
      <p className="mt-1.5 max-w-[52ch] text-balance text-ink-2">{children}</p>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </section>
  )
}
