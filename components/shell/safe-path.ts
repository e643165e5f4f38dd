/** A path of this site that a sign-in may end on; anything else becomes the home page. */
export function safePath(to: string | undefined): string {
  if (!to?.startsWith('/') || to.startsWith('//') || /[\\\p{Cc}]/u.test(to)) return '/'
  return to
}
