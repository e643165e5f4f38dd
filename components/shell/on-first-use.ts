'use client'

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/**
 * Runs once, as soon as somebody touches the page: the time to fetch what a click may want.
 *
 * @returns what gives it up.
 */
export function onFirstUse(run: () => void): () => void {
  const stop = () => {
    for (const sign of signs) window.removeEventListener(sign, begin)
  }
  const begin = () => {
    stop()
    run()
  }
  for (const sign of signs) window.addEventListener(sign, begin, { passive: true })
  return stop
}
