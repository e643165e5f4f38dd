/** In hundredths of the measure. */
const [least, most, step] = [10, 100, 5]

export interface ResizeActs {
  /** The width that is shown now, in hundredths of the measure. */
  readonly shown: () => number
  /** How wide the measure is, and where the image begins, in CSS pixels. */
  readonly measure: () => { left: number; width: number }
  /** Shows a width; nothing is written. */
  readonly onShow: (hundredths: number) => void
  /** Writes it, once at the end; null: as wide as it is. */
  readonly onResize: (hundredths: number | null) => void
}

/** The handle at an image's right side: dragged, or moved by the arrow keys. */
export function resizeHandle(acts: ResizeActs): HTMLElement {
  const handle = document.createElement('button')
  handle.type = 'button'
  handle.className = 'image-handle'
  handle.role = 'slider'
  handle.ariaLabel = 'Width of the image'
  handle.ariaValueMin = String(least)
  handle.ariaValueMax = String(most)
  let shown: number | null = null
  const say = (hundredths: number) => {
    handle.ariaValueNow = String(hundredths)
    handle.ariaValueText = `${hundredths} % of the text's width`
  }
  const show = (hundredths: number) => {
    shown = Math.max(least, Math.min(most, Math.round(hundredths)))
    say(shown)
    acts.onShow(shown)
  }
  const write = () => {
    if (shown !== null) acts.onResize(shown)
    shown = null
  }
  say(acts.shown())
  handle.addEventListener('focus', () => say(acts.shown()))

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    handle.setPointerCapture(event.pointerId)
  })
  handle.addEventListener('pointermove', (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return
    const { left, width } = acts.measure()
    const hundredths = ((event.clientX - left) / width) * 100
    // The full measure is easily hit.
    show(hundredths > most - 3 ? most : hundredths)
  })
  handle.addEventListener('pointerup', write)
  handle.addEventListener('pointercancel', () => {
    shown = null
    acts.onShow(acts.shown())
  })
  handle.addEventListener('dblclick', () => acts.onResize(null))

  handle.addEventListener('keydown', (event) => {
    const now = shown ?? acts.shown()
    const moves: Record<string, number> = {
      ArrowLeft: now - step,
      ArrowDown: now - step,
      ArrowRight: now + step,
      ArrowUp: now + step,
      Home: least,
      End: most,
    }
    const next = moves[event.key]
    if (next === undefined) return
    event.preventDefault()
    show(next)
  })
  // However long the key was held.
  handle.addEventListener('keyup', write)
  handle.addEventListener('blur', write)
  return handle
}
