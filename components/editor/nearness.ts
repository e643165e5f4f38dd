/**
 * Who is near the part of the page that is seen: what is drawn beside the text (colours, diagrams) waits until
 * somebody comes there. One observer for all of them.
 */
const watched = new Map<Element, (isNear: boolean) => void>()
let observer: IntersectionObserver | null = null

/** Tells now, and at each change, whether the element is within a screen's height of what is seen. */
export function watchNearness(element: Element, tell: (isNear: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting)
    },
    { rootMargin: '100% 0px' },
  )
  watched.set(element, tell)
  observer.observe(element)
  return () => {
    watched.delete(element)
    observer?.unobserve(element)
  }
}
