import { pause } from '../../../server/db/pause'
import { quantile } from './arrivals'
import { costFrom, lessIdle } from './cost'
import { Member } from './member'
import { paperUpdate } from './paper'
import type { Figures, Scenario } from './scenario'
import type { Target } from './target'

const oneByOne = 30
const atOnce = 50

/** Joining a document that was long in the writing: the paper `automerge-paper`. */
export const joining: Scenario = async (target): Promise<Figures> => {
  const { update, clientId } = await paperUpdate()
  const author = await Member.join(target, await target.seat(0, 0), clientId, () => update)
  await author.synced
  await untilThere(target, update.length)

  const idleSince = await costFrom(target)
  await pause(1_000)
  const idle = await idleSince()

  const firstSyncMs: number[] = []
  const since = await costFrom(target)
  for (let n = 0; n < oneByOne; n += 1) {
    const { ms, member } = await join(target, n, update.length)
    firstSyncMs.push(ms)
    member.leave()
    // Its going is a message to the others, and not part of the next one's coming.
    await pause(20)
  }
  const cost = lessIdle(await since(), idle)

  const togetherMs: number[] = []
  for (let round = 0; round < 3; round += 1) {
    // Passes are asked for beforehand: fifty people follow a link, and are signed in.
    for (let n = 0; n < 5; n += 1) await target.seat(0, n)
    const began = performance.now()
    const joined = await Promise.all(Array.from({ length: atOnce }, (_, n) => join(target, n, update.length)))
    togetherMs.push(performance.now() - began)
    for (const { member } of joined) member.leave()
    await pause(500)
  }
  author.leave()
  return {
    documentBytes: update.length,
    firstSyncMs: quantile(firstSyncMs, 0.5),
    cpuPerJoinMs: cost.serverUs / oneByOne / 1_000,
    cpuWithDatabasePerJoinMs: (cost.serverUs + cost.databaseUs) / oneByOne / 1_000,
    fiftyAtOnceMs: quantile(togetherMs, 0.5),
  }
}

/** From beginning to connect to the last byte of the document. */
async function join(target: Target, who: number, bytes: number): Promise<{ ms: number; member: Member }> {
  const seat = await target.seat(0, who)
  const began = performance.now()
  const member = await Member.join(target, seat, 2_000_000 + who)
  await member.synced
  const ms = performance.now() - began
  if (member.firstSyncBytes < bytes * 0.9)
    throw new Error(`Synced with ${member.firstSyncBytes} bytes of ${bytes}.`)
  return { ms, member }
}

/** The author's text is taken: whoever comes gets it. */
async function untilThere(target: Target, bytes: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const member = await Member.join(target, await target.seat(0, 1), 3_000_000)
    await member.synced
    member.leave()
    if (member.firstSyncBytes >= bytes * 0.9) return
    await pause(100)
  }
  throw new Error('The paper did not arrive.')
}
