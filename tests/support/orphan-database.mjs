/** Starts the embedded database in the folder that it is given, says where it is, and waits to be killed. */
import { register } from 'tsx/esm/api'

register()
const { startEmbedded } = await import('../../server/db/embedded.ts')
const { default: pino } = await import('pino')
const [dataDir, graceSeconds] = process.argv.slice(2)
const database = await startEmbedded({
  dataDir,
  graceSeconds: Number(graceSeconds),
  log: pino({ level: 'silent' }),
  settings: { fsync: 'off' },
})
process.stdout.write(`${database.pid()}\n`)
setInterval(() => {}, 60_000)
