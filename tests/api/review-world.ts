import type { VerdictAnswer } from '../../lib/api-review'
import type { SectionAnswer } from '../../lib/api-section'
import { readBody } from '../../lib/content/read-body'
import { contentSchema } from '../../lib/content/schema'
import { writeBody } from '../../lib/content/write-body'
import type { DocumentId } from '../../lib/id'
import { transaction } from '../../server/db/open'
import { appendChange } from '../../server/document/append'
import type { Runtime } from '../../server/runtime'
import { type As, type Input, type Somebody, World } from './world'

export const plan = `Before all.

# Introduction

Retries are sent at least once.

## Terminology

A retry is another attempt.

# Data Model

One table holds the attempts.

# Risks

None are known.
`

/** A review as the people of a story meet it: three of them, one document, everything over the API. */
export class ReviewWorld {
  as = {} as Record<Somebody, As>
  id = ''
  sections: SectionAnswer[] = []

  private constructor(readonly world: World) {}

  /** Ada's document, read by Grace and Linus alone once they are asked. */
  static async open(config: Partial<Runtime['config']> = {}): Promise<ReviewWorld> {
    const made = new ReviewWorld(await World.open({ config }))
    for (const name of ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const) {
      made.as[name] = await made.world.token(name)
    }
    await made.document()
    return made
  }

  get ids() {
    return this.world.ids
  }

  close(): Promise<void> {
    return this.world.close()
  }

  /** A new document of Ada's; what follows is about that. */
  async document(markdown = plan): Promise<string> {
    const made = await this.world.call('importDocument', this.as.ada, {
      raw: { type: 'text/markdown', data: markdown },
    })
    this.id = made.body.document.id
    this.sections = (await this.call('listSections', 'ada')).body.items
    return this.id
  }

  section(title: string): string {
    const found = this.sections.find((section) => section.title === title)
    if (!found) throw new Error(`no section ${title}`)
    return found.id
  }

  call(name: Parameters<World['call']>[0], who: Somebody, input: Input = {}) {
    return this.world.call(name, this.as[who], { ...input, params: { id: this.id, ...input.params } })
  }

  /** The same, which has to succeed: its answer. */
  async ok(name: Parameters<World['call']>[0], who: Somebody, input: Input = {}) {
    const told = await this.call(name, who, input)
    if (told.status >= 300) throw new Error(`${name}: ${told.status} ${JSON.stringify(told.body)}`)
    return told.body
  }

  ask(...reviewers: Record<string, unknown>[]) {
    return this.ok('putReviewers', 'ada', { body: { reviewers } })
  }

  /** Asks Grace (required), and whoever else is given, and begins the review. */
  async begin(...others: Record<string, unknown>[]) {
    await this.ask({ personId: this.ids.grace }, ...others)
    return this.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  }

  review(who: Somebody = 'ada') {
    return this.ok('getReview', who)
  }

  async standing(who: Somebody): Promise<string | undefined> {
    const { reviewers } = await this.review()
    return reviewers.find((one: { person: { id: string } }) => one.person.id === this.ids[who])?.standing
  }

  /** Starts a review, and submits it with this verdict. */
  async vote(who: Somebody, verdict: string, body?: string): Promise<VerdictAnswer> {
    const draft = await this.ok('startReview', who)
    return this.ok('submitReview', who, {
      body: { verdict, versionId: draft.version.id, draftId: draft.id, ...(body ? { body } : {}) },
    })
  }

  /** Types at the end of the first paragraph below a heading, under somebody's name, as their page would. */
  async type(title: string, words: string, who: Somebody = 'ada'): Promise<void> {
    await this.change(who, (text, heading) => (heading === title ? `${text}${words}` : text))
  }

  /** Changes the words of paragraphs. */
  async change(who: Somebody, rewrite: (text: string, heading: string) => string): Promise<void> {
    await transaction(this.world.db, async (tx) => {
      await tx.query('select 1 from document where id = $1 for update', [this.id])
      await appendChange(tx, {
        documentId: this.id as DocumentId,
        personId: this.ids[who],
        now: this.world.runtime.now(),
        change: (ydoc) => {
          const json = readBody(ydoc).toJSON()
          let heading = ''
          for (const block of json.content) {
            const text = block.content?.[0]?.text ?? ''
            if (block.type === 'heading') heading = text
            else if (text) block.content = [{ type: 'text', text: rewrite(text, heading) }]
          }
          writeBody(ydoc.getXmlFragment('content'), contentSchema.nodeFromJSON(json))
        },
      })
    })
  }
}
