import { expect, it } from 'vitest'
import {
  type Command,
  type CommandSource,
  type FoundCommands,
  offerCommands,
  readCommands,
} from '../../components/shell/commands'

const command = (label: string): Command => ({ id: label, group: 'Document', label })

/** Offers these, reads them, and says what was told so far. */
function reading(...sources: CommandSource[]) {
  const offers = sources.map(offerCommands)
  const told: FoundCommands[] = []
  const end = readCommands((found) => told.push(found))
  return {
    end,
    withdraw: () => {
      for (const stop of offers) stop()
    },
    async told() {
      await new Promise((resolve) => setImmediate(resolve))
      return told.map(({ commands, isWhole }) => [commands.map(({ label }) => label).join(' '), isWhole])
    },
  }
}

it('tells what has come: whoever does not answer keeps nobody else’s away, whoever fails is left out', async () => {
  let answer = (_: readonly Command[]) => {}
  const server = new Promise<readonly Command[]>((resolve) => {
    answer = resolve
  })
  const { told, withdraw } = reading(
    { now: () => [command('Home')], later: () => server },
    { now: () => [command('Share')], later: async () => [command('Bold')] },
    { now: () => [], later: () => Promise.reject(new Error('away')) },
    { now: () => [command('Find')] },
  )
  expect(await told()).toEqual([['Home Share Bold Find', false]])
  answer([command('Terms')])
  expect(await told()).toEqual([
    ['Home Share Bold Find', false],
    ['Home Terms Share Bold Find', true],
  ])
  withdraw()
})

it('tells nothing after its end, and nothing of what is not offered any more', async () => {
  const { told, end, withdraw } = reading({ now: () => [], later: async () => [command('Late')] })
  end()
  expect(await told()).toEqual([])
  withdraw()
  const next = reading({ now: () => [command('Now')] })
  expect(await next.told()).toEqual([['Now', true]])
  next.withdraw()
})
