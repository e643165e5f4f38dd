/**
 * Who is near the part of the page that is seen: what is drawn beside the text (colours, diagrams) waits until
 * somebody comes there. One observer for all that have the same distance.
 */
const margins = { screen: '100% 0px', sight: '10% 0px' } as const

interface Watch {
  readonly watched: Map<Element, (isNear: boolean) => void>
  readonly observer: IntersectionObserver
}
const watches = new Map<keyof typeof margins, Watch>()

/**
 * Tells now, and at each change, whether the element is near what is seen: `screen`, by the height of the window, or
 * `sight`, as good as seen.
 */
export function watchNearness(
  element: Element,
  within: keyof typeof margins,
  tell: (isNear: boolean) => void,
): () => void {
  const { watched, observer } = watches.get(within) ?? begin(within)
  watched.set(element, tell)
  observer.observe(element)
  return () => {
    watched.delete(element)
    observer.unobserve(element)
  }
}

/** All of the page is to be seen, as on paper: everything is drawn that waits to be near the screen. */
export function comeNearAll(): void {
  for (const tell of watches.get('screen')?.watched.values() ?? []) tell(true)
}

function begin(within: keyof typeof margins): Watch {
  const watched: Watch['watched'] = new Map()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting)
    },
    { rootMargin: margins[within] },
  )
  const made = { watched, observer }
  watches.set(within, made)
  return made
}
