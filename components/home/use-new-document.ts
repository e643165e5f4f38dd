'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { newDocumentQuery } from '../shell/shell-commands'

/** Opens the window for a new document where the address asks for it, once: going back does not open it again. */
export function useNewDocument(open: () => void): void {
  const query = useSearchParams()
  const current = useRef(open)
  current.current = open
  const wanted = query.has(newDocumentQuery)
  useEffect(() => {
    if (!wanted) return
    const address = new URL(window.location.href)
    address.searchParams.delete(newDocumentQuery)
    window.history.replaceState(window.history.state, '', address)
    current.current()
  }, [wanted])
}
