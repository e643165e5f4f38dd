import type { Page } from '@playwright/test'
import { body } from './document'

/** Selects words of one block, whatever is drawn over them. */
export async function selectWords(page: Page, words: string): Promise<void> {
  await body(page).evaluate((element, wanted) => {
    const block = [...element.querySelectorAll('p, li, td, h1, h2, h3')].find((one) =>
      one.textContent?.includes(wanted),
    )
    if (!block) throw new Error(`“${wanted}” is not there`)
    const at = block.textContent?.indexOf(wanted) ?? 0
    // No function with a name: the page has not what a compiler may put around one.
    const [from, to] = [at, at + wanted.length].map((offset): [Node, number] => {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
      let passed = 0
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { length } = node.textContent ?? ''
        if (offset <= passed + length) return [node, offset - passed]
        passed += length
      }
      throw new Error('no such place')
    })
    ;(element as HTMLElement).focus()
    if (from && to) getSelection()?.setBaseAndExtent(...from, ...to)
  }, words)
}
