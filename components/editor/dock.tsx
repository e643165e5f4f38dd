import { type ReactNode, useEffect, useRef } from 'react'

/** The foot of a phone's screen, above its keyboard. A sheet stands on it: `--dock` is how high it reaches, in px. */
export function Dock({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { style } = document.documentElement
    const sizes = new ResizeObserver(() => style.setProperty('--dock', `${box.current?.offsetHeight ?? 0}px`))
    if (box.current) sizes.observe(box.current)
    return () => {
      sizes.disconnect()
      style.removeProperty('--dock')
    }
  }, [])
  // Safari does not shrink the page for its keyboard: lift the bar by what the keyboard covers.
  useEffect(() => {
    const visible = window.visualViewport
    if (!visible) return
    const lift = () => {
      const covered = window.innerHeight - visible.height - visible.offsetTop
      if (box.current) box.current.style.bottom = `${Math.max(0, Math.round(covered))}px`
    }
    lift()
    visible.addEventListener('resize', lift)
    visible.addEventListener('scroll', lift)
    return () => {
      visible.removeEventListener('resize', lift)
      visible.removeEventListener('scroll', lift)
    }
  }, [])
  return (
    <div
      ref={box}
      className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-raised pb-[env(safe-area-inset-bottom)]"
    >
      {children}
    </div>
  )
}
