import type { VerdictKind } from '../../lib/review'

/**
 * A review as plain numbers, written anew from what is promised of it: the text is a count of edits for each section,
 * a version is a copy of that. Nothing of it is shared with the product.
 */
export type Text = Readonly<Record<string, number>>

interface Verdict {
  readonly kind: VerdictKind
  /** What it holds for. */
  basis: Text
  /** Sections confirmed on a later text. */
  confirmed: Record<string, number>
  /** Its conditions: blocking threads by their number. */
  readonly conditions: number[]
}

export interface Reviewer {
  readonly required: boolean
  /** Null: all sections. */
  readonly scope: string | null
  state: 'asked' | 'released' | 'stepped_aside'
  verdict: Verdict | null
  /** The text when they were last asked. */
  asked: Text
}

interface Thread {
  readonly by: string
  readonly section: string
  open: boolean
}

const editsIn = (text: Text) => Object.values(text).reduce((sum, count) => sum + count, 0)
const newest = (...texts: Text[]): Text => texts.reduce((a, b) => (editsIn(b) > editsIn(a) ? b : a))

export class ModelReview {
  status: 'in_review' | 'approved' = 'in_review'
  text: Text
  readonly reviewers = new Map<string, Reviewer>()
  readonly threads: Thread[] = []
  /** The text that was approved last. */
  approved: Text | null = null

  constructor(readonly sections: readonly string[]) {
    this.text = Object.fromEntries(sections.map((section) => [section, 0]))
  }

  ask(name: string, required: boolean, scope: string | null): void {
    this.reviewers.set(name, { required, scope, state: 'asked', verdict: null, asked: this.text })
  }

  edit(section: string): void {
    this.text = { ...this.text, [section]: (this.text[section] ?? 0) + 1 }
  }

  askAgain(): void {
    for (const reviewer of this.#asked()) reviewer.asked = this.text
  }

  /** Sections in a reviewer's scope that their verdict does not hold for. */
  changes(name: string, text = this.text): string[] {
    const { verdict, scope } = this.reviewers.get(name) as Reviewer
    if (!verdict) return []
    return this.sections.filter(
      (section) =>
        (scope === null || scope === section) &&
        verdict.basis[section] !== text[section] &&
        verdict.confirmed[section] !== text[section],
    )
  }

  standing(name: string, text = this.text): string {
    const { verdict } = this.reviewers.get(name) as Reviewer
    switch (verdict?.kind) {
      case undefined:
        return 'waiting'
      case 'comment':
        return 'commented'
      case 'request_changes':
        return 'changes_requested'
      case 'approve_if':
        if (verdict.conditions.some((number) => this.threads[number]?.open)) return 'conditional'
    }
    return this.changes(name, text).length > 0 ? 'approved_changed' : 'approved'
  }

  missing(text = this.text): string[] {
    const asked = [...this.reviewers].filter(([, { state }]) => state === 'asked')
    const approving = asked.filter(([name]) => this.standing(name, text) === 'approved')
    const unmet = asked.filter((one) => one[1].required && !approving.includes(one))
    const reasons = unmet.map(() => 'approval')
    if (asked.length === 0) reasons.push('no_reviewer')
    else if (approving.length === 0 && unmet.length === 0) reasons.push('not_an_author')
    return [...reasons, ...this.threads.filter(({ open }) => open).map(() => 'blocking_thread')]
  }

  /** Nothing is missing, and nobody has typed anywhere since the newest text that an approval rests on. */
  get isApproved(): boolean {
    const bases = this.#asked().flatMap(({ verdict }) =>
      verdict?.kind === 'approve' || verdict?.kind === 'approve_if' ? [verdict.basis] : [],
    )
    if (bases.length === 0 || this.missing().length > 0) return false
    const base = newest(...bases)
    const approving = [...this.reviewers].filter(
      ([name, { state }]) => state === 'asked' && this.standing(name) === 'approved',
    )
    return this.sections.every(
      (section) =>
        base[section] === this.text[section] ||
        approving.some(([, { verdict }]) => verdict?.confirmed[section] === this.text[section]),
    )
  }

  vote(name: string, kind: VerdictKind): void {
    this.#settling(() => {
      const reviewer = this.reviewers.get(name) as Reviewer
      const conditions =
        kind === 'approve_if'
          ? this.threads.flatMap(({ by, open }, number) => (by === name && open ? [number] : []))
          : []
      // A remark takes back nothing that was said.
      if (kind === 'comment' && reviewer.verdict && reviewer.verdict.kind !== 'comment') return
      reviewer.verdict = { kind, basis: this.text, confirmed: {}, conditions }
    })
  }

  /** @returns the number of the thread. */
  block(by: string, section: string): number {
    return this.threads.push({ by, section, open: true }) - 1
  }

  resolve(number: number): void {
    this.#settling(() => {
      const thread = this.threads[number] as Thread
      thread.open = false
      const reviewer = this.reviewers.get(thread.by)
      const verdict = reviewer?.verdict
      if (!reviewer || !verdict?.conditions.includes(number)) return
      // They have seen what they were asked to look at, and the section that held the condition.
      const basis = newest(verdict.basis, reviewer.asked)
      if (basis !== verdict.basis && editsIn(basis) > editsIn(verdict.basis)) {
        verdict.basis = basis
        verdict.confirmed = {}
      }
      verdict.confirmed[thread.section] = this.text[thread.section] ?? 0
    })
  }

  stillStands(name: string, section: string | null): void {
    this.#settling(() => {
      const verdict = this.reviewers.get(name)?.verdict
      if (!verdict) return
      if (section !== null) verdict.confirmed[section] = this.text[section] ?? 0
      else {
        verdict.basis = this.text
        verdict.confirmed = {}
      }
    })
  }

  leave(name: string, state: 'released' | 'stepped_aside'): void {
    this.#settling(() => {
      const reviewer = this.reviewers.get(name)
      if (reviewer) reviewer.state = state
    })
  }

  #settling(run: () => void): void {
    const before = this.status !== 'in_review' || this.isApproved
    run()
    if (!before && this.isApproved) {
      this.status = 'approved'
      this.approved = this.text
    }
  }

  #asked = (): Reviewer[] => [...this.reviewers.values()].filter(({ state }) => state === 'asked')
}
