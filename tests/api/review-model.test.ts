import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewAnswer } from '../../lib/api-review'
import type { VerdictKind } from '../../lib/review'
import { type Random, random } from '../support/random'
import { ModelReview } from './review-model'
import { ReviewWorld } from './review-world'
import type { Somebody } from './world'

/** Random reviews, each told to the API and to a model of plain numbers, which have to agree after every step. */
const titles = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const
const markdown = titles.map((title) => `# ${title}\n\nWords of ${title}.\n`).join('\n')
const reviewers = ['grace', 'linus', 'margaret'] as const

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())

class Told {
  readonly model = new ModelReview(titles)
  readonly threadIds: string[] = []
  readonly steps: string[] = []

  constructor(readonly chance: Random) {}

  async begin(): Promise<void> {
    await story.document(markdown)
    const wanted = reviewers.map((name, index) => {
      const required = index === 0 || this.chance.between(0, 1) === 1
      const scope = this.chance.between(0, 2) === 0 ? this.chance.pick(titles) : null
      this.model.ask(name, required, scope)
      return {
        personId: story.ids[name],
        required,
        sectionIds: scope === null ? null : [story.section(scope)],
      }
    })
    await story.ask(...wanted)
    await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
    await this.agree()
  }

  async step(): Promise<void> {
    const { model, chance } = this
    if (model.status === 'approved') {
      this.steps.push('open again')
      await story.ok('moveStatus', 'ada', { body: { to: 'in_review', reason: 'More.' } })
      model.status = 'in_review'
      return this.agree()
    }
    const asked = reviewers.filter((name) => model.reviewers.get(name)?.state === 'asked')
    const condition = asked
      .flatMap((name) => model.reviewers.get(name)?.verdict?.conditions ?? [])
      .find((number) => model.threads[number]?.open)
    // People do what is asked of them, or half of it.
    if (condition !== undefined && chance.between(0, 1) === 0) {
      await this.#edit(model.threads[condition]?.section ?? '')
      await this.agree()
      if (chance.between(0, 1) === 0) await this.#resolve(condition)
      return this.agree()
    }
    const act = chance.pick([
      'edit',
      'edit',
      'vote',
      'vote',
      'vote',
      'block',
      'resolve',
      'resolve',
      'again',
      'stands',
      'leave',
    ])
    const who = asked.length > 0 ? chance.pick(asked) : null
    if (act === 'edit') await this.#edit(chance.pick(titles))
    else if (act === 'again' && who) await this.#askAgain()
    else if (act === 'resolve') await this.#resolve()
    else if (act === 'vote' && who) await this.#vote(who)
    else if (act === 'block' && who) await this.#block(who, chance.pick(titles))
    else if (act === 'stands' && who) await this.#stands(who)
    else if (act === 'leave' && who && asked.length > 1 && chance.between(0, 3) === 0) await this.#leave(who)
    else return
    await this.agree()
  }

  async #edit(title: string): Promise<void> {
    this.steps.push(`edit ${title}`)
    await story.type(title, ' More.')
    this.model.edit(title)
  }

  async #askAgain(): Promise<void> {
    this.steps.push('ask again')
    const told = await story.call('askAgain', 'ada')
    // Refused where they were asked on this very text already: then nothing is different by it either.
    if (told.status === 200) this.model.askAgain()
  }

  async #vote(who: Somebody): Promise<void> {
    const { model, chance } = this
    const isBlocking = model.threads.some(({ by, open }) => by === who && open)
    const kinds: VerdictKind[] = ['approve', 'approve', 'comment', 'request_changes']
    const kind = isBlocking && chance.between(0, 2) > 0 ? 'approve_if' : chance.pick(kinds)
    this.steps.push(`${who} ${kind}`)
    await story.vote(who, kind, `Step ${this.steps.length}`)
    model.vote(who, kind)
  }

  async #block(who: Somebody, title: string): Promise<void> {
    this.steps.push(`${who} blocks ${title}`)
    const body = { kind: 'blocking', body: 'Wait.', sectionId: story.section(title) }
    this.threadIds.push((await story.ok('createThread', who, { body })).id)
    this.model.block(who, title)
  }

  async #resolve(wanted?: number): Promise<void> {
    const open = this.model.threads.flatMap((thread, number) => (thread.open ? [{ ...thread, number }] : []))
    if (open.length === 0) return
    const { by, number } = open.find((thread) => thread.number === wanted) ?? this.chance.pick(open)
    this.steps.push(`${by} resolves ${number}`)
    const params = { id: this.threadIds[number] as string }
    await story.ok('resolveThread', by as Somebody, { params, body: { outcome: 'fixed' } })
    this.model.resolve(number)
  }

  async #stands(who: Somebody): Promise<void> {
    const { model, chance } = this
    const kind = model.reviewers.get(who)?.verdict?.kind
    if (kind !== 'approve' && kind !== 'approve_if') return
    const title = chance.between(0, 1) === 0 ? null : chance.pick(titles)
    this.steps.push(`${who} still ${title}`)
    const id = (await story.review()).reviewers.find(
      (one: { person: { id: string } }) => one.person.id === story.ids[who],
    ).verdict.id
    const body = title === null ? {} : { sectionIds: [story.section(title)] }
    await story.ok('stillStands', who, { params: { id }, body })
    model.stillStands(who, title)
  }

  async #leave(who: Somebody): Promise<void> {
    const state = this.chance.pick(['released', 'stepped_aside'] as const)
    this.steps.push(`${who} ${state}`)
    const params = { personId: story.ids[who] }
    if (state === 'released') await story.ok('releaseReviewer', 'ada', { params, body: { reason: 'Away.' } })
    else await story.ok('stepAside', who, { params, body: {} })
    this.model.leave(who, state)
  }

  async agree(): Promise<void> {
    const { model } = this
    const review: ReviewAnswer = await story.review()
    const told = {
      status: review.status,
      missing: review.missing.map(({ reason }) => reason).sort(),
      standings: Object.fromEntries(
        review.reviewers.map(({ person, standing, changes, state }) => [
          reviewers.find((name) => story.ids[name] === person.id),
          [state, standing, ...changes.map(({ title }) => title)],
        ]),
      ),
      changed: review.approved?.changes.map(({ title }) => title) ?? null,
    }
    const { approved, text } = model
    expect(told).toEqual({
      status: model.status,
      missing: model.missing().sort(),
      standings: Object.fromEntries(
        reviewers.map((name) => [
          name,
          [model.reviewers.get(name)?.state, model.standing(name), ...model.changes(name)],
        ]),
      ),
      changed: approved && titles.filter((title) => approved[title] !== text[title]),
    })
  }
}

async function tell(seed: number, steps: number): Promise<string[]> {
  const told = new Told(random(seed))
  try {
    await told.begin()
    for (let step = 0; step < steps; step++) await told.step()
  } catch (error) {
    throw new Error(`SEED=${seed}, after: ${told.steps.join(', ')}`, { cause: error })
  }
  return told.steps
}

const seeds = Array.from({ length: Number(process.env.STORIES ?? 6) }, (_, index) => index + 1)
test.each(seeds)('random review %i says what its model says', async (seed) => void (await tell(seed, 40)))

test('a random review of a seed of its own, said when it fails', async () =>
  void (await tell(random().seed, 60)))

test('random reviews come to approvals, by themselves and after being opened again', async () => {
  expect((await tell(1, 60)).filter((step) => step === 'open again').length).toBeGreaterThan(1)
})
