import { randomUUID } from 'node:crypto'
import pino from 'pino'
import * as Y from 'yjs'
import { abilitiesOf, type Role } from '../../lib/access'
import { schemaVersion } from '../../lib/content/schema'
import * as shape from '../../lib/content/shape'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Capability } from '../../lib/sync/message'
import type { Access } from '../../server/access/resolve'
import type { Principal } from '../../server/auth/authenticate'
import { serverClientId } from '../../server/document/update-log'
import type { LiveSignal } from '../../server/live/subscribe'
import type { ConnectRequest } from '../../server/sync/connect-request'
import { Hub } from '../../server/sync/hub'
import { Judge } from '../../server/sync/judge'
import { type SyncLimits, syncLimits } from '../../server/sync/limits'
import { noRelay, type Relay } from '../../server/sync/relay'
import { ManualClock, settle } from '../support/clock'
import { bodyOf } from '../support/raw-body'
import { MemoryDisk, MemoryStore } from './memory-store'
import { Page } from './page'
import type { Pair } from './pair'

/** People, pages, one document, a server that can be killed, and a disk that stays. */
export class World {
  readonly clock: ManualClock
  readonly disk: MemoryDisk
  readonly documentId: DocumentId
  readonly pages: Page[] = []
  /** Every connection that was ever made, old ones first. */
  readonly pairs: Pair[] = []
  readonly roles: Map<PersonId, Role | null>
  /** People whose credentials have ended. */
  readonly ended: Set<PersonId>
  readonly #people: Map<string, PersonId>
  readonly #relay: () => Relay
  readonly #limits: SyncLimits
  #listeners = new Set<(signal: LiveSignal) => void>()
  #nextId = 1_000
  hub: Hub
  store: MemoryStore

  /**
   * @param node another node of the same installation: the world whose people, document, disk and time it
   *   shares, and what makes each of its servers' relays.
   */
  constructor(
    limits: Partial<SyncLimits> = {},
    text = '',
    node: { readonly of?: World; readonly relay?: () => Relay } = {},
  ) {
    this.#limits = { ...syncLimits, ...limits }
    this.#relay = node.relay ?? (() => noRelay)
    this.clock = node.of?.clock ?? new ManualClock()
    this.disk = node.of?.disk ?? new MemoryDisk()
    this.documentId = node.of?.documentId ?? (randomUUID() as DocumentId)
    this.roles = node.of?.roles ?? new Map()
    this.ended = node.of?.ended ?? new Set()
    this.#people = node.of === undefined ? new Map() : node.of.#people
    if (node.of === undefined) this.#seed(text)
    this.store = new MemoryStore(this.disk, this.clock.now)
    this.hub = this.#start()
  }

  #seed(text: string): void {
    this.disk.updates.set(this.documentId, [Y.encodeStateAsUpdate(bodyOf(serverClientId, text))])
    this.disk.claims.set(
      this.documentId,
      new Map([[serverClientId, { clientId: serverClientId, personId: null, claimedAt: 0 }]]),
    )
  }

  person(name: string, role: Role = 'editor'): PersonId {
    const known = this.#people.get(name)
    if (known) return known
    const id = randomUUID() as PersonId
    this.#people.set(name, id)
    this.roles.set(id, role)
    return id
  }

  /** A page of somebody, connected. */
  open(
    name: string,
    options: Parameters<World['connect']>[1] & { role?: Role; clientId?: number } = {},
  ): Page {
    this.person(name, options.role)
    const page = new Page(name, options.clientId ?? this.#nextId++)
    this.pages.push(page)
    this.connect(page, options)
    return page
  }

  connect(page: Page, options: { caps?: Capability[]; schema?: number; documentId?: DocumentId } = {}): void {
    const pair = page.connect()
    this.pairs.push(pair)
    const request: ConnectRequest = {
      documentId: options.documentId ?? this.documentId,
      shown: { authorization: page.name },
      address: '192.0.2.1',
      capabilities: new Set(options.caps ?? ['saved', 'live']),
      personId: null,
      schemaVersion: options.schema ?? null,
    }
    pair.listen(this.hub.accept(pair, request))
  }

  announce(signal: LiveSignal): void {
    for (const listener of [...this.#listeners]) listener(signal)
  }

  /** Gives a role or takes it away, as the database does: the fence rises. */
  setRole(name: string, role: Role | null): void {
    this.roles.set(this.person(name), role)
    this.disk.epochs.set(this.documentId, this.#epoch + 1n)
  }

  /** The server is gone between two instructions; what it had not committed is gone with it. */
  kill(): void {
    this.store.cut()
    this.#listeners = new Set()
    for (const pair of this.pairs.splice(0)) pair.cut()
  }

  /** The server stops as it should, and another one starts. */
  async restart(): Promise<void> {
    void this.hub.drain()
    this.store.release()
    await this.pass(10_000)
    this.kill()
    this.start()
  }

  /** A server on the same disk. */
  start(): void {
    this.store = new MemoryStore(this.disk, this.clock.now)
    this.hub = this.#start()
  }

  /** Delivers and commits everything that is on its way, until nothing moves any more. */
  async calm(): Promise<void> {
    this.store.isPrompt = true
    for (let quiet = 0; quiet < 3; ) {
      this.store.release()
      await settle()
      let moved = false
      for (const pair of this.pairs) {
        while (pair.canDeliverToServer) {
          pair.deliverToServer()
          moved = true
        }
        while (pair.canDeliverToPage) {
          pair.deliverToPage()
          moved = true
        }
      }
      // Three quiet rounds are longer than any batch waits.
      await this.clock.advance(20)
      quiet = moved ? 0 : quiet + 1
    }
    this.store.isPrompt = false
  }

  /** Time passes as it does for servers: in steps, with whatever is due. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms)
  }

  /** What a fresh reader would find in the log. */
  async stored(): Promise<Y.Doc> {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, await new MemoryStore(this.disk, this.clock.now).readAgain(this.documentId))
    return doc
  }

  get #epoch(): bigint {
    return this.disk.epochs.get(this.documentId) ?? 1n
  }

  #start(): Hub {
    const listeners = this.#listeners
    return new Hub({
      store: this.store,
      judge: new Judge({
        db: {} as never,
        now: this.clock.now,
        schemaVersion,
        authenticate: async (_db, { authorization }) => this.#principal(authorization ?? ''),
        resolveAccess: async (_db, { personId, scope }, documentId) =>
          this.#access(personId, scope, documentId),
        isPutAway: async () => false,
        credentialStands: async (_db, { personId }) =>
          this.ended.has(personId) ? null : { expiresAt: null },
      }),
      log: pino({ level: process.env.SYNC_LOG ?? 'silent' }),
      live: {
        subscribe: (listener) => {
          listeners.add(listener)
          return () => void listeners.delete(listener)
        },
      },
      relay: this.#relay(),
      timers: this.clock,
      limits: this.#limits,
      shape,
      schemaVersion,
      random: () => 0.5,
    })
  }

  #principal(name: string): Principal | null {
    const id = this.#people.get(name)
    if (id === undefined || this.ended.has(id)) return null
    return {
      personId: id,
      scope: 'write',
      credentialId: `t:${name}`,
      kind: 'token',
      person: { id, name, color: '#336699', picture: null },
      workspaceRole: 'member',
      expiresAt: null,
    }
  }

  #access(personId: PersonId, scope: Principal['scope'], documentId: DocumentId): Access | null {
    const role = this.roles.get(personId) ?? null
    const abilities = abilitiesOf({ role, scope, phase: 'open' })
    if (role === null || abilities.size === 0) return null
    return {
      documentId,
      role,
      abilities,
      phase: 'open',
      writeEpoch: this.#epoch,
      schemaVersion,
    }
  }
}

/** A world in which these are connected and up to date. */
export async function worldWith<const Names extends readonly string[]>(
  names: Names,
  world = new World(),
): Promise<[World, ...{ [Index in keyof Names]: Page }]> {
  const pages = names.map((name) => world.open(name)) as { [Index in keyof Names]: Page }
  await world.calm()
  return [world, ...pages]
}

/** What a page shows of another one's presence. */
export const shownOn = (page: Page, of: Page) => {
  const entry = page.states.get(of.doc.clientID)
  return entry && JSON.parse(entry.state)
}
