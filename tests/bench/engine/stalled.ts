import * as Y from 'yjs'
import { pause } from '../../../server/db/pause'
import { addParagraph } from '../../support/raw-body'
import { Member } from './member'
import type { Figures, Scenario } from './scenario'
import type { Target } from './target'

const stalledReaders = 10
const updateBytes = 64 * 1024
const totalBytes = 34_000_000

/** Readers that stop reading while 34 MB are written, each of which would be owed all of it. */
export const stalled: Scenario = async (target): Promise<Figures> => {
  // The same without them first: what writing and storing 34 MB leaves behind is nobody's who reads.
  const control = await write(target, 0, 0)
  const { peak, after, closed } = await write(target, 1, stalledReaders)
  return {
    rssGrowthBytes: after - control.after,
    peakGrowthBytes: peak - control.peak,
    rssBytes: after,
    closed,
  }
}

async function write(target: Target, document: number, stalledCount: number) {
  const doc = new Y.Doc()
  const author = await Member.join(target, await target.seat(document, 0), doc.clientID)
  const reader = await Member.join(target, await target.seat(document, 1), 1_000_000)
  await Promise.all([author.synced, reader.synced])
  let arrived = 0
  let wake = () => {}
  reader.onText = (update) => {
    arrived = Math.max(arrived, Y.parseUpdateMeta(update).to.get(doc.clientID) ?? 0)
    wake()
  }
  doc.on('update', (update: Uint8Array) => author.sendUpdate(update))
  const text = addParagraph(doc, '')
  const stopped: Member[] = []
  for (let n = 0; n < stalledCount; n += 1) {
    const member = await Member.join(target, await target.seat(document, n), 2_000_000 + n)
    await member.synced
    member.stopReading()
    stopped.push(member)
  }
  let peak = 0
  const look = async () => {
    peak = Math.max(peak, (await target.used()).rss)
  }
  const watching = setInterval(() => void look(), 100)
  for (let written = 0; written < totalBytes; written += updateBytes) {
    // One replaces the other: the document stays short, what is sent does not.
    doc.transact(() => {
      if (text.length > 0) text.delete(0, text.length)
      text.insert(0, String.fromCharCode(97 + (written % 26)).repeat(updateBytes))
    })
    const wanted = Y.getState(doc.store, doc.clientID)
    while (arrived < wanted) {
      await new Promise<void>((resolve) => {
        wake = resolve
        if (reader.closeCode !== null || author.closeCode !== null) throw new Error('The server hung up.')
      })
    }
  }
  await pause(1_000)
  clearInterval(watching)
  await look()
  const { rss: after } = await target.used('gc')
  const closed = stopped.filter(({ closeCode }) => closeCode !== null).length
  for (const member of [author, reader, ...stopped]) member.leave()
  await pause(1_000)
  return { peak, after, closed }
}
