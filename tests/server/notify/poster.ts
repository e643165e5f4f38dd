import pino from 'pino'
import { openPool } from '../../../server/db/open'
import type { Reach } from '../../../server/failpoint'
import { tellAll } from '../../../server/inbox/tell'
import { postAll } from '../../../server/notify/post'
import { authSecret, configOf } from './mail-config'

/** What tells and mails, in a process of its own that kills itself at its first visit to a failpoint. */
const [url = '', smtpUrl = '', nowMs = '0', at = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const pool = openPool({ connectionString: url, max: 3 }, log)
const now = () => Number(nowMs)

const reach: Reach = async (point) => {
  if (point !== at) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

const ending = new AbortController().signal
await tellAll({ pool, log, now, mail: true, reach }, ending)
const config = configOf(smtpUrl)
await postAll(
  { pool, log, now, config, authSecret, reach, random: () => 0.5, taken: new Set<string>() },
  ending,
)
await pool.end()
