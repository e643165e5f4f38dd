import { expect, test } from 'vitest'
import { presentPeople, samePeople } from '../../../components/presence/present-people'

const self = { clientId: 1, personId: 'ada' }
const user = (id: string, name: string) => ({ user: { id, name, color: '#b8457e' } })
const here = (entries: [number, unknown][]) => presentPeople(new Map(entries), self)

test('each person once, by name, without oneself in whatever window', () => {
  const people = here([
    [1, user('ada', 'Ada')],
    [2, user('ada', 'Ada')],
    [3, user('linus', 'Linus')],
    [4, user('grace', 'Grace')],
    [5, user('grace', 'Grace')],
  ])
  expect(people.map((person) => person.name)).toEqual(['Grace', 'Linus'])
})

test('of several windows, the one with a caret can be gone to', () => {
  const people = here([
    [4, { ...user('grace', 'Grace'), sectionId: 'a' }],
    [5, { ...user('grace', 'Grace'), sectionId: 'b', cursor: { anchor: {}, head: {} } }],
  ])
  expect(people).toEqual([
    { personId: 'grace', name: 'Grace', color: '#b8457e', clientId: 5, sectionId: 'b', hasCaret: true },
  ])
})

test('what is no proper person is not shown, and breaks nothing', () => {
  const odd: unknown[] = [
    null,
    7,
    {},
    { user: null },
    { user: { id: 3, name: 'x' } },
    { user: { id: 'x', name: '  ' } },
  ]
  expect(here(odd.map((state, index) => [index + 2, state]))).toEqual([])
  const strange = here([
    [2, { user: { id: 'eve', name: 'E'.repeat(5_000), color: { toString: 1 } }, sectionId: 9 }],
  ])
  expect(strange[0]?.name).toHaveLength(100)
  expect(strange[0]).toMatchObject({ color: '', sectionId: null, hasCaret: false })
})

test('a caret that moves within its section changes nothing that is drawn', () => {
  const at = (anchor: number) =>
    here([[4, { ...user('grace', 'Grace'), sectionId: 'a', cursor: { anchor, head: anchor } }]])
  expect(samePeople(at(1), at(2))).toBe(true)
  expect(samePeople(at(1), here([]))).toBe(false)
})
