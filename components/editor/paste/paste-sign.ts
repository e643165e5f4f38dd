import { buttonClass } from '../../ui/button-class'

/** Longer than this, a person is told that something goes on. In milliseconds. */
const soonMs = 400

/** Says how far something long has come, and lets it be cancelled. */
export class PasteSign {
  readonly #startMs = performance.now()
  readonly #dom = document.createElement('div')
  readonly #words = document.createElement('span')
  #isCancelled = false

  constructor() {
    this.#dom.className =
      'fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1 pl-3 text-ink-2 text-s shadow-float max-[760px]:bottom-16 print:hidden'
    const cancel = document.createElement('button')
    cancel.type = 'button'
    cancel.className = buttonClass('quiet', 's')
    cancel.textContent = 'Cancel'
    cancel.addEventListener('click', () => {
      this.#isCancelled = true
    })
    // Named once, not with each step: a screen reader would read every one of them.
    this.#dom.setAttribute('role', 'group')
    this.#dom.setAttribute('aria-label', 'Pasting')
    this.#words.className = 'tabular-nums'
    this.#dom.append(this.#words, cancel)
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** @param share from 0 to 1. */
  show(share: number): void {
    this.#words.textContent = `Pasting, ${Math.floor(share * 100)} %`
    if (!this.#dom.isConnected && performance.now() - this.#startMs > soonMs) document.body.append(this.#dom)
  }

  remove(): void {
    this.#dom.remove()
  }
}
