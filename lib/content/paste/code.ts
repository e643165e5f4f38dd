import { type DocumentJson, elementWith, textJson } from '../document-json'
import { cleanText } from './line'
import { isMonospaced } from './marks'
import {
  attributeOf,
  classesOf,
  hasClass,
  isElement,
  type MarkupElement,
  type MarkupNode,
  styleOf,
} from './markup'

/** A block of code. @param language null: none is known. */
export function codeJson(text: string, language: string | null): DocumentJson {
  const clean = cleanText(text.replace(/\r\n?/g, '\n').replace(/\u00a0/g, ' '))
  return elementWith('codeBlock', { language }, clean === '' ? [] : [textJson(clean)])
}

/** True for what is drawn as code without saying so by its tag: an editor's or a terminal's own copy. */
export const isCodeBox = (element: MarkupElement): boolean =>
  element.tag === 'div' && /^pre\b/.test(styleOf(element)['white-space'] ?? '') && isMonospaced(element)

const linesOfTheirOwn = new Set(['div', 'p', 'li', 'tr'])
const numbers = /^(?:linenos?|line-?numbers?(?:-rows)?|lineno|gutter|ln-num|blob-num|react-line-number)$/i
const notSaid = new Set(['button', 'script', 'style', 'clipboard-copy', 'svg', 'template'])

/** Text of an element that holds code: as it is written, a line for each line, without their numbers. */
export function codeText(element: MarkupElement): string {
  let text = ''
  const isAtStart = () => text === '' || text.endsWith('\n')
  const walk = (node: MarkupNode): void => {
    if (!isElement(node)) {
      text += node
      return
    }
    if (node.tag === 'br') {
      text += '\n'
      return
    }
    if (notSaid.has(node.tag) || hasClass(node, numbers)) return
    const own = linesOfTheirOwn.has(node.tag)
    if (own && !isAtStart()) text += '\n'
    node.children.forEach(walk)
    if (own && !isAtStart()) text += '\n'
  }
  element.children.forEach(walk)
  return text.replace(/^\n/, '').replace(/\n{1,3}$/, '')
}

/** What programs call languages that have another name behind a fence. */
const aliases: Readonly<Record<string, string>> = {
  shell: 'bash',
  sh: 'bash',
  zsh: 'bash',
  shellscript: 'bash',
  console: 'bash',
  js: 'javascript',
  jsx: 'javascript',
  javascriptreact: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  typescriptreact: 'typescript',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  yml: 'yaml',
  jsonc: 'json',
  'c++': 'cpp',
  'objective-c': 'objectivec',
  md: 'markdown',
}

const none = new Set([
  '',
  'plaintext',
  'text',
  'plain',
  'none',
  'notranslate',
  'nohighlight',
  'default',
  'txt',
])

/** A language under the name that it has behind a fence; null: none. */
export function languageNamed(name: string): string | null {
  const known = name.trim().toLowerCase()
  if (none.has(known) || !/^[a-z0-9#+.-]{1,40}$/.test(known)) return null
  return Object.hasOwn(aliases, known) ? (aliases[known] ?? null) : known
}

/** The language that an element says by class or attribute, as highlighters write it; null: it says none. */
export function languageOf(element: MarkupElement): string | null {
  for (const attribute of ['data-lang', 'data-language', 'data-code-language']) {
    const named = languageNamed(attributeOf(element, attribute))
    if (named) return named
  }
  const classes = classesOf(element)
  for (const name of classes) {
    // language-js; lang-js; highlight-source-js of GitHub; brush:js of older highlighters
    const [, said] = /^(?:language|lang|highlight-(?:source|text)|brush)[-:](.+)$/i.exec(name) ?? []
    const named = said ? languageNamed(said.split(/[-.](?=basic|html$)/)[0] ?? said) : null
    if (named) return named
  }
  // `hljs js`, `sourceCode js`: the other word is the language.
  const beside = classes.findIndex((name) => /^(?:hljs|sourcecode|brush:)$/i.test(name))
  return beside < 0 ? null : languageNamed(classes[beside === 0 ? 1 : 0] ?? '')
}
