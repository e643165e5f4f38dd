/** How light the page is: as the system says, or as the person says on this device. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Written by the page, read by the server, so that the first paint already has the right theme. */
export const themeCookie = 'rationale-theme'

export const parseTheme = (value: string | undefined): Theme =>
  themes.find((theme) => theme === value) ?? 'system'

const yearSeconds = 365 * 24 * 60 * 60

/** Puts the page into a theme now and for the next year on this device. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and without https
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${theme === 'system' ? 0 : yearSeconds}; samesite=lax`
}
