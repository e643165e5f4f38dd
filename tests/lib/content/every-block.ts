import type { AttributeValue } from '../../../lib/content/attribute'
import { type DocumentJson, element, elementWith, textJson } from '../../../lib/content/document-json'
import { withIds } from '../../../lib/content/with-ids'
import { counting } from './world'

/** People and attachments that the fixture names. They need not exist. */
export const adaId = '6f1c0c0e-4b7a-4a35-9a55-0d6f2f3b8a01'
export const graceId = '0b9f4c52-77f0-4d0e-8a56-93f1a2b4c602'
export const pictureAt = '/api/v1/attachments/2d1f7a54-5f0b-4f0e-9d63-51f6f9a7b803'
export const reportAt = '/api/v1/attachments/9c3e1d20-8b44-4c1f-b0aa-7e5d2c6f4d04'

type Inline = string | DocumentJson

const inline = (parts: readonly Inline[]): DocumentJson[] =>
  parts.map((part) => (typeof part === 'string' ? textJson(part) : part))
const marked = (text: string, ...marks: (string | [string, Record<string, AttributeValue>])[]) =>
  textJson(
    text,
    marks.map((mark) => (typeof mark === 'string' ? { type: mark } : { type: mark[0], attrs: mark[1] })),
  )
const p = (...parts: Inline[]) => element('paragraph', inline(parts))
const h = (level: number, ...parts: Inline[]) => elementWith('heading', { level }, inline(parts))
const code = (language: string | null, text: string) =>
  elementWith('codeBlock', { language }, [textJson(text)])
const mention = (person: string, name: string) => elementWith('mention', { person, name })
const noted = (label: string) => elementWith('footnoteReference', { label })
const item = (...content: DocumentJson[]) => element('listItem', content)
const task = (checked: boolean, ...content: DocumentJson[]) => elementWith('taskItem', { checked }, content)
const cell = (...content: DocumentJson[]) => element('tableCell', content)
const spanning = (type: string, attrs: Record<string, AttributeValue>, ...content: DocumentJson[]) =>
  elementWith(type, attrs, content)
const row = (...cells: DocumentJson[]) => element('tableRow', cells)
const link = (href: string, title: string | null = null): [string, Record<string, AttributeValue>] => [
  'link',
  { href, title },
]

/** What a file of Markdown can say whole: every node and mark, nested as people nest them. */
export const sayableBlocks: readonly DocumentJson[] = [
  h(1, 'Retries of payments'),
  p(
    'Today a retry is made ',
    marked('at once', 'bold'),
    ', which ',
    mention(adaId, 'Ada Lovelace'),
    ' ',
    marked('and others', 'italic'),
    ' found ',
    marked('wrong', 'strike'),
    '.',
    noted('outage'),
  ),
  p(
    'See ',
    marked('the ', link('https://example.com/a?b=c&d', 'The page')),
    marked('page', 'bold', link('https://example.com/a?b=c&d', 'The page')),
    ', ',
    marked('retry()', 'code'),
    ', ',
    marked('a file', link('../notes.md')),
    '.',
    element('hardBreak'),
    'Delays grow as ',
    marked('d_n = 2^n \\cdot d_0', 'formula'),
    ', up to ',
    marked('\\$5', 'formula'),
    '; it costs $5 and $6.',
  ),
  element('horizontalRule'),
  h(2, 'Why: ', marked('jitter', 'code'), ' and ', marked('\\sigma', 'formula'), noted('outage')),
  element('bulletList', [
    item(p('one'), element('bulletList', [item(p('deeper, says ', mention(graceId, 'Grace Hopper')))])),
    item(p('two'), code('ts', 'retry(3)\n\n// again')),
  ]),
  elementWith('orderedList', { start: 3 }, [item(p('third')), item(p('fourth'), p('and more of it'))]),
  element('taskList', [
    task(true, p('done')),
    task(false, p('to do'), element('taskList', [task(false, p('its part'))])),
  ]),
  element('blockquote', [p('Somebody said it.'), element('blockquote', [p('Somebody else before.')])]),
  code('rust,ignore', 'fn main() {}'),
  code(null, 'plain'),
  code('mermaid', 'flowchart LR\n  A[Client] --> B[Queue]'),
  code('math', '\\sum_{i=0}^{n} d_i\n= 2^{n+1} - 1'),
  element('table', [
    row(
      elementWith('tableHeader', { align: 'right' }, [p('Try')]),
      elementWith('tableHeader', { align: null }, [p('Delay')]),
    ),
    row(
      elementWith('tableCell', { align: 'right' }, [p('1')]),
      elementWith('tableCell', { align: null }, [
        p(marked('2d', 'formula'), ' for ', mention(adaId, 'Ada'), noted('n-2')),
      ]),
    ),
    row(
      elementWith('tableCell', { align: 'right' }, [
        elementWith('image', { src: pictureAt, alt: 'Small', width: null }),
      ]),
      elementWith('tableCell', { align: null }, [p()]),
    ),
  ]),
  element('table', [row(cell(p('no')), cell(p('head')))]),
  elementWith('callout', { kind: 'warning' }, [
    p('Do not retry what is not idempotent.'),
    element('bulletList', [item(p('a charge'))]),
    elementWith('callout', { kind: 'tip' }, [p('Keys make it so.')]),
  ]),
  elementWith('callout', { kind: 'note' }, [code('sh', 'echo $HOME')]),
  element('details', [
    p('How it was measured'),
    p('With ', marked('k6', 'bold'), '.'),
    element('details', [
      p(marked('Raw', 'italic'), ' numbers'),
      element('table', [row(cell(p('1')), cell(p('2')))]),
    ]),
  ]),
  elementWith('decision', { state: 'accepted', day: '2026-11-26', deciders: 'Ada, Grace' }, [
    p('Retries are made with backoff.'),
    p('Since outages last minutes.', noted('n-2')),
  ]),
  elementWith('decision', { state: 'proposed', day: null, deciders: null }, [p('Five tries at most.')]),
  elementWith('image', { src: pictureAt, alt: 'The queue, "before" & after', width: 60 }),
  elementWith('image', { src: 'https://example.com/elsewhere.png', alt: null, width: null }),
  elementWith('image', { src: pictureAt, alt: '', width: null }),
  elementWith('file', { src: reportAt, name: 'report [final].pdf', size: 123_456 }),
  elementWith('file', { src: '../spec.docx', name: 'spec.docx', size: null }),
  elementWith('footnote', { label: 'outage' }, [
    p('Of ', marked('March', 'bold'), '.'),
    code(null, 'log'),
    p('Its end.'),
  ]),
  elementWith('footnote', { label: 'n-2' }, [p('Minutes, as measured.')]),
  p('Right to left: \u05e9\u05dc\u05d5\u05dd, and the end.'),
]

/** What Markdown has no form for, or only a lesser one: spans, widths, blocks in cells, letters as numbers. */
export const unsayableBlocks: readonly DocumentJson[] = [
  elementWith('orderedList', { start: 1, type: 'a' }, [item(p('lettered'))]),
  element('table', [
    row(
      spanning('tableHeader', { colspan: 2, width: 120 }, p('Both')),
      spanning('tableHeader', { rowspan: 2, align: 'center' }, p('Down')),
    ),
    row(
      spanning(
        'tableCell',
        { rowspan: 2, width: 120 },
        p('a'),
        p('b'),
        element('bulletList', [item(p('in a cell'))]),
      ),
      cell(code('sql', 'SELECT 1'), element('taskList', [task(true, p('ticked'))])),
    ),
    row(spanning('tableCell', { colspan: 2 }, elementWith('orderedList', { start: 2 }, [item(p('second'))]))),
  ]),
]

/** A whole body with every node, mark and attribute that a document may have, and an id on every block (`b1`, …). */
export const everyBlock: DocumentJson = withIds([...sayableBlocks, ...unsayableBlocks], counting()).content
