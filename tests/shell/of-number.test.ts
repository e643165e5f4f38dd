import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentOfNumber } from '../../server/document/of-number'
import { World } from '../api/world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const asked = (name: 'ada' | 'grace', address: string) =>
  documentOfNumber(world.db, { personId: world.ids[name], scope: 'admin' }, address)

test('a short address means the document with that number, however it is written', async () => {
  const { id, number } = await world.document('ada', 'Short')
  const digits = String(Number(number?.slice(4)))
  for (const address of [digits, `0${digits}`, number ?? '', `tdd-${digits}`, `DOC-${digits}`]) {
    expect(await asked('ada', address), address).toBe(id)
  }
})

test('a document of somebody else, one in the bin of its owner and one that never was are alike', async () => {
  const { id, number } = await world.document('ada', 'Hers alone')
  expect(await asked('grace', number ?? '')).toBeNull()
  expect(await asked('grace', '999999999')).toBeNull()
  await world.call('deleteDocument', await world.token('ada'), { params: { id } })
  expect(await asked('grace', number ?? '')).toBeNull()
})

test('what is no number asks the database nothing it could choke on', async () => {
  for (const address of [
    '0',
    '-1',
    '1.5',
    '1e3',
    '9999999999',
    '99999999999999999999',
    'TDD-',
    'nothing',
    '1;drop',
    '٤٢',
  ]) {
    expect(await asked('ada', address), address).toBeNull()
  }
})
