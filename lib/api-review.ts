import { z } from 'zod'
import { statuses } from './document'
import { person } from './person'
import { missingReasons, reviewerStates, standings, turns, verdicts } from './review'

/** A version, as far as a review names it. */
const versionName = z.object({ id: z.uuid(), number: z.int().positive(), hash: z.string() })

/** How a section differs in substance from what somebody last judged. */
const sectionChange = z.object({
  sectionId: z.string(),
  title: z.string(),
  change: z.enum(['changed', 'added', 'removed', 'moved']),
})
export type SectionChangeAnswer = z.infer<typeof sectionChange>

export const verdict = z.object({
  id: z.uuid(),
  person,
  kind: z.enum(verdicts),
  /** What it was given on. */
  version: versionName,
  /** What it holds for: the same, or a later text for which its giver has confirmed it. */
  basis: versionName,
  /** False: the text had gone on already when it was given. */
  wasNewest: z.boolean(),
  body: z.string().nullable(),
  /** Of `approve_if`: the blocking threads that are its conditions. */
  conditions: z.array(z.object({ threadId: z.uuid(), met: z.boolean(), metBy: person.nullable() })),
  at: z.iso.datetime(),
})
export type VerdictAnswer = z.infer<typeof verdict>

export const reviewer = z.object({
  person,
  /** False: invited; nobody waits for them. */
  required: z.boolean(),
  /** Heading ids, each with what is under it; null: the whole document. */
  sectionIds: z.array(z.string()).nullable(),
  dueAt: z.iso.datetime().nullable(),
  askedBy: person.nullable(),
  askedAt: z.iso.datetime(),
  state: z.enum(reviewerStates),
  /** Why they were released or stepped aside. */
  reason: z.string().nullable(),
  /** Who was given their part: by handing over, or as a stand-in while they are away. */
  passedTo: person.nullable(),
  standing: z.enum(standings),
  verdict: verdict.nullable(),
  /** In their scope, since their last verdict or *still stands*. */
  changes: z.array(sectionChange),
  isAuthor: z.boolean(),
})
export type ReviewerAnswer = z.infer<typeof reviewer>

export const missing = z.object({
  reason: z.enum(missingReasons),
  person: person.nullable(),
  threadId: z.uuid().nullable(),
})
export type MissingAnswer = z.infer<typeof missing>

/** A review that somebody is writing. */
export const reviewDraft = z.object({
  id: z.uuid(),
  /** What it is pinned to. */
  version: versionName,
  startedAt: z.iso.datetime(),
  /** Gathered and not sent yet. */
  comments: z.int(),
  /** Sections that changed in substance since it was pinned; none: it is about the text as it is now. */
  changes: z.array(sectionChange),
})
export type ReviewDraftAnswer = z.infer<typeof reviewDraft>

/** Where the review of a document stands, for the caller. */
export const review = z.object({
  documentId: z.uuid(),
  status: z.enum(statuses),
  /** Null: it is not in review. */
  turn: z.enum(turns).nullable(),
  authors: z.array(person),
  reviewers: z.array(reviewer),
  /** What is missing before the text as it is now can be approved; empty: nothing. */
  missing: z.array(missing),
  /**
   * In review, and nothing is missing for this version: an editor decides (`POST .../approve`). `changes`: what was
   * typed since, which is then kept as suggestions; none: the text is the approved one, as it is after opening
   * again. Where the last thing missing arrives and nobody has typed on, the document is approved by itself.
   */
  readyToApprove: z.object({ version: versionName, changes: z.array(sectionChange) }).nullable(),
  /** The text that was approved last, also when the document was opened again since. */
  approved: z
    .object({
      version: versionName,
      at: z.iso.datetime(),
      by: person.nullable(),
      changes: z.array(sectionChange),
    })
    .nullable(),
  /** The document that took its place, and those whose place it took; those that the caller may read. */
  successor: z.object({ id: z.uuid(), number: z.string().nullable(), title: z.string() }).nullable(),
  predecessors: z.array(z.object({ id: z.uuid(), number: z.string().nullable(), title: z.string() })),
  finalPeriod: z.object({ endsAt: z.iso.datetime(), by: person }).nullable(),
  /** Who is writing a review just now. */
  writing: z.array(person),
  /** Top-level and other sections with content that no reviewer has marked as read, by heading id. */
  unreadSections: z.array(z.string()),
  /** The status's last reason, as somebody gave it. */
  reason: z.string().nullable(),
  /** For the caller. */
  mine: z.object({
    /** The review that I am writing; null: none. `comments`: gathered and not sent yet. */
    draft: reviewDraft.nullable(),
    /** What my redline begins at: my last verdict, or what I marked as read since; null: I have seen nothing. */
    base: versionName.nullable(),
    /** Sections in my scope that changed in substance since. */
    changes: z.array(sectionChange),
    /** Sections that I marked as read and that have not changed in substance since, by heading id. */
    read: z.array(z.string()),
  }),
})
export type ReviewAnswer = z.infer<typeof review>

/** One move of the status. */
export const statusMove = z.object({
  id: z.string(),
  from: z.enum(statuses),
  to: z.enum(statuses),
  person: person.nullable(),
  at: z.iso.datetime(),
  reason: z.string().nullable(),
  version: versionName.nullable(),
  /** To `superseded`: by what, where the caller may read that. */
  successor: z.object({ id: z.uuid(), number: z.string().nullable(), title: z.string() }).nullable(),
  /** To `implemented`. */
  link: z.string().nullable(),
  noLinkBecause: z.string().nullable(),
  /** A correction: the status stayed, the text is another. The version that it corrected; null: no correction. */
  corrected: versionName.nullable(),
})
export type StatusMoveAnswer = z.infer<typeof statusMove>

/** Somebody to be asked. */
export const wantedReviewer = z.strictObject({
  personId: z.uuid(),
  /** False: invited. */
  required: z.boolean().default(true),
  /** Heading ids; null: the whole document. */
  sectionIds: z.array(z.string().max(200)).min(1).max(200).nullable().default(null),
  dueAt: z.iso.datetime().nullable().default(null),
})

/** Who is away, and who reviews in their place. */
export const away = z.object({ until: z.iso.datetime().nullable(), standIn: person.nullable() })

/** What asking somebody would mean, said beforehand. */
export const reviewerPreview = z.object({
  person,
  /** They are away, and this one would be asked instead; null: nobody stands in for them. */
  standIn: person.nullable(),
  /** How whoever is asked would hear of it: by mail at once, in the mail of the day, in the inbox alone, not at all. */
  told: z.enum(['mail', 'digest', 'inbox', 'nothing']),
  /** They may not comment yet, and would be given that. */
  getsAccess: z.boolean(),
})
export type ReviewerPreviewAnswer = z.infer<typeof reviewerPreview>

/** What a list shows of a document's review. */
export const reviewBrief = z.object({
  documentId: z.uuid(),
  turn: z.enum(turns).nullable(),
  /** Those who are asked; the required ones first. */
  reviewers: z.array(
    z.object({
      person,
      required: z.boolean(),
      /** Their last word; null: they have said nothing. Whether the text has gone on since is not told here. */
      verdict: z.enum(verdicts).nullable(),
    }),
  ),
})
export type ReviewBriefAnswer = z.infer<typeof reviewBrief>
