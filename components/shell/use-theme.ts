'use client'

import { useSyncExternalStore } from 'react'
import { parseTheme, type Theme } from './theme'

function watch(tell: () => void): () => void {
  const observer = new MutationObserver(tell)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

const ofPage = (): Theme => parseTheme(document.documentElement.dataset.theme)

/** The theme that the page is in, whoever put it there. For what the server does not draw. */
export const useTheme = (): Theme => useSyncExternalStore(watch, ofPage, () => 'system')
