import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientConfig, Pool } from 'pg'
import type { Logger } from 'pino'
import { resolveAccess } from './access/resolve'
import { createAuthenticate } from './auth/authenticate'
import { sessionCookieName } from './auth/cookies'
import { createIdentityProvider } from './auth/identity-provider/provider'
import { configuredIssuer } from './auth/issuer'
import { newSecret } from './auth/secret'
import type { Config } from './config'
import { startEmbedded } from './db/embedded'
import { migrate } from './db/migrate'
import { holdInstallation } from './db/only-one'
import { openPool } from './db/open'
import { placeOf, untilDatabaseAnswers } from './db/patience'
import { settingMadeOnce } from './db/setting'
import { ArchiveKeeper } from './document/archive-keeper'
import { Merger } from './document/merger'
import { noFailpoints, type Reach } from './failpoint'
import { answerDiagramFrame } from './http/diagram-frame'
import { eventStreamsOf } from './http/event-streams'
import type { Readiness } from './http/health'
import { listen } from './http/listen'
import { openPages } from './http/pages'
import { startJobs } from './jobs'
import { takeFolder } from './launch/instance-lock'
import { beginRun } from './launch/last-run'
import { type Life, openLife } from './launch/life'
import { tokenFor } from './launch/token-for'
import { type LiveBus, openLiveBus } from './live/subscribe'
import { createLog } from './log'
import { createMetrics } from './metrics'
import { type Runtime, setRuntime } from './runtime'
import { StartRefused } from './start-refused'
import { mergeLimitsOf, type SyncLimits, syncLimits } from './sync/limits'
import { noRelay, type Relay } from './sync/relay'
import { RedisRelay } from './sync/relay-redis'
import { createSyncServer } from './sync/upgrade'
import { systemTimers } from './timers'
import type { WorkerPlace } from './worker/worker-place'

/** Answers that are under way when the end comes may take this long. */
const httpGraceMs = 2_000

/**
 * Builds the process from its parts and lets it live until a signal. The order is one of promises: nobody
 * else on the folder, then the port, then the database, then whatever needs it; each is stopped in reverse.
 *
 * @param reach see `failpoint.ts`.
 * @throws StartRefused with what to do; nothing is left running then.
 */
export async function compose(config: Config, reach: Reach = noFailpoints): Promise<void> {
  const log = createLog({ level: config.logLevel, terminal: process.stderr.isTTY === true })
  if (config.tokenFor) {
    process.stdout.write(`${await tokenFor(config.tokenFor, config, log)}\n`)
    process.exit(0)
  }
  const life = openLife(log, reach)
  try {
    await start(config, log, life, reach)
  } catch (error) {
    const asked = life.ending()
    await life.end()
    if (asked) process.exit(0)
    throw error
  }
}

async function start(config: Config, log: Logger, life: Life, reach: Reach): Promise<void> {
  const now = Date.now
  const limits = allLimits(config.limits)
  await life.begin(
    'data folder',
    () => takeFolder(config.dataDir, 'server'),
    (giveBack) => giveBack(),
  )
  const pidFile = join(config.dataDir, 'server.pid')
  await life.begin(
    'pid file',
    () => writeFile(pidFile, `${process.pid}\n`),
    () => rm(pidFile, { force: true }),
  )

  const metrics = createMetrics()
  metrics.gauge('limit', () => limits)
  let database: Pool | null = null
  let migrated = false
  let relay: Relay | null = null
  const readiness = async (): Promise<Readiness> => ({
    database: life.ending() ? 'ending' : database ? await ping(database) : 'starting',
    // Without Redis a node goes on alone: it is still ready.
    redis: config.redisUrl === null ? 'not configured' : (relay?.state ?? 'degraded'),
    migrations: migrated ? 'ok' : 'waiting for the database',
  })
  const listening = await life.begin(
    'port',
    () => listen({ config, log, metrics, readiness }),
    (open) => open.close(httpGraceMs),
  )

  const url = new URL('/api/auth', config.origin)
  process.env.NEXTAUTH_URL = url.href
  const pagesReady = life.begin(
    'pages',
    () => openPages(config),
    (pages) => pages.close(),
  )
  // It may fail while we still wait for the database: whoever awaits it later hears of it.
  pagesReady.catch(() => {})

  const where = config.databaseUrl
    ? { connectionString: config.databaseUrl }
    : (
        await life.begin(
          'database',
          () => startEmbedded({ dataDir: config.dataDir, log, reach }),
          (embedded) => embedded.stop(),
        )
      ).connection
  const pool = await life.begin(
    'pool',
    () => openPool(where, log),
    (open) => open.end(),
  )
  database = pool
  // Four: none of what they do lasts, and fifty questions on twenty connections keep a small machine busy with
  // changing between twenty processes.
  const ownPool = await life.begin(
    'pool of the sockets',
    () => openPool({ ...where, max: 4 }, log),
    (open) => open.end(),
  )
  // Neither requests that hold all others nor thousands who are judged at once keep text from being saved.
  const commitPool = await life.begin(
    'connection of the commits',
    () => openPool({ ...where, max: 1 }, log),
    (open) => open.end(),
  )

  const runId = randomUUID()
  const { authSecret, live } = await life.begin(
    'installation',
    () =>
      untilDatabaseAnswers(() => firstContact({ where, pool, config, log, runId, reach }), {
        log,
        where: placeOf(config.databaseUrl),
        ended: life.ending,
      }),
    async (contact) => {
      await contact.live.close()
      await contact.noteEnd()
      await contact.release()
    },
  )
  migrated = true

  process.env.NEXTAUTH_SECRET = authSecret
  const shared: Runtime = {
    config,
    pool,
    log,
    live,
    now,
    authSecret,
    importWorker: workerPlace(config, './import/import-worker.ts'),
  }
  setRuntime(shared)
  const authenticate = createAuthenticate({
    issuer: configuredIssuer(config),
    cookieName: sessionCookieName(config.origin),
  })
  const nodes = await life.begin(
    'relay',
    () =>
      config.redisUrl === null
        ? noRelay
        : new RedisRelay({
            url: config.redisUrl,
            node: runId,
            log,
            timers: systemTimers(now),
            limits,
          }),
    (open) => open.close(),
  )
  relay = nodes
  const archive = await life.begin(
    'archive',
    () => new ArchiveKeeper({ pool, log, timers: systemTimers(now), days: config.archiveDays }),
    (open) => open.stop(),
  )
  metrics.gauge('archive', () => archive.size())
  await life.begin(
    'jobs',
    () => startJobs({ pool, log, live, timers: systemTimers(now), config, authSecret, reach }),
    (stop) => stop(),
  )
  const merger = await life.begin(
    'merger',
    () => new Merger(workerPlace(config, './document/merge-worker.ts'), mergeLimitsOf(limits)),
    (open) => open.stop(),
  )
  const sync = await life.begin(
    'sync',
    () =>
      createSyncServer({
        pool,
        ownPool,
        commitPool,
        log,
        live,
        config,
        now,
        authenticate,
        resolveAccess,
        runId,
        relay: nodes,
        merge: merger.merge,
        limits,
        reach,
      }),
    // Nobody new comes in while what was written is committed and goodbyes are said.
    async (rooms) => {
      await Promise.all([listening.retire(httpGraceMs), rooms.drain()])
    },
  )
  // Ended first: nobody waits for answers that have no end.
  const streams = await life.begin(
    'event streams',
    () => eventStreamsOf(shared),
    (open) => open.end(),
  )
  metrics.gauge('events', () => ({ open: streams.size }))
  metrics.gauge('sync', () => ({ ...sync.stats(), bodiesMergedInThread: merger.inThread }))
  metrics.gauge('relay', () => nodes.stats())
  const identityProvider = config.oidc
    ? null
    : createIdentityProvider({ origin: config.origin, log, authSecret })
  const pages = await pagesReady
  listening.serve({
    pages: pages.handle,
    identityProvider,
    diagramFrame: (request, response) => answerDiagramFrame(request, response, diagramFolder(config), config),
    sync: sync.handleUpgrade,
    reload: pages.reload,
  })
  sayReady(config)
}

/**
 * What needs the database once, before anything is served. Each step can be repeated: when the database goes
 * away in between, all of them are.
 */
async function firstContact(parts: {
  where: ClientConfig
  pool: Pool
  config: Pick<Config, 'authSecret' | 'redisUrl' | 'databaseUrl' | 'dataDir' | 'restored'>
  log: Logger
  runId: string
  reach: Reach
}): Promise<{
  authSecret: string
  live: LiveBus
  noteEnd: () => Promise<void>
  release: () => Promise<void>
}> {
  const { where, pool, config, log, runId, reach } = parts
  const as = config.redisUrl === null ? 'alone' : 'shared'
  const release = await holdInstallation({ connection: where, log, runId, as })
  try {
    await migrate(pool, log, { reach })
    const authSecret = config.authSecret ?? (await settingMadeOnce(pool, 'auth_secret', newSecret))
    const { dataDir, restored: isRestored } = config
    const url = config.databaseUrl === null ? null : new URL(config.databaseUrl)
    const database = url ? url.host + url.pathname : 'embedded'
    const noteEnd = await beginRun({ pool, dataDir, log, runId, database, isRestored })
    return { authSecret, live: await openLiveBus({ connection: where, log }), noteEnd, release }
  } catch (error) {
    await release()
    throw error
  }
}

/** @throws StartRefused for a limit that there is not: a slip of the pen would else change nothing, silently. */
function allLimits(given: Config['limits']): SyncLimits {
  const unknown = Object.keys(given).filter((name) => !(name in syncLimits))
  if (unknown.length === 0) return { ...syncLimits, ...given }
  throw new StartRefused(
    `LIMITS: there is no limit called ${unknown.join(', ')}. There are ${Object.keys(syncLimits).join(', ')}.`,
  )
}

/**
 * Beside the bundle, or in the sources under `npm run dev`: `import.meta.url` is this module's or the bundle's.
 *
 * @param source of the worker, relative to this folder.
 */
function workerPlace(config: Pick<Config, 'dev'>, source: `./${string}-worker.ts`): WorkerPlace {
  const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  if (config.dev) return { path: pathOf('./worker/source-worker.mjs'), argv: [`.${source}`], execArgv: [] }
  return { path: pathOf(`./${basename(source, '.ts')}.mjs`), execArgv: [] }
}

/** Beside the bundle, or where `npm run dev` has put it. */
const diagramFolder = ({ dev, root }: Pick<Config, 'dev' | 'root'>): string =>
  dev ? join(root, '.build', 'development', 'diagram') : fileURLToPath(new URL('./diagram', import.meta.url))

/** One question with a short limit: whoever asks for readiness waits no longer than a probe does. */
async function ping(pool: Pool): Promise<string> {
  const asked = pool.query('select 1').then(
    () => 'ok',
    () => 'does not answer',
  )
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve('does not answer'), 1_500).unref()
  })
  return Promise.race([asked, late])
}

function sayReady(config: Config): void {
  const how = config.oidc
    ? `Sign in with your account at ${new URL(config.oidc.issuer).host}.`
    : 'Sign in with one click as Ada, Grace, Linus, Margaret or Edsger (built-in, for trying it out).'
  process.stdout.write(`\n  Rationale is ready at ${config.origin}\n  ${how}\n  Stop it with Ctrl-C.\n\n`)
}
