/** Where the page's tooltip is. Times in milliseconds of one clock. */
export type TipState =
  | { readonly kind: 'none'; readonly closedAtMs: number }
  /** An element is pointed at; its words come when it is meant. */
  | { readonly kind: 'waiting'; readonly element: HTMLElement; readonly untilMs: number }
  | { readonly kind: 'shown'; readonly element: HTMLElement }
  /** The pointer has left, and may be on its way to the words. */
  | { readonly kind: 'leaving'; readonly element: HTMLElement; readonly untilMs: number }

export type TipEvent =
  /** The pointer is over it; null: over nothing that has words. */
  | { readonly kind: 'point'; readonly element: HTMLElement | null; readonly nowMs: number }
  /** The pointer is over the words themselves. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'focus'; readonly element: HTMLElement }
  | { readonly kind: 'time'; readonly nowMs: number }
  /** Something was pressed, scrolled or left. */
  | { readonly kind: 'end'; readonly nowMs: number }

const delayMs = 600
/** Whoever has just read one reads the next at once. */
const nextWithinMs = 400
const graceMs = 120

export function nextTip(state: TipState, event: TipEvent): TipState {
  switch (event.kind) {
    case 'focus':
      return { kind: 'shown', element: event.element }
    case 'end':
      return state.kind === 'none' ? state : { kind: 'none', closedAtMs: Number.NEGATIVE_INFINITY }
    case 'stay':
      return state.kind === 'leaving' ? { kind: 'shown', element: state.element } : state
    case 'time':
      if (state.kind === 'waiting' && event.nowMs >= state.untilMs) {
        return { kind: 'shown', element: state.element }
      }
      if (state.kind === 'leaving' && event.nowMs >= state.untilMs) {
        return { kind: 'none', closedAtMs: event.nowMs }
      }
      return state.kind === 'waiting' || state.kind === 'leaving' ? { ...state } : state
    case 'point':
      return pointed(state, event.element, event.nowMs)
  }
}

function pointed(state: TipState, element: HTMLElement | null, nowMs: number): TipState {
  const shown = state.kind === 'shown' || state.kind === 'leaving'
  if (element === null) {
    if (state.kind === 'shown') return { kind: 'leaving', element: state.element, untilMs: nowMs + graceMs }
    return state.kind === 'waiting' ? { kind: 'none', closedAtMs: Number.NEGATIVE_INFINITY } : state
  }
  if (state.kind !== 'none' && state.element === element) {
    return state.kind === 'leaving' ? { kind: 'shown', element } : state
  }
  if (shown || (state.kind === 'none' && nowMs - state.closedAtMs < nextWithinMs)) {
    return { kind: 'shown', element }
  }
  return { kind: 'waiting', element, untilMs: nowMs + delayMs }
}
