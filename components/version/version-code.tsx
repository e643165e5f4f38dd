'use client'

import { type HTMLAttributes, type ReactNode, useEffect, useRef } from 'react'
import { isDrawnLanguage } from '../../lib/content/nodes/drawn-language'
import { watchNearness } from '../editor/drawn/nearness'
import '../editor/code/code.css'

export interface VersionCodeProps extends HTMLAttributes<HTMLElement> {
  readonly language: string
  readonly note: ReactNode
  readonly children: ReactNode
}

/** Code that nobody changed: coloured, or drawn as what it says, as in the document (editor/code/code-view.ts). */
export function VersionCode({ language, note, children, ...given }: VersionCodeProps) {
  const block = useRef<HTMLDivElement>(null)
  const code = useRef<HTMLElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const isDrawn = isDrawnLanguage(language)
  useEffect(() => {
    const [dom, text, drawing] = [block.current, code.current, box.current]
    if (!dom || !text || !drawing) return
    let stop: (() => void) | undefined
    let isNear = false
    const forget = watchNearness(dom, isDrawn ? 'screen' : 'sight', async (now) => {
      isNear = now
      if (!isNear && !isDrawn) {
        stop?.()
        stop = undefined
      }
      if (!isNear || stop) return
      if (isDrawn) {
        const { startDrawing } = await import('../editor/drawn/drawing')
        if (!dom.isConnected || stop) return
        const started = startDrawing(dom, drawing, language)
        stop = started.stop
        started.show(text.textContent ?? '')
      } else {
        const { startColours } = await import('../editor/code/code-colours')
        if (isNear && dom.isConnected && !stop) stop = startColours(text, language)?.stop
      }
    })
    return () => {
      forget()
      stop?.()
    }
  }, [language, isDrawn])
  return (
    <div {...given} ref={block} className={isDrawn ? 'code-block is-drawn' : 'code-block'}>
      {note}
      <pre>
        <code ref={code}>{children}</code>
      </pre>
      <div ref={box} className="code-drawing" />
    </div>
  )
}
