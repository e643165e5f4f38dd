/**
 * The house's import rules (ARCHITECTURE.md). Each comment is what to do instead, and is printed with the
 * violation. `tests/architecture/import-rules.test.ts` feeds one wrong import to each of them.
 */
const nouns = ['access', 'document', 'version', 'thread', 'review', 'inbox']

const nounOrder = nouns.slice(0, -1).map((noun, index) => ({
  name: `noun-order-${noun}`,
  comment: `${noun} knows none of ${nouns.slice(index + 1).join(', ')}: let them pass what it needs.`,
  from: { path: `^(lib/${noun}\\.ts|(lib|server|components)/${noun}/)` },
  to: { path: `^(lib|server|components)/(${nouns.slice(index + 1).join('|')})(\\.ts|/)` },
}))

const anyNoun = `(${nouns.join('|')})`

export default {
  forbidden: [
    {
      name: 'lib-is-the-ground',
      comment: 'lib imports nothing of ours: move the rule down into lib, or the caller up.',
      from: { path: '^lib/' },
      to: { path: '^(app|components|server|tests)/' },
    },
    {
      name: 'lib-runs-everywhere',
      comment: 'lib uses no Node module: pass in what it needs (a clock, random bytes).',
      from: { path: '^lib/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'lib-packages',
      comment: 'lib uses yjs, lib0, y-protocols and zod alone.',
      from: { path: '^lib/', pathNot: '^lib/content/' },
      to: { path: 'node_modules/(?!(yjs|lib0|y-protocols|zod)/)' },
    },
    {
      name: 'content-packages',
      comment:
        'lib/content adds the ProseMirror model, Tiptap schemas, y-tiptap, the Markdown library and diff.',
      from: { path: '^lib/content/' },
      to: {
        path: 'node_modules/(?!(yjs|lib0|y-protocols|zod|prosemirror-(model|transform)|@tiptap/(core|pm|starter-kit|extension-[a-z-]+|extensions|y-tiptap)|mdast[a-z-]*|micromark[a-z-]*|@types/mdast|diff)/)',
      },
    },
    {
      name: 'server-is-blind-to-components',
      comment: 'What passes between server and browser is a shape in lib.',
      from: { path: '^server/' },
      to: { path: '^components/' },
    },
    {
      name: 'components-are-blind-to-server',
      comment: 'A component calls the API through components/call-api.ts; shapes live in lib.',
      from: { path: '^components/' },
      to: { path: '^server/' },
    },
    {
      name: 'components-run-in-browsers',
      comment: 'A component uses no Node module.',
      from: { path: '^components/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-imports-app',
      comment: 'app composes; what two places need goes into components, server or lib.',
      from: { path: '^(components|lib|server)/' },
      to: { path: '^app/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What the product needs does not live in tests.',
      from: { path: '^(app|components|lib|server)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'app-reaches-no-room',
      comment: 'Next has its own copy of every module: reach rooms through the database and server/live.',
      from: { path: '^app/' },
      to: { path: '^server/sync/' },
    },
    ...nounOrder,
    {
      name: 'nouns-know-no-transport',
      comment: 'A noun writes to server/live/outbox.ts; rooms hear of it there.',
      from: { path: `^server/${anyNoun}/` },
      to: { path: '^server/(sync/|live/(?!outbox\\.ts))' },
    },
    {
      name: 'nouns-are-given-their-parts',
      comment: 'A store or command takes its database as a parameter; only routes and pages ask the runtime.',
      from: { path: `^server/(${nouns.join('|')}|sync|live|import|db)/` },
      to: { path: '^server/(runtime|compose)\\.ts' },
    },
    {
      name: 'ui-knows-no-noun',
      comment: 'components/ui draws; it neither fetches nor knows a document. Give it props.',
      from: { path: '^components/ui/' },
      to: { path: '^(components/(?!ui/)|lib/(api|live|access|sync/))' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea or hide a third: find it.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports this file and nothing starts it: remove it.',
      from: {
        orphan: true,
        path: '^(lib|server|components)/',
        pathNot: '\\.(css|sql|md|d\\.ts)$',
      },
      to: {},
    },
    {
      name: 'no-unresolved',
      comment: 'This import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'What runs in production stands under dependencies.',
      from: { path: '^(app|components|lib|server)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.build|data)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'require', 'default', 'types'],
    },
  },
}
