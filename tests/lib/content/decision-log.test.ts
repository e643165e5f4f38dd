import { expect, test } from 'vitest'
import { decisionRecord, decisionsOf } from '../../../lib/content/decision-log'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { outlineOf } from '../../../lib/content/outline'
import { adaId } from './every-block'
import { checkedNode, counting } from './world'

test('a decision says its words in the log as a heading says them in the outline: with who is named, without footnotes', () => {
  const words = `[@Ada](#person:${adaId}) takes PostgreSQL[^1].`
  const doc = checkedNode(
    importMarkdown(
      `# ${words}\n\n## ${words}\n\n> [!DECISION] accepted\n>\n> ${words}\n\n[^1]: It is there.\n`,
      {
        newId: counting(),
      },
    ).content,
  )
  const [decision] = decisionsOf(doc)
  const said = '@Ada takes PostgreSQL.'
  expect(decision).toMatchObject({ text: said, section: said })
  expect(outlineOf(doc).at(-1)?.title).toBe(said)
  const record = decisionRecord(doc, decision?.blockId ?? '', {
    number: null,
    title: 'T',
    address: 'https://design.example.com/d/1',
  })
  expect(record).toMatch(/^# @Ada takes PostgreSQL\.$/m)
})
