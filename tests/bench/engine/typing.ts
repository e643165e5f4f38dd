import { pause } from '../../../server/db/pause'
import { Arrivals, quantile } from './arrivals'
import { costFrom, lessIdle } from './cost'
import { Member } from './member'
import { paced } from './pace'
import type { Figures, Scenario } from './scenario'
import type { Target } from './target'
import { Typist } from './typist'

export interface Shape {
  readonly documents: number
  readonly clients: number
  /** Of the clients of each document. */
  readonly typing: number
}

export interface Gathering {
  readonly arrivals: Arrivals
  readonly typists: readonly Typist[]
  readonly readers: readonly Member[]
}

const warmUp = { editsPerSecond: 800, ms: 6_000 }

/** How many join at once. */
const abreast = 25

/** Everybody joins their document; the first of each type, the others read. */
export async function gather(target: Target, shape: Shape): Promise<Gathering> {
  const arrivals = new Arrivals()
  const typists: Typist[] = []
  const readers: Member[] = []
  const all = Array.from({ length: shape.documents * shape.clients }, (_, n) => ({
    document: Math.floor(n / shape.clients),
    client: n % shape.clients,
  }))
  for (let start = 0; start < all.length; start += abreast) {
    await Promise.all(
      all.slice(start, start + abreast).map(async ({ document, client }) => {
        // Spread over the five people: within a document, and over all of them.
        const person = document + client
        if (client < shape.typing) {
          typists.push(await Typist.join(target, { document, person }, arrivals))
          return
        }
        const id = 1_000_000 + document * shape.clients + client
        const member = await Member.join(target, await target.seat(document, person), id)
        const heard = arrivals.reader()
        member.onText = (update) => heard(update)
        await member.synced
        readers.push(member)
      }),
    )
  }
  return { arrivals, typists, readers }
}

export const disperse = ({ typists, readers }: Gathering): void => {
  for (const { member } of typists) member.leave()
  for (const member of readers) member.leave()
}

/** How many of them were closed by the server. */
export const closedOf = ({ typists, readers }: Gathering): number =>
  [...typists.map(({ member }) => member), ...readers].filter(({ closeCode }) => closeCode !== null).length

/** People typing at an even pace: what a delivery costs, and how long an edit takes to everybody. */
export const typing =
  (shape: Shape, options: { perSecond: number }): Scenario =>
  async (target, seconds): Promise<Figures> => {
    const { perSecond } = options
    const gathering = await gather(target, shape)
    const { arrivals, typists } = gathering
    // A server that has run for a while: its code is compiled, the claims are in the database. At fifty edits a
    // second that would take minutes, so that more are typed here than are measured.
    const warmPerSecond = Math.max(perSecond, warmUp.editsPerSecond / typists.length)
    await paced(typists, { perSecond: warmPerSecond, ms: warmUp.ms })
    // What follows a burst, such as folding the log, is over.
    await pause(2_500)
    const idleSince = await costFrom(target)
    await pause(Math.max(1_000, seconds * 400))
    const idle = await idleSince()
    for (const typist of typists) typist.takeSavedMs()
    arrivals.count()
    const since = await costFrom(target)
    const load = await paced(typists, { perSecond, ms: seconds * 1_000 })
    // The last edits arrive, and are saved.
    await pause(100)
    const cost = lessIdle(await since(), idle)
    await pause(400)
    const { samples } = arrivals
    const savedMs = typists.flatMap((typist) => typist.takeSavedMs())
    const expected = load.edits * (shape.clients - 1)
    // Where the sender hears itself too, that is no delivery.
    const deliveries = Math.min(expected, samples.length)
    const figures: Figures = {
      cpuPerDeliveryUs: cost.serverUs / deliveries,
      cpuWithDatabasePerDeliveryUs: (cost.serverUs + cost.databaseUs) / deliveries,
      p50Ms: quantile(samples, 0.5),
      p99Ms: quantile(samples, 0.99),
      deliveries,
      errors: expected - deliveries + closedOf(gathering),
      generatorLateP99Ms: load.lateP99Ms,
      ...(savedMs.length > 0 && {
        savedP50Ms: quantile(savedMs, 0.5),
        savedP99Ms: quantile(savedMs, 0.99),
        savedMissing: load.edits - savedMs.length,
      }),
    }
    disperse(gathering)
    return figures
  }
