import { TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { mentionOffer, mentionOfferOf, offerPeople } from '../../../components/editor/mention/mention-offer'
import { contentSchema } from '../../../lib/content/schema'
import type { Person } from '../../../lib/person'
import { type Desk, World } from '../../lib/content/anchor-world'

const person = (n: number, name: string): Person => ({
  id: `0000000${n}-0000-4000-8000-000000000000`,
  name,
  email: null,
  color: '#336699',
  picture: null,
})
const everybody = [person(1, 'Ada Lovelace'), person(2, 'Grace Hopper'), person(3, 'Linus Torvalds')]

function world(words = '') {
  const asked: string[] = []
  const plugins: ReturnType<typeof mentionOffer>[] = []
  const search = async (query: string) => {
    asked.push(query)
    return everybody.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
  }
  const line = contentSchema.node('paragraph', { id: 'p' }, words === '' ? [] : [contentSchema.text(words)])
  const all = new World(contentSchema.node('doc', null, [line]), 2, (index) => {
    plugins[index] = mentionOffer(search)
    return [plugins[index]]
  })
  const ada = all.desk(0)
  caretAt(ada, 1 + words.length)
  const type = async (typed: string) => {
    for (const letter of typed) {
      const { from, to } = ada.state.selection
      const usual = () => ada.state.tr.insertText(letter, from, to)
      const handle = plugins[0]?.props.handleTextInput as unknown as (...given: unknown[]) => boolean
      if (!handle(ada.view, from, to, letter, usual)) ada.dispatch(usual())
    }
    // The answers of `search` have come.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const press = (key: string) => {
    const handle = plugins[0]?.props.handleKeyDown as unknown as (...given: unknown[]) => boolean
    return handle(ada.view, { key } as KeyboardEvent)
  }
  return { all, ada, grace: all.desk(1), type, press, asked }
}

const caretAt = (desk: Desk, position: number) =>
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, position)))
const names = (desk: Desk) => mentionOfferOf(desk.state)?.people.map(({ name }) => name.split(' ')[0])

test('an @ where no letter precedes offers people, who are narrowed by what is typed on', async () => {
  const { ada, type } = world('Ask ')
  await type('@')
  expect(names(ada)).toEqual(['Ada', 'Grace', 'Linus'])
  await type('gr')
  expect(names(ada)).toEqual(['Grace'])
  await type('x')
  expect(mentionOfferOf(ada.state), 'whom nobody is called').toBeNull()
  const address = world('ada')
  await address.type('@example')
  expect([mentionOfferOf(address.ada.state), address.asked], 'an address').toEqual([null, []])
})

test('Enter puts the chosen person in the place of what was typed, and undo gives it back', async () => {
  const { all, ada, grace, type, press } = world('Ask ')
  await type('@')
  expect([press('ArrowDown'), press('ArrowUp'), press('ArrowUp'), press('Enter')]).toEqual([
    true,
    true,
    true,
    true,
  ])
  const named = ada.state.doc.firstChild?.child(1)
  expect(named?.attrs).toEqual({ person: everybody[2]?.id, name: 'Linus Torvalds' })
  expect(ada.state.doc.textContent).toBe('Ask  ')
  expect(press('Enter'), 'the key is its own again').toBe(false)
  all.sync()
  expect(grace.state.doc.eq(ada.state.doc)).toBe(true)
  await type('now')
  expect(ada.state.doc.textContent).toBe('Ask  now')
  ada.undo()
  expect(ada.state.doc.textContent, 'what was typed behind it').toBe('Ask  ')
  ada.undo()
  expect(ada.state.doc.textContent, 'the person').toBe('Ask @')
  ada.undo()
  expect(ada.state.doc.textContent, 'what was typed before').toBe('Ask ')
})

test('Escape leaves what was typed, and what others write in the line moves it along', async () => {
  const { all, ada, grace, type, press } = world('Ask ')
  await type('@gr')
  all.sync()
  grace.edit((tr) => tr.insertText('Please: ', 1))
  all.sync()
  expect(names(ada)).toEqual(['Grace'])
  expect(press('Escape')).toBe(true)
  expect(ada.state.doc.textContent).toBe('Please: Ask @gr')
  await type('a')
  expect(mentionOfferOf(ada.state), 'and does not open again').toBeNull()
})

test('code names nobody', async () => {
  const { ada, asked } = world()
  ada.edit((tr) => tr.setBlockType(1, 1, contentSchema.nodes.codeBlock as never))
  offerPeople(ada.view)
  expect([ada.state.doc.textContent, asked]).toEqual(['', []])
})
