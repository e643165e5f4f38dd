import { expect, test } from 'vitest'
import {
  insertColumn,
  insertRow,
  moveColumns,
  moveRows,
  removeColumns,
  removeRows,
  type TableChange,
} from '../../../components/editor/table/table-commands'
import { change, goTo, goToStart, isWhole, tableIn, tableWorld, type, wordsIn } from './table-world'

const sample = [
  ['NAM', 'KIN', 'SIZ'],
  ['A1', 'B1', 'C1'],
  ['A2', 'B2', 'C2'],
]

test('two add a column at once: both stand there, and no cell is lost', () => {
  const world = tableWorld(sample)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  goTo(ada, 'A1')
  goTo(ben, 'A1')
  change(ada, insertColumn('after'))
  change(ben, insertColumn('after'))
  type(ada, 'ADA')
  type(ben, 'BEN')
  world.sync()
  expect(wordsIn(ada)).toEqual(wordsIn(ben))
  expect(wordsIn(ada)[1]?.toSorted()).toEqual(['A1', 'ADA', 'B1', 'BEN', 'C1'])
  expect([isWhole(ada), isWhole(ben)]).toEqual([true, true])
})

test('one adds a column, the other a row: no page repairs by itself, whoever changes it next does, once', () => {
  const world = tableWorld(sample, 3)
  const [ada, ben, eve] = [world.desk(0), world.desk(1), world.desk(2)]
  goTo(ada, 'B1')
  goTo(ben, 'A2')
  goTo(eve, 'C2')
  change(ada, insertColumn('after'))
  change(ben, insertRow('below'))
  type(ben, 'BEN')
  world.sync()
  const lengths = () => world.desks.map((desk) => wordsIn(desk).map((row) => row.length))
  expect(lengths()).toEqual([
    [4, 4, 4, 3],
    [4, 4, 4, 3],
    [4, 4, 4, 3],
  ])
  // Who only types in it leaves it as it is.
  type(eve, '!')
  world.sync()
  expect(wordsIn(ada)[2]).toEqual(['A2', 'B2', '', 'C2!'])
  expect(isWhole(ada)).toBe(false)
  change(eve, insertRow('below'))
  world.sync()
  expect(world.desks.map(isWhole)).toEqual([true, true, true])
  expect(lengths()[0]).toEqual([4, 4, 4, 4, 4])
  expect(wordsIn(ada).flat()).toContain('BEN')
})

test('a row is moved while somebody types in another: every word stands where its row stands', () => {
  const world = tableWorld(sample)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  goTo(ada, 'B2')
  goTo(ben, 'B1')
  change(
    ada,
    moveRows(({ top }) => top - 1),
  )
  type(ben, 'een')
  world.sync()
  expect(wordsIn(ben)).toEqual(wordsIn(ada))
  expect(wordsIn(ada)).toEqual([sample[0], sample[2], ['A1', 'B1een', 'C1']])
  expect(tableIn(ada).child(1).child(1).child(0).attrs.id, 'with its id').toBe('r2c1p')
  ada.undo()
  world.sync()
  expect(wordsIn(ben)).toEqual([sample[0], ['A1', 'B1een', 'C1'], sample[2]])
})

const changes: TableChange[] = [
  insertRow('below'),
  insertColumn('after'),
  insertColumn('before'),
  removeRows,
  removeColumns,
  moveRows(({ bottom }) => bottom + 1),
  moveColumns(({ left }) => left - 1),
]

test('whatever two do to a table at once, their pages agree, and the next change makes it whole', () => {
  for (const [first, one] of changes.entries()) {
    for (const [second, other] of changes.entries()) {
      for (const [from, to] of [
        ['A1', 'C2'],
        ['B2', 'B2'],
        ['B1', 'C1'],
      ] as const) {
        const said = `${first} at ${from}, ${second} at ${to}`
        const world = tableWorld(sample)
        const [ada, ben] = [world.desk(0), world.desk(1)]
        goTo(ada, from)
        goTo(ben, to)
        change(ada, one)
        change(ben, other)
        world.sync()
        expect(ben.state.doc.eq(ada.state.doc), said).toBe(true)
        goToStart(ben)
        change(ben, insertColumn('after'))
        world.sync()
        expect(ben.state.doc.eq(ada.state.doc), said).toBe(true)
        expect([isWhole(ada), isWhole(ben)], said).toEqual([true, true])
      }
    }
  }
})

test('what somebody types in a row or a column that is moved at that moment goes along', () => {
  const moves: [string, TableChange][] = [
    ['row up', moveRows(({ top }) => top - 1)],
    ['column left', moveColumns(({ left }) => left - 1)],
  ]
  const narrow = sample.map((row) => row.slice(0, 2))
  for (const [said, move, words] of moves.flatMap(([name, one]) => [
    [name, one, sample] as const,
    [`${name} of two`, one, narrow] as const,
  ])) {
    const world = tableWorld(words)
    const [ada, ben] = [world.desk(0), world.desk(1)]
    goTo(ada, 'B2')
    goTo(ben, 'B2')
    change(ada, move)
    for (const letter of 'een') type(ben, letter)
    world.sync()
    type(ben, '!')
    world.sync()
    expect(wordsIn(ben), said).toEqual(wordsIn(ada))
    expect(wordsIn(ada).flat(), said).toContain('B2een!')
    expect(wordsIn(ada).flat().toSorted().join(' ').replace('een!', ''), said).toBe(
      words.flat().toSorted().join(' '),
    )
    ada.undo()
    world.sync()
    expect(wordsIn(ben), said).toEqual(words.map((row) => row.map((one) => (one === 'B2' ? 'B2een!' : one))))
  }
})
