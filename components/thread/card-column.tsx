import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { placeCards } from './card-layout'

export interface Card {
  readonly id: string
  /** Where its words begin, in px from the top of the column. */
  readonly top: number
  readonly content: ReactNode
}

const gap = 8
/** A card that was never measured: three lines and a name. */
const guessPx = 96
/** Cards further away than this from what is seen are not drawn. */
const marginPx = 1_200

/** Cards level with their words. Heights are measured; only those near the window are in the page. */
export function CardColumn({
  cards,
  activeId,
}: {
  readonly cards: readonly Card[]
  readonly activeId: string | null
}) {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map())
  const column = useRef<HTMLDivElement>(null)
  const seen = useWindowSlice(column)
  const observer = useRef<ResizeObserver | null>(null)
  useEffect(() => {
    observer.current = new ResizeObserver((entries) => {
      setHeights((before) => {
        const next = new Map(before)
        for (const { target } of entries) {
          const { cardId } = (target as HTMLElement).dataset
          if (cardId) next.set(cardId, Math.round((target as HTMLElement).offsetHeight))
        }
        return next
      })
    })
    for (const child of column.current?.children ?? []) observer.current.observe(child)
    return () => observer.current?.disconnect()
  }, [])

  const tops = placeCards(
    cards.map(({ id, top }) => ({ id, top, height: heights.get(id) ?? guessPx })),
    { active: activeId, gap },
  )
  return (
    <div ref={column} className="relative h-full">
      {cards.map(({ id, content }) => {
        const top = tops.get(id) ?? 0
        if (id !== activeId && (top > seen.bottom + marginPx || top < seen.top - marginPx)) return null
        return (
          <Placed key={id} id={id} top={top} observer={observer}>
            {content}
          </Placed>
        )
      })}
    </div>
  )
}

function Placed(props: {
  readonly id: string
  readonly top: number
  readonly observer: { readonly current: ResizeObserver | null }
  readonly children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const { observer } = props
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    observer.current?.observe(element)
    return () => observer.current?.unobserve(element)
  }, [observer])
  return (
    <div
      ref={box}
      data-card-id={props.id}
      className="absolute inset-x-0 transition-[top] duration-150 motion-reduce:transition-none"
      style={{ top: props.top }}
    >
      {props.children}
    </div>
  )
}

/** What of the column can be seen, in px from its top; told in coarse steps, so that scrolling draws little. */
function useWindowSlice(column: { readonly current: HTMLElement | null }): { top: number; bottom: number } {
  const [slice, setSlice] = useState({ top: 0, bottom: 2_000 })
  useEffect(() => {
    const step = 400
    let frame = 0
    const look = () => {
      frame = 0
      const origin = column.current?.getBoundingClientRect().top ?? 0
      const top = Math.floor(-origin / step) * step
      const bottom = top + window.innerHeight + step
      setSlice((before) => (before.top === top && before.bottom === bottom ? before : { top, bottom }))
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    window.addEventListener('scroll', later, { passive: true })
    window.addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', later)
      window.removeEventListener('resize', later)
    }
  }, [column])
  return slice
}
