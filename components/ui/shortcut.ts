/** True where commands are given with ⌘. */
export const isMac = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform)

const named: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** `⌘B` or `Ctrl+B`. @param shortcut in Tiptap's form: `Mod-Shift-b`. */
export function shortcutText(shortcut: string, mac: boolean): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+')
}

/** The keys one by one, as they are written on the person's keyboard. */
export function shortcutKeys(shortcut: string, mac: boolean): string[] {
  const names: Record<string, string> = mac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
    : { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' }
  return partsOf(shortcut).map(
    (key) => names[key] ?? named[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  )
}

/** `Mod--` is the key `-` with Mod. */
const partsOf = (shortcut: string): string[] => shortcut.split(/-(?!$)/)

/** True where these keys were pressed, and no others with them. */
export function isShortcut(
  shortcut: string,
  event: Pick<KeyboardEvent, 'key' | 'code' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>,
  mac: boolean,
): boolean {
  const parts = partsOf(shortcut)
  const key = (parts.pop() ?? '').toLowerCase()
  const [command, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey]
  if (command !== parts.includes('Mod') || other) return false
  if (event.altKey !== parts.includes('Alt')) return false
  if (event.key.toLowerCase() === key) return event.shiftKey === parts.includes('Shift') || !/[a-z]/.test(key)
  // With Alt, or in another script, the key says another letter than the one it is known by.
  const isOther = event.altKey || (event.key.codePointAt(0) ?? 0) > 0x7f
  return isOther && event.shiftKey === parts.includes('Shift') && event.code === `Key${key.toUpperCase()}`
}
