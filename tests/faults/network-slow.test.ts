import { expect, test } from 'vitest'
import { until } from './agreement'
import { Network } from './network'
import { tokensOf } from './writer'

/**
 * Behind for 3 s instead of 30, and whoever writes may do so as fast as they can. No version is kept of what is
 * deleted: that reads the log, and what it costs is another matter.
 */
const limits = { slowMs: 3_000, goodbyeMs: 1_000, bytesPerSecond: 1e8, byteBurst: 1e8, maxKeptLogBytes: 0 }

const megabyte = 1_000_000
/** More than the kernel keeps for a connection whose reader is slow, on both sides of the proxy. */
const pastes = 40
const mb = (bytes: number) => (bytes / megabyte).toFixed(1)

test('10: who reads 1 KB a second while 40 MB are written costs bounded memory, is let go, and has it all later', async () => {
  const here = await Network.open({ limits })
  const line = await here.line()
  const id = await here.document()
  const ada = await here.writer('ada', id)
  const slow = await here.reader(id, line)
  const before = await here.memory()
  line.weather({ bytesPerSecond: 1_000 })
  let most = 0
  for (let n = 0; n < pastes; n += 1) {
    ada.type()
    // Beside the words that are counted, and gone again: a document has a longest length.
    ada.text.insert(0, 'x'.repeat(megabyte))
    ada.text.delete(0, megabyte)
    await ada.until(() => ada.acknowledged === ada.typed)
    if (n % 5 === 0) most = Math.max(most, await here.memory())
  }
  await until(async () => (await here.metric('sync_sockets')) === 1)
  // What it had not read goes with it.
  await until(async () => (await here.metric('sync_sockets_closing')) === 0)
  const after = await here.memory()
  console.log(
    `a slow reader of ${pastes} MB: ${mb(most - before)} MB more at most, ${mb(after - before)} in the end`,
  )
  // What a socket may leave unread (8 MiB), and what was on its way when it had.
  expect(most - before).toBeLessThan(16 * megabyte)
  expect(after - before).toBeLessThan(4 * megabyte)
  expect(ada.provider.wsconnected).toBe(true)
  line.weather({})
  line.reset()
  await until(() => tokensOf('ada', slow.doc.getXmlFragment('content').toString()).length === ada.typed)
  slow.leave()
  await here.agree(id, [ada])
  ada.leave()
  await here.close()
}, 240_000)
