'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { isMac, isShortcut } from '../ui/shortcut'
import { type CommandWindow, commandsNow, connectCommands } from './commands'
import { keptFocus } from './kept-focus'
import { lazyPart } from './lazy-part'
import { onFirstUse } from './on-first-use'
import { useShellCommands } from './shell-commands'

const loadPalette = () => import('./palette')
const loadShortcuts = () => import('./shortcuts')
const Palette = lazyPart(() => loadPalette().then((part) => part.Palette))
const Shortcuts = lazyPart(() => loadShortcuts().then((part) => part.Shortcuts))

/** Hears the keys that commands have on every page, and opens the list of them. */
export function CommandKeys() {
  useShellCommands()
  const [open, setOpen] = useState<CommandWindow | null>(null)
  const [ever, setEver] = useState<ReadonlySet<CommandWindow>>(new Set())
  const giveBack = useRef<() => boolean>(() => false)
  const show = useCallback((which: CommandWindow) => {
    giveBack.current = keptFocus()
    setOpen(which)
    setEver((before) => new Set([...before, which]))
  }, [])
  useEffect(() => onFirstUse(() => void loadPalette().catch(() => {})), [])
  useEffect(() => connectCommands(show), [show])
  useEffect(() => {
    // Before the editor, which has keys of its own.
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const which = wantedWindow(event)
      if (which) {
        event.preventDefault()
        event.stopPropagation()
        show(which)
        return
      }
      if (!(event.metaKey || event.ctrlKey || event.altKey) || isWithin(event.target, elsewhere)) return
      const command = commandsNow().find(
        ({ heard, shortcut }) => heard && shortcut && isShortcut(shortcut, event, isMac()),
      )
      if (!command?.run) return
      event.preventDefault()
      event.stopPropagation()
      command.run()
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [show])
  const windowProps = (which: CommandWindow) => ({
    open: open === which,
    onOpenChange: (next: boolean) => setOpen(next ? which : null),
  })
  return (
    <>
      {ever.has('palette') && (
        <Palette {...windowProps('palette')} giveFocusBack={() => giveBack.current()} />
      )}
      {ever.has('shortcuts') && <Shortcuts {...windowProps('shortcuts')} />}
    </>
  )
}

/** Where keys are somebody else's: in windows and menus, and in what says that it hears its own. */
const elsewhere = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-own-keys]'

function wantedWindow(event: KeyboardEvent): CommandWindow | null {
  if (isWithin(event.target, '[role="dialog"], [role="alertdialog"]')) return null
  if (isShortcut('Mod-k', event, isMac())) return 'palette'
  const plain = !(event.metaKey || event.ctrlKey || event.altKey)
  return plain && event.key === '?' && !isTyped(event.target) ? 'shortcuts' : null
}

const isWithin = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null

/** True where a question mark is a question mark. */
function isTyped(target: EventTarget | null): boolean {
  if (isWithin(target, 'input, textarea, select, [role="menu"]')) return true
  const text = target instanceof Element ? target.closest('[contenteditable="true"]') : null
  return text !== null && (!text.hasAttribute('data-reading') || text.hasAttribute('data-suggesting'))
}
