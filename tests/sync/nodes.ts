import { vi } from 'vitest'
import type { SyncLimits } from '../../server/sync/limits'
import { type TestRedis, testRedis } from '../support/redis'
import { Office, Site } from './wire'

/** Two nodes of one installation: a real Redis and a real PostgreSQL between them. */
export class Nodes {
  readonly redis: TestRedis
  /** Ada, Grace and Linus, and the first node. */
  readonly office: Office
  readonly a: Site
  b: Site
  readonly #limits: Partial<SyncLimits>

  private constructor(redis: TestRedis, office: Office, b: Site, limits: Partial<SyncLimits>) {
    this.redis = redis
    this.office = office
    this.a = office.site
    this.b = b
    this.#limits = limits
  }

  static async open(limits: Partial<SyncLimits> = {}, options: { isStarted?: boolean } = {}): Promise<Nodes> {
    const redis = await testRedis(options)
    const office = await Office.open(limits, redis.url)
    const b = await Site.open(limits, office.site.database, redis.url)
    const nodes = new Nodes(redis, office, b, limits)
    if (options.isStarted !== false) await nodes.connected()
    return nodes
  }

  /** Both have heard of one another. */
  async connected(): Promise<void> {
    await vi.waitUntil(() => [this.a, this.b].every(({ relay }) => statsOf(relay).nodes === 2), {
      timeout: 20_000,
    })
  }

  /** A node more on the same database. */
  async another(): Promise<Site> {
    return Site.open(this.#limits, this.office.site.database, this.redis.url)
  }

  async close(): Promise<void> {
    await this.b.close()
    await this.office.close()
    await this.redis.remove()
  }
}

/** The relay's numbers. */
export const statsOf = (relay: Site['relay']) => relay.stats() as Readonly<Record<string, number>>
