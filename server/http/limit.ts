import type { Clock } from '../../lib/time'

/** A bucket: this many at once, refilled at this rate. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/**
 * How much the API takes. Per address, for everybody behind it, before anything is known of the caller; per
 * person afterwards. A company may sit behind one address: that one is wide, and guessing at credentials
 * costs more there.
 */
export interface RateLimits {
  readonly perAddress: Rate
  readonly perPerson: Rate
}

export const defaultLimits: RateLimits = {
  perAddress: { burst: 1_000, perSecond: 100 },
  perPerson: { burst: 300, perSecond: 30 },
}

/** What a credential that opened nothing costs the address that showed it, beside the request itself. */
export const failedCredentialCost = 20

/** What beginning a sign-in costs: it makes the provider work. */
export const signInCost = 10

interface Bucket {
  tokens: number
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * Token buckets by key, at most `maxKeys` of them: whoever was not seen for longest makes room, which gives
 * that key a full bucket again. Memory is bounded; a caller who owns more addresses than that is not stopped
 * here.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    private readonly rate: Rate,
    private readonly now: Clock,
    private readonly maxKeys = 10_000,
  ) {}

  /**
   * Takes `cost` out of a key's bucket.
   * @returns 0 when there was enough, else how many milliseconds until there is.
   */
  take(key: string, cost = 1): number {
    const bucket = this.#bucket(key)
    if (bucket.tokens < cost) return Math.ceil(((cost - bucket.tokens) / this.rate.perSecond) * 1_000)
    bucket.tokens -= cost
    return 0
  }

  /** Takes it whether or not there is enough: for what was only found out afterwards. */
  charge(key: string, cost: number): void {
    const bucket = this.#bucket(key)
    bucket.tokens = Math.max(0, bucket.tokens - cost)
  }

  #bucket(key: string): Bucket {
    const now = this.now()
    const known = this.#buckets.get(key)
    const gained = known ? (Math.max(0, now - known.at) / 1_000) * this.rate.perSecond : 0
    const tokens = Math.min(this.rate.burst, (known?.tokens ?? this.rate.burst) + gained)
    const bucket = { tokens, at: now }
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > this.maxKeys) {
      const [oldest] = this.#buckets.keys()
      if (oldest !== undefined) this.#buckets.delete(oldest)
    }
    return bucket
  }
}

/**
 * Where the listener writes the address of the connection (or what a trusted proxy says of it) before Next
 * sees the request; whatever a client sends under this name is overwritten there.
 */
export const clientAddressHeader = 'x-rationale-client-address'

/** The key of the address that a request came from. */
export const addressKey = (headers: Headers): string =>
  addressKeyOf(headers.get(clientAddressHeader) ?? 'unknown')

/** The key of an address: an IPv6 network of 64 bits is one household, since it is given out as one. */
export function addressKeyOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4 || !address.includes(':')) return v4 ?? address
  const [head = '', tail] = address.split('::', 2)
  const groups = head.split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length
  const full = [
    ...groups,
    ...Array<string>(Math.max(0, missing)).fill('0'),
    ...(tail ?? '').split(':').filter(Boolean),
  ]
  return full.slice(0, 4).join(':')
}
