import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { FindSession, mostHits } from '../../../components/editor/find/find-session'
import { block, body } from '../../lib/content/world'

/** What the thread that runs expressions has, run in this one. */
const scope = { onmessage: (_: unknown) => {}, postMessage: (_: unknown) => {} }

class SameThread {
  onmessage: (event: unknown) => void = () => {}
  postMessage(data: unknown) {
    scope.postMessage = (answer) => queueMicrotask(() => this.onmessage({ data: answer }))
    scope.onmessage({ data })
  }
  terminate() {}
}

beforeAll(async () => {
  vi.stubGlobal('self', scope)
  await import('../../../components/editor/find/find-worker')
})
afterEach(() => void vi.unstubAllGlobals())

/** As much of an editor as a search asks for. */
const editorOf = (doc: ProseMirrorNode) => ({ state: EditorState.create({ doc }), on() {}, off() {} })

const words = (count: number) => 'a '.repeat(count).trim()
const query = (isRegex: boolean) => ({ text: 'a', matchCase: true, wholeWord: false, isRegex })

/** With a `b` at each of these places, in one step for each paragraph that has some. */
function withB({ doc, tr, schema }: EditorState, places: readonly { from: number }[]) {
  doc.forEach((paragraph, offset) => {
    const here = places.filter(({ from }) => from > offset && from < offset + paragraph.nodeSize)
    const letters = [...paragraph.textContent]
    for (const { from } of here) letters[from - offset - 1] = 'b'
    if (here.length > 0) {
      tr.replaceWith(offset + 1, offset + 1 + letters.length, schema.text(letters.join('')))
    }
  })
  return tr
}

const longTexts: [string, number[]][] = [
  ['in three paragraphs', [6_000, 6_000, 6_000]],
  ['in one paragraph', [18_000]],
]

for (const isRegex of [false, true]) {
  for (const [where, counts] of longTexts) {
    test(`18,000 ${isRegex ? 'matches' : 'words'} ${where}: so many are counted, and the rest is found once those are gone`, async () => {
      vi.stubGlobal('Worker', SameThread)
      const editor = editorOf(body(...counts.map((count, index) => block(0, words(count), `p${index}`))))
      const session = new FindSession(editor as unknown as Editor)
      await session.look(query(isRegex))
      expect(session.state()).toMatchObject({ kind: 'found', count: mostHits, isCut: true })

      const found = await session.replacements('b')
      if (!Array.isArray(found)) throw new Error(String(found))
      expect(found.length).toBeGreaterThan(mostHits)
      editor.state = editor.state.apply(withB(editor.state, found.slice(0, mostHits)))
      await session.again()
      expect(session.state()).toMatchObject({ kind: 'found', count: 18_000 - mostHits, isCut: false })
      expect(await session.replacements('b')).toHaveLength(18_000 - mostHits)
    })
  }
}

test('an expression that cannot be run is no text without matches, and is not called slow', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      onerror: (event: { message: string }) => void = () => {}
      postMessage() {
        queueMicrotask(() => this.onerror({ message: 'no such file' }))
      }
      terminate() {}
    },
  )
  const session = new FindSession(editorOf(body(block(0, 'a', 'p'))) as unknown as Editor)
  await session.look(query(true))
  expect(session.state()).toMatchObject({ kind: 'failed', count: 0 })
  expect(await session.replacements('b')).toBe('failed')
})

test('a text that somebody changes while all of it is looked through is left alone, and that is said', async () => {
  vi.stubGlobal('Worker', SameThread)
  const editor = editorOf(body(block(0, 'a', 'p')))
  const session = new FindSession(editor as unknown as Editor)
  await session.look(query(true))
  const asked = session.replacements('b')
  editor.state = editor.state.apply(editor.state.tr.insertText('x', 1))
  expect(await asked).toBe('changed')
})
