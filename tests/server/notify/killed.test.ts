import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DocumentId } from '../../../lib/id'
import type { Failpoint } from '../../../server/failpoint'
import { type MailWorld, openMailWorld } from './mail-world'

let mail: MailWorld
let document: DocumentId
beforeAll(async () => {
  mail = await openMailWorld()
})
afterAll(() => mail.close())
beforeEach(async () => {
  await mail.reset()
  document = await mail.world.document()
})

const root = join(import.meta.dirname, '..', '..', '..')

/** Runs what tells and mails in a process of its own. @returns how it ended. */
async function run(at: Failpoint | 'nowhere'): Promise<'killed' | 'done'> {
  const { world, server } = mail
  const args = [world.database.url, server.url, String(world.nowMs), at]
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'poster.ts'), ...args],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const [code, signal] = await once(child, 'exit')
  if (signal === 'SIGKILL') return 'killed'
  expect(code).toBe(0)
  return 'done'
}

const asked = () =>
  mail.world.record(document, 'ada', {
    type: 'review.asked',
    personIds: [mail.world.ids.grace, mail.world.ids.linus],
    dueAt: null,
  })
const ids = () => mail.server.mails.map((letter) => letter.header('Message-ID'))

/** Where the mail server has not been told the end of a mail, or the end is written down, it comes once. */
const once_: readonly Failpoint[] = ['inbox: told', 'mail: composed']
/** In between nobody can know: it comes again, as the same mail. */
const unknown: readonly Failpoint[] = ['mail: taken', 'mail: marked']

test.each([...once_, ...unknown])('killed at "%s": nothing is lost, and nobody is told twice', async (at) => {
  await asked()
  expect(await run(at)).toBe('killed')
  const before = mail.server.mails.length
  expect(await run('nowhere')).toBe('done')
  expect(await mail.world.kinds('grace')).toEqual(['review_asked'])
  expect(await mail.world.count('notice')).toBe(2)
  // Two mails, each with one identity for ever.
  expect(new Set(ids()).size).toBe(2)
  expect(new Set(mail.server.mails.map((letter) => letter.to.join())).size).toBe(2)
  if (unknown.includes(at)) expect([before, ids().length]).toEqual([1, 3])
  else expect([before, ids().length]).toEqual([0, 2])
  expect(await mail.outcomes()).toEqual(['sent', 'sent'])
  expect(await run('nowhere')).toBe('done')
  expect(mail.server.mails.length).toBe(unknown.includes(at) ? 3 : 2)
})

test('while a mail is on its way no other node sends it; when its process is killed, the next one does', async () => {
  await asked()
  let release = () => {}
  const arriving = new Promise<void>((resolve) => {
    mail.server.manners.beforeTaking = () => {
      resolve()
      return new Promise<void>((free) => {
        release = free
      })
    }
  })
  const { world, server } = mail
  const args = [world.database.url, server.url, String(world.nowMs), 'nowhere']
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'poster.ts'), ...args],
    {
      cwd: root,
      stdio: 'ignore',
    },
  )
  await arriving
  // Another node leaves what is on its way alone, and sends the other one.
  server.manners.beforeTaking = null
  await mail.post()
  expect(ids().length).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  // The lock of a killed process falls with its connection.
  await expect
    .poll(async () => {
      await mail.post()
      return mail.outcomes()
    })
    .toEqual(['sent', 'sent'])
  expect(new Set(ids()).size).toBe(2)
  expect(ids().length).toBe(2)
  release()
})
