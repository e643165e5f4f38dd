import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentId } from '../../lib/id'
import type { CommitStore } from '../../server/document/commit-store'
import { Committer, type CommitterLimits } from '../../server/document/committer'
import type { DocumentQueue, QueueListener } from '../../server/document/document-queue'
import type { LoggedUpdate } from '../../server/document/update-log'
import { ManualClock, settle } from '../support/clock'

/** A database in memory: it stores, refuses, fails or hangs as it is told. */
class FakeStore implements CommitStore {
  readonly stored: string[] = []
  readonly kept: string[] = []
  /** Documents in each commit that was tried. */
  readonly tries: number[] = []
  readonly fence = new Map<DocumentId, bigint>()
  /** Documents whose data it cannot take. */
  readonly poisoned = new Set<DocumentId>()
  down: 'no' | 'before' | 'after' = 'no'
  #hang: Promise<void> | null = null

  async insert(updates: readonly LoggedUpdate[], { again }: { again: boolean }) {
    this.tries.push(new Set(updates.map((update) => update.documentId)).size)
    await this.#hang
    if (this.down === 'before') throw new Error('connect ECONNREFUSED')
    if (updates.some((update) => this.poisoned.has(update.documentId))) throw pgError('22021')
    const passed = new Set(
      updates
        .map((update) => update.documentId)
        .filter((id) =>
          updates.every((u) => u.documentId !== id || u.writeEpoch >= (this.fence.get(id) ?? 0n)),
        ),
    )
    for (const update of updates) {
      const bytes = textOf(update)
      if (passed.has(update.documentId) && !(again && this.stored.includes(bytes))) this.stored.push(bytes)
    }
    if (this.down === 'after') throw new Error('Connection terminated unexpectedly')
    return passed
  }

  async quarantine(updates: readonly LoggedUpdate[], reason: string) {
    if (this.down !== 'no') throw new Error('connect ECONNREFUSED')
    this.kept.push(...updates.map((update) => `${reason}:${textOf(update)}`))
  }

  hang(): () => void {
    let release = () => {}
    this.#hang = new Promise((resolve) => {
      release = () => {
        this.#hang = null
        resolve()
      }
    })
    return release
  }
}

const pgError = (code: string) => Object.assign(new Error('refused'), { code })
const textOf = (update: LoggedUpdate) => Buffer.from(update.data).toString()

let clock: ManualClock
let store: FakeStore
let committer: Committer
const start = (limits: Partial<CommitterLimits> = {}) => {
  clock = new ManualClock()
  store = new FakeStore()
  committer = new Committer({
    store,
    timers: clock,
    log: pino({ level: 'silent' }),
    // Nothing waits for others but where that is the subject.
    limits: { gatherMs: 0, ...limits },
    random: () => 0,
  })
}
beforeEach(() => start())

class Writer implements QueueListener {
  readonly documentId = randomUUID() as DocumentId
  readonly queue: DocumentQueue
  acknowledged = 0
  isFenced = false
  isRejected = false

  constructor() {
    this.queue = committer.open(this.documentId, this)
  }

  type(text: string, writeEpoch = 1n): void {
    this.queue.append({
      documentId: this.documentId,
      personId: null,
      relayedBy: null,
      clientId: 7,
      writeEpoch,
      data: Buffer.from(text),
    })
  }

  committed({ length: count }: readonly LoggedUpdate[]) {
    this.acknowledged += count
  }
  fenced() {
    this.isFenced = true
  }
  rejected() {
    this.isRejected = true
  }
}

describe('natural group commit', () => {
  test('the first update waits a moment for others, and what came during a commit has waited already', async () => {
    start({ gatherMs: 5, spacingMs: 0 })
    const [ada, grace] = [new Writer(), new Writer()]
    ada.type('a1')
    await clock.advance(4)
    grace.type('g1')
    expect(store.tries).toEqual([])
    const release = store.hang()
    await clock.advance(1)
    expect(store.tries).toEqual([2])
    ada.type('a2')
    await clock.advance(5)
    release()
    await settle()
    await clock.advance(0)
    expect(store.stored).toEqual(['a1', 'g1', 'a2'])
    expect(store.tries).toEqual([2, 1])
  })

  test('what arrives during a commit makes up the next one, of all documents together, each in order', async () => {
    const [ada, grace] = [new Writer(), new Writer()]
    const release = store.hang()
    ada.type('a1')
    await clock.advance(0)
    for (const text of ['a2', 'a3']) ada.type(text)
    grace.type('g1')
    release()
    await clock.advance(8)
    expect(store.tries).toEqual([1, 2])
    expect(store.stored).toEqual(['a1', 'g1', 'a2', 'a3'])
    expect([ada.acknowledged, grace.acknowledged]).toEqual([3, 1])
  })

  test('a busy stream is spaced; 256 KiB go at once', async () => {
    const ada = new Writer()
    ada.type('a')
    await clock.advance(0)
    ada.type('b')
    await clock.advance(7)
    expect(ada.acknowledged).toBe(1)
    await clock.advance(1)
    expect(ada.acknowledged).toBe(2)
    ada.type('c'.repeat(256 * 1024))
    await clock.advance(0)
    expect(ada.acknowledged).toBe(3)
  })

  test('a clock that is set back or on keeps nothing waiting, and nothing is called paused for it', async () => {
    const ada = new Writer()
    for (const ms of [-3_600_000, 7_200_000]) {
      ada.type('a')
      await clock.advance(0)
      clock.set(ms)
      ada.type('b')
      await clock.advance(8)
    }
    expect(ada.acknowledged).toBe(4)
    const release = store.hang()
    ada.type('c')
    await clock.advance(8)
    clock.set(3_600_000)
    await clock.advance(4_990)
    expect(committer.paused).toBe(false)
    clock.set(-7_200_000)
    await clock.advance(8)
    expect(committer.paused).toBe(true)
    release()
    await clock.advance(0)
    expect(committer.paused).toBe(false)
  })

  test('one writer does not keep the others waiting: a commit takes so many updates, and then turns', async () => {
    start({ batchUpdates: 2 })
    const [ada, grace] = [new Writer(), new Writer()]
    for (const text of ['a1', 'a2', 'a3', 'a4']) ada.type(text)
    grace.type('g1')
    await clock.advance(0)
    expect(store.stored).toEqual(['a1', 'a2'])
    await clock.advance(8)
    expect(store.stored).toEqual(['a1', 'a2', 'g1', 'a3'])
    await clock.advance(8)
    expect(store.stored).toEqual(['a1', 'a2', 'g1', 'a3', 'a4'])
    await committer.settled()
  })
})

describe('a database that does not answer', () => {
  test('keeps the queue, acknowledges nothing, tries again with growing waits, and catches up', async () => {
    const ada = new Writer()
    store.down = 'before'
    ada.type('a')
    await clock.advance(0)
    ada.type('b')
    await clock.advance(49)
    expect(store.tries).toHaveLength(1)
    await clock.advance(1)
    expect(store.tries).toHaveLength(2)
    await clock.advance(100)
    expect(store.tries).toHaveLength(3)
    expect(ada.acknowledged).toBe(0)
    store.down = 'no'
    await clock.advance(10_000)
    expect(store.stored).toEqual(['a', 'b'])
    expect(ada.acknowledged).toBe(2)
    expect(committer.stats()).toMatchObject({ queuedBytes: 0, queuedUpdates: 0, failures: 3 })
  })

  test('a connection cut after its COMMIT: nothing is stored twice, everything is acknowledged', async () => {
    const ada = new Writer()
    store.down = 'after'
    ada.type('a')
    await clock.advance(0)
    expect(store.stored).toEqual(['a'])
    expect(ada.acknowledged).toBe(0)
    store.down = 'no'
    ada.type('b')
    await clock.advance(1_000)
    expect(store.stored).toEqual(['a', 'b'])
    expect(ada.acknowledged).toBe(2)
  })

  test('saving is called paused after 5 s, and caught up afterwards', async () => {
    const said: boolean[] = []
    committer.onPaused((paused) => said.push(paused))
    const ada = new Writer()
    store.down = 'before'
    ada.type('a')
    await clock.advance(4_999)
    expect(said).toEqual([])
    await clock.advance(1)
    expect(said).toEqual([true])
    store.down = 'no'
    await clock.advance(10_000)
    expect(said).toEqual([true, false])
    // An ordinary pause in typing is none in saving.
    ada.type('b')
    await clock.advance(60_000)
    expect(said).toEqual([true, false])
  })

  test('a slow database is paused too', async () => {
    const ada = new Writer()
    const release = store.hang()
    ada.type('a')
    await clock.advance(5_000)
    expect(committer.paused).toBe(true)
    release()
    await clock.advance(0)
    expect(committer.paused).toBe(false)
    expect(ada.acknowledged).toBe(1)
  })

  test('a full queue refuses loads first, then everything', async () => {
    start({ refuseLoadsBytes: 10, fullBytes: 20 })
    const ada = new Writer()
    store.down = 'before'
    expect(committer.pressure).toBe('none')
    ada.type('0123456789')
    expect(committer.pressure).toBe('crowded')
    ada.type('0123456789')
    expect(committer.pressure).toBe('full')
    store.down = 'no'
    await clock.advance(10_000)
    expect(committer.pressure).toBe('none')
  })

  test('settled waits for the last commit', async () => {
    const ada = new Writer()
    store.down = 'before'
    ada.type('a')
    let settled = false
    void committer.settled().then(() => {
      settled = true
    })
    await clock.advance(1_000)
    expect(settled).toBe(false)
    store.down = 'no'
    await clock.advance(1_000)
    expect(settled).toBe(true)
  })
})

describe('data that the database cannot take', () => {
  test('is found by halves; the rest is committed, each document once', async () => {
    const writers = Array.from({ length: 8 }, () => new Writer())
    store.poisoned.add((writers[5] as Writer).documentId)
    for (const [index, writer] of writers.entries()) writer.type(`w${index}`)
    await clock.advance(0)
    expect(writers.map((writer) => writer.acknowledged)).toEqual([1, 1, 1, 1, 1, 0, 1, 1])
    expect(writers.map((writer) => writer.isRejected).indexOf(true)).toBe(5)
    expect([...store.stored].sort()).toEqual(['w0', 'w1', 'w2', 'w3', 'w4', 'w6', 'w7'])
  })

  test('is kept beside the log, with everything behind it, and the others go on', async () => {
    const [bad, good] = [new Writer(), new Writer()]
    store.poisoned.add(bad.documentId)
    bad.type('b1')
    await clock.advance(0)
    bad.type('b2')
    const aside = bad.queue.setAside('22021')
    good.type('g1')
    await clock.advance(100)
    await aside
    expect(store.kept).toEqual(['22021:b1', '22021:b2'])
    expect(store.stored).toEqual(['g1'])
    expect(bad.acknowledged).toBe(0)
    expect(committer.stats()).toMatchObject({ queuedBytes: 0, setAside: 2 })
  })

  test('what is set aside while it is in flight is either committed or kept, never both', async () => {
    const ada = new Writer()
    const release = store.hang()
    ada.type('a1')
    await clock.advance(0)
    ada.type('a2')
    const aside = ada.queue.setAside('fence')
    release()
    await clock.advance(100)
    await aside
    expect(store.stored).toEqual(['a1'])
    expect(store.kept).toEqual(['fence:a2'])
  })

  test('setting aside waits for a database that is away', async () => {
    const ada = new Writer()
    store.down = 'before'
    ada.type('a')
    await clock.advance(0)
    const aside = ada.queue.setAside('fence')
    await clock.advance(1_000)
    expect(store.kept).toEqual([])
    store.down = 'no'
    await clock.advance(5_000)
    await aside
    expect(store.kept).toEqual(['fence:a'])
  })
})

describe('the fence', () => {
  test('holds one document until its updates were judged anew, in order, and no other', async () => {
    const [ada, grace] = [new Writer(), new Writer()]
    store.fence.set(ada.documentId, 2n)
    ada.type('a1')
    grace.type('g1')
    await clock.advance(0)
    expect(ada.isFenced).toBe(true)
    expect(grace.acknowledged).toBe(1)
    ada.type('a2')
    await clock.advance(1_000)
    expect(store.stored).toEqual(['g1'])
    ada.queue.resume(() => 2n)
    await clock.advance(10)
    expect(store.stored).toEqual(['g1', 'a1', 'a2'])
    expect(ada.acknowledged).toBe(2)
  })
})

test('waits are measured', async () => {
  const ada = new Writer()
  ada.type('a')
  await settle()
  await clock.advance(0)
  expect(committer.stats()).toMatchObject({ commits: 1, committedUpdates: 1, commitP50Ms: 0, commitP99Ms: 0 })
})
