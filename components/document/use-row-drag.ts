import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'

/** How far the pointer goes before it drags, in px. */
const slack = 5

export interface RowDrag {
  /** The row that is being dragged; null: none. */
  readonly dragged: string | null
  /** The row before which it would be put; `end`: behind the last; null: nowhere. */
  readonly before: string | 'end' | null
  readonly onPointerDown: (event: PointerEvent, id: string) => void
  /** A drag that ends on its row is no click: asked by the row's click, once. */
  readonly wasDrag: () => boolean
}

interface Under {
  readonly id: string
  readonly startY: number
}

/**
 * Drags rows of a list by mouse; a finger scrolls instead. Rows carry `data-row` with their id.
 *
 * @param onMove `before` null: behind the last. Null: rows stay where they are.
 */
export function useRowDrag(
  list: { readonly current: HTMLElement | null },
  onMove: ((id: string, before: string | null) => void) | null,
): RowDrag {
  const [under, setUnder] = useState<Under | null>(null)
  const [state, setState] = useState<{ dragged: string; before: string | 'end' | null } | null>(null)
  const justDragged = useRef(false)

  const placeAt = useCallback(
    (y: number): string | 'end' | null => {
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      const next = rows.find((row) => {
        const { top, height } = row.getBoundingClientRect()
        return y < top + height / 2
      })
      return rows.length === 0 ? null : (next?.dataset.row ?? 'end')
    },
    [list],
  )

  useEffect(() => {
    if (!under || !onMove) return
    let now: { dragged: string; before: string | 'end' | null } | null = null
    const move = (event: globalThis.PointerEvent) => {
      if (!now && Math.abs(event.clientY - under.startY) < slack) return
      now = { dragged: under.id, before: placeAt(event.clientY) }
      setState(now)
    }
    const stop = () => {
      setUnder(null)
      setState(null)
    }
    const drop = () => {
      if (now?.before) {
        justDragged.current = true
        onMove(now.dragged, now.before === 'end' ? null : now.before)
      }
      stop()
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', key)
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', stop)
      window.removeEventListener('keydown', key)
    }
  }, [under, onMove, placeAt])

  return {
    dragged: state?.dragged ?? null,
    before: state?.before ?? null,
    onPointerDown(event, id) {
      justDragged.current = false
      if (onMove && event.pointerType === 'mouse' && event.button === 0) {
        setUnder({ id, startY: event.clientY })
      }
    },
    wasDrag() {
      const was = justDragged.current
      justDragged.current = false
      return was
    },
  }
}
