import type { Adapter, AdapterPayload } from 'oidc-provider'

/** What is kept at most; one sign-in needs five entries for a few minutes. */
const maxEntries = 2_000

interface Entry {
  readonly payload: AdapterPayload
  /** Milliseconds since the epoch. */
  readonly endsAt: number
}

/**
 * Where the provider keeps what it needs between two requests: in this process's memory and nowhere else, so
 * that its sessions and codes die with it. Bounded: the oldest entries make room.
 */
export function memoryStorage(): (model: string) => Adapter {
  const entries = new Map<string, Entry>()

  const live = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key)
    if (entry && entry.endsAt > Date.now()) return entry.payload
    entries.delete(key)
    return undefined
  }
  const byField = (model: string, field: 'uid' | 'userCode', value: string) => {
    for (const [key, { payload }] of entries) {
      if (key.startsWith(`${model}:`) && payload[field] === value) return live(key)
    }
    return undefined
  }

  return (model) => ({
    async upsert(id, payload, expiresInSeconds) {
      const key = `${model}:${id}`
      entries.delete(key)
      entries.set(key, { payload, endsAt: Date.now() + (expiresInSeconds ?? 3_600) * 1_000 })
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break
        entries.delete(oldest)
      }
    },
    find: async (id) => live(`${model}:${id}`),
    findByUid: async (uid) => byField(model, 'uid', uid),
    findByUserCode: async (userCode) => byField(model, 'userCode', userCode),
    async consume(id) {
      const payload = live(`${model}:${id}`)
      if (payload) payload.consumed = Math.floor(Date.now() / 1_000)
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`)
    },
    /** A code that is used twice takes everything along that came from it (RFC 6749, 4.1.2). */
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
    },
  })
}
