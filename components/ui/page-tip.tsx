'use client'

import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useState } from 'react'
import { nextTip, type TipEvent, type TipState } from './tip-state'

/**
 * The one tooltip of a page, for every element that carries `tip(…)`. A toolbar of thirty buttons costs nothing for it
 * until one of them is pointed at, and none of its code is fetched before somebody touches the page.
 *
 * It can be pointed at itself, and Escape takes it away (WCAG 2.2, 1.4.13).
 */
export function PageTip() {
  const [state, setState] = useState<TipState>({ kind: 'none', closedAtMs: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    const tell = (event: TipEvent) => setState((now) => nextTip(now, event))
    return listen(tell)
  }, [])
  useEffect(() => {
    if (state.kind !== 'waiting' && state.kind !== 'leaving') return
    const timer = setTimeout(
      () => setState((now) => nextTip(now, { kind: 'time', nowMs: performance.now() })),
      state.untilMs - performance.now(),
    )
    return () => clearTimeout(timer)
  }, [state])

  const shown = state.kind === 'shown' || state.kind === 'leaving' ? state.element : null
  const { tip = '', tipShortcut, tipSide } = shown?.dataset ?? {}
  return (
    <Tooltip.Root open={shown !== null}>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={shown}
          side={(tipSide as 'top' | undefined) ?? 'bottom'}
          sideOffset={6}
          className="z-50"
        >
          <Tooltip.Popup
            data-tip-popup
            className="flex max-w-72 items-center gap-2 rounded-s bg-ink px-2 py-1 text-paper text-xs shadow-float"
          >
            {tip}
            {tipShortcut && <span className="opacity-75">{tipShortcut}</span>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

function listen(tell: (event: TipEvent) => void): () => void {
  const over = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch') return
    const nowMs = performance.now()
    const within = target instanceof Element ? target : null
    if (within?.closest('[data-tip-popup]')) return tell({ kind: 'stay' })
    tell({ kind: 'point', element: within?.closest<HTMLElement>('[data-tip]') ?? null, nowMs })
  }
  const focus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target.dataset.tip === undefined) return
    if (target.matches(':focus-visible')) tell({ kind: 'focus', element: target })
  }
  const end = () => tell({ kind: 'end', nowMs: performance.now() })
  const key = ({ key: pressed }: KeyboardEvent) => {
    if (pressed === 'Escape') end()
  }
  const stops = [
    on('pointerover', over),
    on('pointerdown', end),
    on('focusin', focus),
    on('focusout', end),
    on('keydown', key),
    on('scroll', end),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function on<Name extends keyof DocumentEventMap>(
  name: Name,
  listener: (event: DocumentEventMap[Name]) => void,
): () => void {
  document.addEventListener(name, listener, { capture: true, passive: true })
  return () => document.removeEventListener(name, listener, { capture: true })
}
