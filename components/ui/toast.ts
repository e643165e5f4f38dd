export interface ToastInput {
  /** One sentence. */
  text: string
  /** Errors are announced at once and stay until closed. Default info. */
  kind?: 'info' | 'error'
  /** One thing to do about it, for example Undo. */
  action?: { text: string; run: () => void }
}

type Show = (input: ToastInput) => void

const waiting: ToastInput[] = []
let show: Show = (input) => {
  waiting.push(input)
}

/** Says in passing that something has happened. What must not be missed belongs in a banner. */
export const toast: Show = (input) => show(input)

/** Called by the toaster, which is fetched after the page: what was said before it came is shown then. */
export function connectToaster(toaster: Show): void {
  show = toaster
  for (const input of waiting.splice(0)) toaster(input)
}
