'use client'

import { useEffect, useRef, useState } from 'react'
import '../editor/code/code.css'

/** A formula that nobody changed, drawn as in the document; its source until then, and where it cannot be. */
export function VersionFormula({ source }: { readonly source: string }) {
  const place = useRef<HTMLSpanElement>(null)
  const [reason, setReason] = useState<string | null>('It is not drawn yet.')
  useEffect(() => {
    let isGone = false
    void import('../editor/drawn/formula-drawing').then(({ drawFormula }) => {
      const drawn = drawFormula(source, false)
      if (isGone || !place.current) return
      if (drawn.is === 'drawn' && 'formula' in drawn) {
        place.current.replaceChildren(drawn.formula)
        setReason(null)
      } else if (drawn.is !== 'drawn') setReason(drawn.message)
    })
    return () => {
      isGone = true
    }
  }, [source])
  return (
    <span className={reason === null ? 'formula' : 'formula is-source'}>
      <span ref={place} className="formula-drawn" />
      <span className="formula-source" title={reason ?? undefined}>
        {source}
      </span>
    </span>
  )
}
