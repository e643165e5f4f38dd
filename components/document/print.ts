'use client'

import { Printer } from 'lucide-react'
import { useCommands } from '../shell/commands'
import { toast } from '../ui/toast'
import './print.css'

/** Offers printing, which the browser's own key asks for as well. */
export function usePrinting(): void {
  useCommands({
    now: () => [
      {
        id: 'print',
        group: 'Document',
        label: 'Print',
        words: 'paper pdf save',
        shortcut: 'Mod-p',
        heard: true,
        icon: Printer,
        run: () => void printText(),
      },
    ],
  })
}

/** What is not drawn by then is printed as its source. In ms: five diagrams without an end. */
const patienceMs = 15_000
/** Whoever waits for longer is told what for, in ms. */
const silentMs = 400

let isWaiting = false

/** Diagrams, formulas and pictures that nobody has come near are not drawn yet: on paper all of them are. */
async function printText(): Promise<void> {
  if (isWaiting) return
  const text = document.querySelector('.tiptap.body')
  if (text && undrawnIn(text).length > 0) {
    isWaiting = true
    try {
      const { comeNearAll } = await import('../editor/drawn/nearness')
      comeNearAll()
      for (const picture of text.querySelectorAll('img')) picture.loading = 'eager'
      await until(() => !text.isConnected || undrawnIn(text).length === 0)
    } finally {
      isWaiting = false
    }
    // Another page is shown by now.
    if (!text.isConnected) return
  }
  window.print()
}

function undrawnIn(text: Element): Element[] {
  const drawings = text.querySelectorAll('.code-block.is-drawn > .code-drawing')
  const formulas = text.querySelectorAll('.formula:not(.is-broken) > .formula-drawn:empty')
  return [
    ...[...drawings].filter((box) => !box.querySelector('.code-picture > *, .code-error:not(:empty)')),
    ...[...formulas].filter(({ nextElementSibling }) => nextElementSibling?.textContent !== ''),
    ...[...text.querySelectorAll('img')].filter(({ complete }) => !complete),
  ]
}

/** Looks once a frame. Ends after `patienceMs`, and when the person does not want to wait. */
function until(isSo: () => boolean): Promise<void> {
  const begun = performance.now()
  let isTold = false
  let isEnough = false
  return new Promise((resolve) => {
    const look = () => {
      const passedMs = performance.now() - begun
      if (isSo() || isEnough || passedMs > patienceMs) return resolve()
      if (passedMs > silentMs && !isTold) {
        isTold = true
        const enough = () => {
          isEnough = true
        }
        toast({ text: 'Drawing the diagrams for paper…', action: { text: 'Print now', run: enough } })
      }
      requestAnimationFrame(look)
    }
    look()
  })
}
