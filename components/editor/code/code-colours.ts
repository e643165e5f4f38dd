import { createLowlight } from 'lowlight'
import { hasGrammar, loadGrammar } from './code-grammars'
import { knownLanguage } from './code-names'
import { movedTokens, type Token, type TokenKind, tokensOf } from './code-tokens'

/** A longer block is read anew when typing rests, not with each key. In UTF-16 code units. */
const atOnceLength = 4_000
/** A longer one stays black. */
const longest = 20_000
const restMs = 300

/**
 * Colours code by the browser's own highlights (CSS Custom Highlight API), not by elements or decorations: nothing is
 * put into the text, so that nothing is laid out anew and an input method is not disturbed. Chromium paints all of a
 * page's highlights anew with each change of the page, whence only blocks that are seen have any. Browsers
 * without it (Firefox before 140) show code in one colour.
 */
export interface CodeColours {
  readonly stop: () => void
}

const lowlight = createLowlight()

export function startColours(code: HTMLElement, given: string): CodeColours | null {
  const language = knownLanguage(given)
  if (!('highlights' in CSS) || !hasGrammar(language)) return null
  let text = ''
  let tokens: readonly Token[] = []
  let ranges: readonly Painted[] = []
  let isStopped = false
  let rest: ReturnType<typeof setTimeout> | undefined

  const paint = () => {
    for (const { kind, range } of ranges) highlightOf(kind).delete(range)
    ranges = rangesOf(code, tokens)
    for (const { kind, range } of ranges) highlightOf(kind).add(range)
  }
  const read = () => {
    tokens = text.length > longest ? [] : tokensOf(lowlight.highlight(language, text))
    paint()
  }
  const look = () => {
    clearTimeout(rest)
    const now = textOf(code)
    const [before, isFirst] = [text, text === '']
    text = now
    if (now.length <= atOnceLength || isFirst || now.length > longest) return read()
    tokens = movedTokens(tokens, before, now)
    paint()
    rest = setTimeout(read, restMs)
  }
  // Of whatever changes the text or makes its parts anew: keys, others, marks of threads. Before the next picture.
  const observer = new MutationObserver(look)
  void ready(language).then((isReady) => {
    if (!isReady || isStopped) return
    look()
    observer.observe(code, { childList: true, characterData: true, subtree: true })
  })
  return {
    stop: () => {
      isStopped = true
      clearTimeout(rest)
      observer.disconnect()
      tokens = []
      paint()
    },
  }
}

async function ready(language: string): Promise<boolean> {
  if (lowlight.registered(language)) return true
  const grammar = await loadGrammar(language)
  if (grammar) lowlight.register(language, grammar)
  return grammar !== null
}

interface Painted {
  readonly kind: TokenKind
  readonly range: StaticRange
}

const highlights = new Map<TokenKind, Highlight>()

function highlightOf(kind: TokenKind): Highlight {
  const known = highlights.get(kind)
  if (known) return known
  const made = new Highlight()
  highlights.set(kind, made)
  CSS.highlights.set(`code-${kind}`, made)
  return made
}

/** Text nodes of the block's own: carets of others are drawn among them. */
function* textNodes(code: HTMLElement): Generator<Text> {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.classList.contains('ProseMirror-widget')
      ? NodeFilter.FILTER_REJECT
      : node instanceof Text
        ? NodeFilter.FILTER_ACCEPT
        : NodeFilter.FILTER_SKIP,
  )
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node as Text
}

const textOf = (code: HTMLElement): string => [...textNodes(code)].map(({ data }) => data).join('')

function rangesOf(code: HTMLElement, tokens: readonly Token[]): Painted[] {
  if (tokens.length === 0) return []
  const ranges: Painted[] = []
  let next = 0
  let start = 0
  for (const node of textNodes(code)) {
    const end = start + node.length
    for (let token = tokens[next]; token && token.from < end; token = tokens[next]) {
      const from = Math.max(token.from, start) - start
      const to = Math.min(token.to, end) - start
      if (to > from) {
        const range = new StaticRange({
          startContainer: node,
          startOffset: from,
          endContainer: node,
          endOffset: to,
        })
        ranges.push({ kind: token.kind, range })
      }
      // It goes on in the next piece of text.
      if (token.to > end) break
      next += 1
    }
    start = end
  }
  return ranges
}
