import pino from 'pino'
import { expect, test } from 'vitest'
import type { Job, JobParts } from '../../server/job'
import { startJobs } from '../../server/jobs'
import { ManualClock } from '../support/clock'

const clockAndParts = () => {
  const timers = new ManualClock()
  const logged: { job?: string }[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  return { timers, logged, parts: { timers, log } as unknown as JobParts }
}

test('a job runs again and again, and one that fails is tried again when its time comes', async () => {
  const { timers, logged, parts } = clockAndParts()
  let runs = 0
  const job: Job = {
    name: 'counting',
    everyMs: 1_000,
    run: async () => {
      runs += 1
      if (runs === 2) throw new Error('once')
    },
  }
  const stop = startJobs(parts, [job])
  await timers.advance(3_500)
  expect(runs).toBe(3)
  expect(logged.map((line) => line.job)).toEqual(['counting'])
  await stop()
  await timers.advance(5_000)
  expect(runs).toBe(3)
})

test('a job that takes long does not overlap with itself, and the end waits for it', async () => {
  const { timers, parts } = clockAndParts()
  let runs = 0
  let done = () => {}
  const job: Job = {
    name: 'slow',
    everyMs: 1_000,
    run: () => {
      runs += 1
      return new Promise<void>((resolve) => {
        done = resolve
      })
    },
  }
  const stop = startJobs(parts, [job])
  await timers.advance(10_000)
  expect(runs).toBe(1)
  let ended = false
  const ending = stop().then(() => {
    ended = true
  })
  await timers.advance(0)
  expect(ended).toBe(false)
  done()
  await ending
  await timers.advance(10_000)
  expect(runs).toBe(1)
})

test('a job that wakes runs when something happened, and once more when that was while it ran', async () => {
  const { parts, timers } = clockAndParts()
  const woken = new Set<() => void>()
  const live = {
    onHappening: (listener: () => void) => {
      woken.add(listener)
      return () => void woken.delete(listener)
    },
  }
  const wake = () => {
    for (const listener of woken) listener()
  }
  let runs = 0
  let done = () => {}
  const job: Job = {
    name: 'woken',
    everyMs: 60_000,
    wakes: true,
    run: () => {
      runs += 1
      return new Promise<void>((resolve) => {
        done = resolve
      })
    },
  }
  const stop = startJobs({ ...parts, live: live as unknown as JobParts['live'] }, [job])
  wake()
  expect(runs).toBe(1)
  wake()
  wake()
  expect(runs).toBe(1)
  done()
  await timers.advance(0)
  expect(runs).toBe(2)
  done()
  await timers.advance(59_999)
  expect(runs).toBe(2)
  await timers.advance(1)
  expect(runs).toBe(3)
  done()
  await stop()
  expect(woken.size).toBe(0)
})

test('the end is told to what is under way, so that it can break off', async () => {
  const { parts, timers } = clockAndParts()
  const job: Job = {
    name: 'long',
    everyMs: 1_000,
    run: (_, ending) => new Promise<void>((resolve) => ending.addEventListener('abort', () => resolve())),
  }
  const stop = startJobs(parts, [job])
  await timers.advance(1_000)
  await stop()
})
