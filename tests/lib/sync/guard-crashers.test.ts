import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdate } from '../../../lib/content/seed'
import * as shape from '../../../lib/content/shape'
import { templateDocument } from '../../../lib/content/template/template'
import { exactDoc } from '../../../lib/sync/exact-doc'
import { guardUpdate } from '../../../lib/sync/guard'
import { decodeClientMessage } from '../../../lib/sync/message'
import { faultOf } from '../../support/whole-body'

/**
 * What did harm once, as it came: a line is one connection's messages, in hex. `tests/faults/frames.test.ts` sends
 * the same to a server.
 */
const folder = join(import.meta.dirname, '../../faults/crashers')
const files = readdirSync(folder).filter((name) => name.endsWith('.hex'))

test.each(files)('%s leaves the document whole, in memory and when the log is read', (name) => {
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  for (const line of lines) {
    const server = exactDoc()
    let ids = 0
    const template = templateDocument('blank', () => `b${ids++}`)
    Y.applyUpdate(server, seedUpdate(template?.content ?? { type: 'doc' }, 1))
    const log = [Y.encodeStateAsUpdate(server)]
    server.on('update', (update: Uint8Array) => log.push(update))
    for (const frame of line.split(' ')) {
      const message = decodeClientMessage(Buffer.from(frame, 'hex'))
      if (message?.type !== 'update' && message?.type !== 'step2') continue
      const { update } = message
      const verdict = guardUpdate({ doc: server, update, shape })
      if (verdict.kind !== 'take') continue
      if (verdict.exact) log.push(update)
      Y.applyUpdate(server, update)
      expect(faultOf(server)).toBeNull()
    }
    const read = exactDoc()
    Y.applyUpdate(read, Y.mergeUpdates(log))
    expect(faultOf(read)).toBeNull()
  }
})
