import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMarkdown } from '../../../../lib/content/paste/markdown'
import { readPaste } from '../../../../lib/content/paste/read-paste'
import { htmlTree } from '../../../support/html-tree'
import { fitted, told } from './told'

const file = (name: string) => readFileSync(join(import.meta.dirname, 'clipboards', name), 'utf8')

/** What the page does with a clipboard of this HTML, without a page. */
function pasted(name: string, base: string | null = null): string {
  const markup = htmlTree(file(`${name}.html.txt`))
  const { blocks } = readPaste({ markup, text: 'text', editorLanguage: null, base }, readMarkdown)
  fitted(blocks)
  return told(blocks)
}

const sources = {
  word: 'Word: titles, lists that are paragraphs, a table with a bold head, a footnote',
  'word-online': 'Word on the web: each item of a list in a list of its own',
  'google-docs': 'Google Docs: a bold wrapper that is not, lists in lists, boxes, widths',
  github: 'GitHub: an alert, boxes, code with its language, a folded part, a footnote',
  'github-file': 'GitHub: a file as a table of numbered lines',
  'web-page': 'a web page: its frame left out, nothing that leads nowhere, a formula as TeX',
  excel: 'Excel: the bold row is the head, empty rows and columns at the end are left out',
  sheets: 'Google Sheets: what is to the right stays there',
  vscode: 'an editor: lines of code, blank ones too',
}

for (const [name, what] of Object.entries(sources)) {
  test(what, () => expect(pasted(name)).toBe(file(`${name}.told.txt`)))
}

test('paths lead on from the address of the page where it says one', () => {
  expect(pasted('web-page', 'https://example.org/docs/')).toContain(
    '<link href=https://example.org/guide>a guide</>',
  )
  expect(pasted('web-page', 'https://example.org/docs/')).toContain(
    'image src=https://example.org/img/a.png alt=A curve',
  )
})
