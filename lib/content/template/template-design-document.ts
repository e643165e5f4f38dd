import type { Template, TemplateSection } from './template-shape'

const section = (
  key: string,
  title: string,
  level: number,
  guidance: string | null,
  foreignGuidance: readonly string[] = [],
  foreignLevels: readonly number[] = [],
): TemplateSection => ({ key, title, level, guidance, foreignGuidance, foreignLevels })

/**
 * The technical design document: what is to change and why, how, with what effects, and what else was
 * considered. The fingerprints know the guidance of the widespread Markdown file with the same sections.
 */
export const designDocument: Template = {
  key: 'technical-design-document',
  name: 'Technical design document',
  description: 'The problem, the proposed design, its impact and the alternatives, in thirteen sections.',
  version: 1,
  prefix: 'TDD',
  frontMatter: true,
  sections: [
    section('introduction', 'Introduction', 1, null),
    section(
      'rationale',
      'Rationale',
      3,
      'Say what should become possible, and for whom. What hurts today, and how would a reader notice that it no longer does?',
      ['929473f941c2162d'],
    ),
    section(
      'background',
      'Background',
      3,
      'Tell a newcomer the story so far: earlier decisions, inherited systems, and constraints that this design has to live with.',
      ['c4c0df63dd987370'],
    ),
    section(
      'terminology',
      'Terminology',
      3,
      'List the words that carry a particular meaning here, one to a line, each with a short definition.',
      ['40b812151bef5ec6'],
    ),
    section(
      'non-goals',
      'Non-Goals',
      3,
      'Name the neighbouring problems that are left alone on purpose, so that nobody waits for them.',
      ['343754deeefe9dc8'],
    ),
    section(
      'proposed-design',
      'Proposed Design',
      1,
      'Sum up the solution in one paragraph that a busy colleague could retell. The sections below hold the details.',
      ['33dd53417ac2683c'],
    ),
    section(
      'system-architecture',
      'System Architecture',
      3,
      'Which large parts are there, what is each responsible for, and who calls whom? A picture says it best.',
      ['b8a773138c84ceff'],
    ),
    section(
      'data-model',
      'Data Model',
      3,
      'What is stored, where, in which shape, and for how long? Show tables or types, and how existing data gets there.',
      ['43619418bb32ff13'],
    ),
    section(
      'interface-api-definitions',
      'Interface/API Definitions',
      3,
      'Write down the contracts between the parts: operations, inputs, outputs, formats, and what a failure looks like.',
      ['434214b1899dc4b5'],
    ),
    section(
      'business-logic',
      'Business Logic',
      3,
      'Explain the rules and algorithms that are not obvious from the interfaces, edge cases included.',
      ['b9205890ed5b1b5e'],
    ),
    section(
      'impact',
      'Impact',
      1,
      'What gets faster, slower, safer, riskier, dearer or harder to run once this is live?',
      ['59d0ae56ec358595'],
    ),
    section(
      'risks',
      'Risks',
      3,
      'What could go wrong, what is not known yet, and what would you still have to find out, measure or try?',
      ['449ca8b3b86526b5'],
      // The file lists it under Impact in its contents, and heads it with level 1 in its body.
      [1],
    ),
    section(
      'alternatives',
      'Alternatives',
      1,
      'Which other ways were weighed, the way of changing nothing among them, and what decided against each?',
      ['9e522c981e89c9ed'],
    ),
  ],
}
