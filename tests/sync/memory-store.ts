import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import type { Recovery } from '../../lib/sync/ownership'
import type { Clock } from '../../lib/time'
import { BodyDamaged } from '../../server/document/body-damaged'
import type { ClientClaim, WantedClient } from '../../server/document/client-claim'
import type { FoldOutcome, FoldRule } from '../../server/document/compact'
import { docOf, type LoggedUpdate, type StoredBody } from '../../server/document/update-log'
import type { SyncStore } from '../../server/sync/sync-store'

/** What a database would keep. It outlives the servers that are started on it, one after another. */
export class MemoryDisk {
  readonly updates = new Map<DocumentId, Uint8Array[]>()
  readonly claims = new Map<DocumentId, Map<number, ClientClaim>>()
  readonly kept: LoggedUpdate[] = []
  readonly epochs = new Map<DocumentId, bigint>()
  /** When a run was last found to have died, in ms since the epoch. */
  foundDeadAt: number | null = null
  /** Servers that have not said that they ended. */
  readonly running = new Set<MemoryStore>()
}

/**
 * One server's connection to a disk. Commits wait until the test lets them through; when the server is
 * killed, what waits is lost.
 */
export class MemoryStore implements SyncStore {
  readonly #disk: MemoryDisk
  readonly #now: Clock
  readonly #recoveryMs: number
  /** Commits that wait for `release`. */
  #waiting: ((outcome: 'commit' | 'fail' | 'commit, but say fail') => void)[] = []
  #isCut = false
  /** Lets every commit through at once. */
  isPrompt = false
  isAway = false
  /** Every call of `compact`, with its rule. */
  readonly folds: FoldRule[] = []
  /** What calls of `compact` find; by default all that is there, with a snapshot as long as nothing. */
  compactAs: (rule: FoldRule, parts: readonly Uint8Array[]) => FoldOutcome = (_rule, parts) => ({
    kind: 'folded',
    folded: { updates: parts.length, bytes: parts.reduce((sum, part) => sum + part.length, 0), baseBytes: 0 },
    fellBack: false,
  })

  constructor(disk: MemoryDisk, now: Clock, recoveryMs = 7 * 24 * 3_600_000) {
    this.#disk = disk
    this.#now = now
    this.#recoveryMs = recoveryMs
    this.#findDead()
    disk.running.add(this)
  }

  get hasCommits(): boolean {
    return this.#waiting.length > 0
  }

  release(outcome: 'commit' | 'fail' | 'commit, but say fail' = 'commit'): void {
    for (const go of this.#waiting.splice(0)) go(outcome)
  }

  /** The process is gone: nothing of it reaches the disk any more, and nothing comes back. */
  cut(): void {
    this.#isCut = true
    this.#waiting = []
  }

  async insert(updates: readonly LoggedUpdate[], { again }: { again: boolean }) {
    const outcome = await new Promise<'commit' | 'fail' | 'commit, but say fail'>((resolve) => {
      if (this.#isCut) return
      if (this.isAway) resolve('fail')
      else if (this.isPrompt) resolve('commit')
      else this.#waiting.push(resolve)
    })
    if (outcome === 'fail') throw new Error('connect ECONNREFUSED')
    const passed = new Set<DocumentId>()
    for (const documentId of new Set(updates.map((update) => update.documentId))) {
      const theirs = updates.filter((update) => update.documentId === documentId)
      const fence = this.#disk.epochs.get(documentId) ?? 0n
      if (theirs.some((update) => update.writeEpoch < fence)) continue
      passed.add(documentId)
      const log = this.#disk.updates.get(documentId) ?? []
      this.#disk.updates.set(documentId, log)
      for (const { data } of theirs) {
        if (!(again && log.some((known) => Buffer.from(known).equals(data)))) log.push(data)
      }
    }
    if (outcome === 'commit, but say fail') throw new Error('Connection terminated unexpectedly')
    return passed
  }

  async quarantine(updates: readonly LoggedUpdate[]) {
    this.#disk.kept.push(...updates)
  }

  async recovery(documentId: DocumentId): Promise<Recovery | null> {
    this.#answer()
    this.#findDead()
    const kept = this.#disk.kept.some((update) => update.documentId === documentId)
    const since = kept ? this.#now() : this.#disk.foundDeadAt
    return since === null
      ? null
      : { claimedBefore: since, until: since + this.#recoveryMs, restoredUntil: null }
  }

  async deadNodes(): Promise<readonly string[]> {
    return []
  }

  async read(documentId: DocumentId): Promise<StoredBody> {
    this.#answer()
    const parts = this.#disk.updates.get(documentId) ?? []
    if (parts.length === 0) throw new BodyDamaged(documentId, 'missing')
    return {
      documentId,
      parts: [...parts],
      snapshotId: null,
      openSeqs: parts.map(String),
      openBytes: parts.reduce((bytes, part) => bytes + part.length, 0),
      snapshotBytes: 0,
      fellBack: false,
    }
  }

  async readAgain(documentId: DocumentId, has?: Uint8Array): Promise<Uint8Array> {
    return Y.encodeStateAsUpdate(docOf(await this.read(documentId)), has)
  }

  async claims(documentId: DocumentId): Promise<readonly ClientClaim[]> {
    this.#answer()
    return [...(this.#disk.claims.get(documentId)?.values() ?? [])]
  }

  async claim(documentId: DocumentId, wanted: readonly WantedClient[]) {
    this.#answer()
    const claims = this.#disk.claims.get(documentId) ?? new Map<number, ClientClaim>()
    this.#disk.claims.set(documentId, claims)
    return wanted.map(({ clientId, personId }) => {
      const claim = claims.get(clientId) ?? { clientId, personId, claimedAt: this.#now() }
      claims.set(clientId, claim)
      return claim
    })
  }

  async compact(documentId: DocumentId, rule: FoldRule): Promise<FoldOutcome> {
    this.folds.push(rule)
    this.#answer()
    return this.compactAs(rule, this.#disk.updates.get(documentId) ?? [])
  }

  async touch(): Promise<void> {}

  async committed(): Promise<void> {}

  async end(): Promise<void> {
    this.#disk.running.delete(this)
  }

  #findDead(): void {
    for (const other of this.#disk.running) {
      if (!other.#isCut) continue
      this.#disk.running.delete(other)
      // Later than any claim, as in the database: the clock may have been set back since.
      const claims = [...this.#disk.claims.values()].flatMap((known) => [...known.values()])
      this.#disk.foundDeadAt = Math.max(this.#now(), ...claims.map(({ claimedAt }) => claimedAt + 1))
    }
  }

  #answer(): void {
    if (this.isAway || this.#isCut) throw new Error('connect ECONNREFUSED')
  }
}
