import type { ReactNode } from 'react'
import { Mark } from './brand'
import { DraftingGround } from './drafting-ground'

/** A page that says one thing: what happened, what is safe, what to do. */
export function NoticePage(props: {
  title: string
  children: ReactNode
  actions: ReactNode
  note?: ReactNode
}) {
  return (
    <main className="relative isolate grid min-h-dvh place-items-center px-5 py-10">
      <DraftingGround />
      <div className="w-full max-w-[460px]">
        <Mark size={34} />
        <h1 className="mt-5 font-[680] text-[1.625rem] leading-tight tracking-[-0.02em]">{props.title}</h1>
        <div className="mt-2.5 text-ink-2 text-l leading-normal">{props.children}</div>
        <div className="mt-6 flex flex-wrap gap-2">{props.actions}</div>
        {props.note && <p className="mt-6 text-ink-3 text-xs">{props.note}</p>}
      </div>
    </main>
  )
}
