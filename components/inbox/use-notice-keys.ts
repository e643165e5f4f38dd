import { useEffect } from 'react'

/** J and K walk through notices, E puts one away; nowhere where somebody writes. */
export function useNoticeKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return
      const target = event.target instanceof HTMLElement ? event.target : null
      if (target?.closest('input, textarea, select, [role="menu"], [role="dialog"]')) return
      const key = event.key.toLowerCase()
      if (key !== 'j' && key !== 'k' && key !== 'e') return
      const rows = [...document.querySelectorAll<HTMLElement>('[data-notice]')]
      const at = rows.findIndex((row) => row.contains(document.activeElement))
      event.preventDefault()
      if (key === 'e') {
        const next = linkOf(rows[at + 1] ?? rows[at - 1])
        rows[at]?.querySelector<HTMLElement>('[data-done]')?.click()
        if (at >= 0) next?.focus()
        return
      }
      const to = at < 0 ? 0 : Math.min(Math.max(at + (key === 'j' ? 1 : -1), 0), rows.length - 1)
      linkOf(rows[to])?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const linkOf = (row: HTMLElement | undefined): HTMLElement | null =>
  row?.querySelector<HTMLElement>('[data-row-link]') ?? null
