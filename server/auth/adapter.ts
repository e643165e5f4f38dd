import type { AuthOptions } from 'next-auth'
import type { Pool } from 'pg'
import type { Clock } from '../../lib/time'
import { transaction } from '../db/open'
import type { KnownPerson } from './people'
import { createSession, endSession, sessionIdleMs, sessionMaxMs } from './session-store'

type Adapter = NonNullable<AuthOptions['adapter']>

export interface AdapterOptions {
  readonly pool: Pool
  readonly now: Clock
  /**
   * The person whom the provider has just vouched for, in this very request. next-auth names an account by
   * (provider, subject); ours is (configured issuer, subject), and its first sign-in makes the person.
   */
  readonly vouched: (subject: string) => Promise<KnownPerson | null>
  /** The session that the browser showed with this request, if any. */
  readonly present: string | null
}

const userOf = (person: KnownPerson) => ({
  id: person.id,
  name: person.name,
  email: person.email ?? '',
  image: person.picture,
  emailVerified: null,
})

const never = (what: string) => async (): Promise<never> => {
  throw new Error(`${what} is not how people come to be here: getUserByAccount makes them.`)
}

/**
 * How next-auth meets our tables. Where its defaults would tie a second identity to whoever is signed in, or
 * match people by address, it is told that there is nobody: an identity is its own person, always.
 */
export function createAdapter(options: AdapterOptions): Adapter {
  const { pool, now, vouched, present } = options
  return {
    getUserByEmail: async () => null,
    getUser: async () => null,
    async getUserByAccount({ providerAccountId }) {
      const person = await vouched(providerAccountId)
      return person && userOf(person)
    },
    createUser: never('createUser'),
    linkAccount: never('linkAccount'),
    updateUser: never('updateUser'),

    /** The session that was there ends with the new one's beginning, whoever's it was. */
    async createSession({ sessionToken, userId }) {
      await transaction(pool, async (tx) => {
        if (present) await endSession(tx, present)
        await createSession(tx, { token: sessionToken, personId: userId as KnownPerson['id'], now: now() })
      })
      // The cookie outlives the idle limit: the row decides, and moves while the session is used.
      return { sessionToken, userId, expires: new Date(now() + sessionMaxMs) }
    },
    /** A sign-in never goes on with the session that was there before: nobody is found. */
    getSessionAndUser: async () => null,
    /** Expiry moves in `authenticate`, for pages, routes and sockets alike. */
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await transaction(pool, (tx) => endSession(tx, sessionToken))
      return null
    },
  }
}

/** What next-auth may assume of a session; the rows decide. */
export const sessionOptions = {
  strategy: 'database',
  maxAge: sessionMaxMs / 1000,
  updateAge: sessionIdleMs / 1000,
} as const
