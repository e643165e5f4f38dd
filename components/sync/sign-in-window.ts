/** Opens the small window in which somebody signs in again; the page behind it keeps what was typed. */
export function openSignInWindow(): void {
  const [width, height] = [480, 680]
  const left = Math.max(0, window.screenX + (window.outerWidth - width) / 2)
  const top = Math.max(0, window.screenY + (window.outerHeight - height) / 2)
  // Where windows are forbidden it becomes a tab; its last page tells this one all the same.
  window.open(
    '/sign-in?window=1',
    'rationale-sign-in',
    `popup,width=${width},height=${height},left=${left},top=${top}`,
  )
}
