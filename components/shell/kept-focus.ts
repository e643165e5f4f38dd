/**
 * Remembers what has the focus and, where that is a text, the place of its caret. A text that is given the focus by
 * script has its caret at the very beginning until somebody puts it elsewhere, and an editor that looks at that moment
 * takes it for a wish.
 *
 * @returns what gives both back; false: it was nothing, or is gone.
 */
export function keptFocus(): () => boolean {
  const element = document.activeElement
  const selection = getSelection()
  // Alive: it goes along with what others change meanwhile.
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null
  return () => {
    if (!(element instanceof HTMLElement) || element === document.body || !element.isConnected) return false
    element.focus({ preventScroll: true })
    if (range && element.isContentEditable && element.contains(range.startContainer)) {
      selection?.removeAllRanges()
      selection?.addRange(range)
    }
    return true
  }
}
