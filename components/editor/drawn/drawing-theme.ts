import type { DiagramColours } from '../../../lib/content/diagram'

const watching = new Set<() => void>()
let colours: DiagramColours | null = null

/** Tells when the page goes over to other colours. */
export function watchTheme(tell: () => void): () => void {
  if (watching.size === 0) watchPage()
  watching.add(tell)
  return () => watching.delete(tell)
}

let isWatched = false
function watchPage(): void {
  if (isWatched) return
  isWatched = true
  const changed = () => {
    colours = null
    for (const tell of watching) tell()
  }
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
}

/** The tokens that a diagram is drawn with, as numbers: it is drawn where ours are not. */
export function coloursOfPage(): DiagramColours {
  if (colours) return colours
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(--${token})`
    return getComputedStyle(probe).color
  }
  const paper = read('paper')
  colours = {
    paper,
    ink: read('ink'),
    line: read('line-strong'),
    soft: read('desk'),
    accent: read('accent'),
    accentSoft: read('accent-soft'),
    note: read('review-soft'),
    isDark: brightness(paper) < 128,
  }
  probe.remove()
  return colours
}

const brightness = (colour: string): number => {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return 0.299 * red + 0.587 * green + 0.114 * blue
}
