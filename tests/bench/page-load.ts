import { parseArgs } from 'node:util'
import { startServer } from '../support/server'
import { launchChromium, pageLoad } from './large-page'
import { writeResult } from './result-file'

/** The second part of `npm run bench`: the page of a large document while ten other people type in it. */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, profiles: { type: 'string' } } })

const server = await startServer({ env: { LOG_LEVEL: 'warn' } })
const browser = await launchChromium()
try {
  const rows = await pageLoad(browser, {
    origin: server.origin,
    token: await server.token('ada', 'admin'),
    seconds: Number(values.seconds ?? 30),
    ...(values.profiles ? { profiles: values.profiles } : {}),
  })
  console.table(rows)
  writeResult({ pageLoad: rows })
} finally {
  await browser.close()
  await server.remove()
}
