import type { Browser } from '@playwright/test'
import * as Y from 'yjs'
import { call } from '../faults/call'
import { Writer } from '../faults/writer'
import { open, signIn } from '../journeys/story'
import { type Row, summary } from './summary'

const paragraphs = 200
const rounds = 10

const text = `# Design\n\nBefore all.\n\n# Retries\n\n${Array.from(
  { length: paragraphs },
  (_, n) =>
    `Paragraph ${n} says that retries are sent at least once, that the queue keeps what was not answered, and what all of that costs whoever has to pay for it.`,
).join('\n\n')}\n`

/** From the click on a version until its redline of 200 changed paragraphs stands, and the server's part of it. */
export async function redline(browser: Browser, origin: string, token: string): Promise<Row[]> {
  const ada = await open(browser, 'ada', origin)
  await signIn(ada)
  const samples: number[] = []
  const answered: number[] = []
  for (let round = 0; round < rounds; round++) {
    const id = await imported(origin, token)
    const keep = () => call<{ id: string }>(origin, token, 'POST', `/documents/${id}/versions`, {})
    const before = await keep()
    await changeAll(origin, id, token)
    const after = await keep()
    await ada.page.goto(`/d/${id}/history?to=${before.id}`)
    await ada.page.getByText('Before all.').waitFor()
    const began = performance.now()
    await ada.page.getByRole('button', { name: 'Version 2' }).click()
    await ada.page.getByText(/^20\d changes/).waitFor()
    samples.push(performance.now() - began)
    // The other way round: nothing of it was made before.
    const asked = performance.now()
    await call(origin, token, 'GET', `/documents/${id}/compare?from=${after.id}&to=${before.id}`)
    answered.push(performance.now() - asked)
  }
  await ada.context.close()
  return [
    summary(`redline of ${paragraphs} changed paragraphs in sight, ms`, samples),
    summary('the same, answered to a program, ms', answered),
  ]
}

async function imported(origin: string, token: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/documents/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/markdown' },
    body: text,
  })
  const { document } = (await response.json()) as { document: { id: string } }
  return document.id
}

/** A word more in the middle of each paragraph, and a paragraph of the writer's own. */
async function changeAll(origin: string, documentId: string, token: string): Promise<void> {
  const writer = new Writer('w', { origin, documentId, token })
  await writer.ready()
  writer.doc.transact(() => {
    for (const block of writer.doc.getXmlFragment('content').toArray()) {
      const run = block instanceof Y.XmlElement && block.nodeName === 'paragraph' ? block.get(0) : null
      if (run instanceof Y.XmlText && run.length > 40) run.insert(run.toString().indexOf('says'), 'often ')
    }
  })
  writer.type()
  await writer.until(() => writer.acknowledged === writer.typed)
  writer.leave()
}
