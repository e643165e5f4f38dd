import { settings } from '../settings'

const usage = `npm start -- [arguments]

Rationale: write technical design documents together. Installs and builds what is missing, starts on one
port, and needs no configuration to be tried out.

  --port PORT          the same as PORT
  --data DIR           the same as DATA_DIR
  --token-for NAME     print a personal token for ada, grace, linus, margaret or edsger (people of the
                       built-in provider) as the last line of standard output, and end
  --scope SCOPE        what that token may do: read, comment, write or admin. Default: write
  --restored           for the first start after a backup was put back: text that browsers still hold is taken
                       from them for a week, other people's as well
  --dev                with reload, for working on Rationale itself (npm run dev)
  --help               this

Environment variables:
`

/** What `--help` prints: the arguments, and every variable with unit, default and example. */
export function help(): string {
  const variables = Object.values(settings).map((s) =>
    [
      `  ${s.env}${s.flag ? ` (${s.flag})` : ''}`,
      ...wrap(s.about, 96).map((line) => `      ${line}`),
      `      Unit: ${s.unit}. Default: ${s.byDefault}. Example: ${s.env}=${s.example}`,
    ].join('\n'),
  )
  return `${usage}\n${variables.join('\n\n')}\n`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
