import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTimeOf } from '../../server/db/process-table'
import { lockHolder, takeFolder } from '../../server/launch/instance-lock'
import { zombie } from '../support/zombie'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rationale-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

const lockOf = async () => JSON.parse(await readFile(join(folder, 'server.lock'), 'utf8'))

test('whoever has the folder keeps everybody else out, with a sentence', async () => {
  const giveBack = await takeFolder(folder, 'server')
  await expect(takeFolder(folder, 'server')).rejects.toThrow(
    `Rationale is already running on the data folder ${folder} (process ${process.pid}). Stop it first`,
  )
  expect(await lockHolder(folder)).toMatchObject({ pid: process.pid, purpose: 'server' })
  await giveBack()
  expect(await lockHolder(folder)).toBeNull()
  await (await takeFolder(folder, 'server'))()
})

test('of several at once, one has it', async () => {
  const tried = await Promise.allSettled(Array.from({ length: 8 }, () => takeFolder(folder, 'server')))
  expect(tried.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(folder)).toEqual(['server.lock'])
})

test('a lock whose process has ended is taken over, by one of several', async () => {
  // Once more and more: each round is another race for the same stale lock, and for an heir's that died.
  for (let round = 0; round < 60; round += 1) {
    const old = (name: string) =>
      JSON.stringify({ pid: 2 ** 22 + 1, startTime: 'then', purpose: 'server', name })
    await writeFile(join(folder, 'server.lock'), old('old'))
    if (round % 2 === 1) await writeFile(join(folder, 'server.lock.heir'), old('heir'))
    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => takeFolder(folder, 'server')))
    expect(tried.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    expect((await lockOf()).pid).toBe(process.pid)
    expect(await readdir(folder)).toEqual(['server.lock'])
  }
})

test('a number that belongs to another process by now does not count', async () => {
  // The runner's own parent: alive, but it began at another time than the lock says.
  await writeFile(
    join(folder, 'server.lock'),
    JSON.stringify({ pid: process.ppid, startTime: 'before', purpose: 'server', name: 'old' }),
  )
  const giveBack = await takeFolder(folder, 'server')
  await giveBack()
})

test('a killed process whose parent has not noticed holds nothing', async () => {
  const killed = await zombie()
  const startTime = await startTimeOf(killed.pid)
  await writeFile(
    join(folder, 'server.lock'),
    JSON.stringify({ pid: killed.pid, startTime, purpose: 'server', name: 'old' }),
  )
  try {
    expect(startTime).not.toBeNull()
    expect(await lockHolder(folder)).toBeNull()
    await (await takeFolder(folder, 'server'))()
  } finally {
    killed.remove()
  }
})

test('half a lock counts as none', async () => {
  await writeFile(join(folder, 'server.lock'), '{"pid":')
  await (await takeFolder(folder, 'server'))()
})

test('a folder that cannot be made is told', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(takeFolder(join(folder, 'file', 'data'), 'server')).rejects.toThrow(
    'cannot be written (ENOTDIR)',
  )
})
