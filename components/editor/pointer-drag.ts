/** How far the pointer goes before it drags, in CSS pixels. */
const slack = 4

export interface PointerDrag {
  /** The pointer is elsewhere, in the window's coordinates. Called first when it has gone far enough. */
  readonly onMove: (x: number, y: number) => void
  /** It was lifted. @param moved false: it never went far enough, and this was a click. */
  readonly onEnd: (moved: boolean) => void
  /** Escape, or the system took the pointer away: everything stays as it was. */
  readonly onCancel: () => void
}

/** Follows a pressed pointer until it is lifted. */
export function followPointer(start: { clientX: number; clientY: number }, drag: PointerDrag): void {
  let moved = false
  const stop = new AbortController()
  const { signal } = stop
  const cancel = () => {
    stop.abort()
    drag.onCancel()
  }
  const move = ({ clientX, clientY }: PointerEvent) => {
    moved ||= Math.hypot(clientX - start.clientX, clientY - start.clientY) >= slack
    if (moved) drag.onMove(clientX, clientY)
  }
  const lift = () => {
    stop.abort()
    drag.onEnd(moved)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    cancel()
  }
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', lift, { signal })
  window.addEventListener('pointercancel', cancel, { signal })
  window.addEventListener('keydown', key, { signal, capture: true })
}
