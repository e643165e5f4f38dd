import { pause } from '../../../server/db/pause'
import { Member } from './member'
import type { Figures, Scenario } from './scenario'

const documents = 100
const connections = 1_000
const abreast = 25

/** People who have a document open and do nothing: what each of them keeps in the server's memory. */
export const idle: Scenario = async (target): Promise<Figures> => {
  const members: Member[] = []
  const join = async (n: number) => {
    const document = n % documents
    // Document by document round: ten in each, two of them one person's.
    const seat = await target.seat(document, Math.floor(n / documents) + document)
    const member = await Member.join(target, seat, 1_000_000 + n)
    await member.synced
    members.push(member)
  }
  const fill = async (from: number, to: number) => {
    for (let start = from; start < to; start += abreast) {
      const end = Math.min(to, start + abreast)
      await Promise.all(Array.from({ length: end - start }, (_, n) => join(start + n)))
    }
    await pause(1_500)
    return target.used('gc')
  }
  // What is compiled on the way is no connection's: as many come and go before anything is weighed.
  const forget = async () => {
    for (const member of members.splice(0)) member.leave()
    await pause(1_000)
  }
  // Tickets first, and documents open with somebody in each: neither is a connection's.
  for (let n = 0; n < connections; n += 1)
    await target.seat(n % documents, Math.floor(n / documents) + (n % documents))
  await fill(0, connections / 2)
  await forget()
  await fill(0, documents)
  const open = await target.used('gc')
  const full = await fill(documents, connections)
  const idleBefore = full.cpuUs
  await pause(2_000)
  const later = await target.used()
  const added = connections - documents
  const closed = members.filter(({ closeCode }) => closeCode !== null).length
  for (const member of members) member.leave()
  return {
    heapPerConnectionBytes: (full.heapUsed - open.heapUsed) / added,
    rssPerConnectionBytes: (full.rss - open.rss) / added,
    rssBytes: full.rss,
    idleCpuPercent: (later.cpuUs - idleBefore) / 20_000,
    errors: closed,
  }
}
