import { isFollowable } from '../../../lib/content/link-address'

/** What stands for an image that is kept elsewhere: asking for it would tell a stranger who reads what. */
export function keptElsewhere(address: string, alt: string | null): HTMLElement {
  const said = document.createElement('p')
  const place = document.createElement(isFollowable(address) ? 'a' : 'code')
  place.textContent = address
  if (place instanceof HTMLAnchorElement) {
    place.href = address
    place.target = '_blank'
    place.rel = 'noopener noreferrer nofollow'
  }
  said.append(alt ? `${alt} · ` : '', 'Image elsewhere: ', place)
  return box(said)
}

/** What stands for one of ours that does not come. */
export function notShown(alt: string | null, onRetry: () => void): HTMLElement {
  const said = document.createElement('p')
  said.textContent = `${alt ? `${alt} · ` : ''}This image cannot be shown: you are offline, it is gone, or it is in a document that you may not read.`
  const again = document.createElement('button')
  again.type = 'button'
  again.textContent = 'Try again'
  again.addEventListener('click', onRetry)
  return box(said, again)
}

function box(...parts: HTMLElement[]): HTMLElement {
  const element = document.createElement('div')
  element.className = 'image-missing'
  element.append(...parts)
  return element
}
