/** A menu or a card that something drawn in the text asks for, beside the element that was pressed. */
export type AskedPopup =
  | { readonly kind: 'callout' | 'decision' | 'decision-about'; readonly getPos: () => number | undefined }
  | { readonly kind: 'footnote'; readonly label: string }

export interface PopupRequest {
  readonly asked: AskedPopup
  readonly button: HTMLElement
}

const eventName = 'rationale-popup'

/** Asks whoever listens at the text. While somebody suggests, nothing in the text itself can be changed. */
export function askForPopup(button: HTMLElement, asked: AskedPopup): void {
  if (asked.kind !== 'footnote' && button.closest('[data-suggesting]')) return
  button.dispatchEvent(new CustomEvent<PopupRequest>(eventName, { bubbles: true, detail: { asked, button } }))
}

/** @returns ends it. */
export function onPopupAsked(element: HTMLElement, listener: (request: PopupRequest) => void): () => void {
  const hear = (event: Event) => {
    if (event instanceof CustomEvent) listener(event.detail as PopupRequest)
  }
  element.addEventListener(eventName, hear)
  return () => element.removeEventListener(eventName, hear)
}
