/**
 * `npm test`: installs what is missing, then types, lint, unit and integration tests (import rules are among
 * them), and journeys in a real browser. Plain JavaScript on Node alone, since nothing is installed yet when
 * it starts. Ends with one counted line over all of them; each check of the sources counts as one test.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../server/launch/build.mjs'
import { install } from '../server/launch/install.mjs'
import { findRedis } from '../server/launch/redis-server.mjs'
import { findChromium } from './support/chromium.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const reports = mkdtempSync(join(tmpdir(), 'rationale-test-'))
const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', NEXT_TELEMETRY_DISABLED: '1' }
const bin = (name) => join(root, 'node_modules', '.bin', name)

/** @typedef {{ suite: string, passed: number, failed: number, seconds: number, skipped: { name: string, why: string }[] }} Result */

/** Runs a command with its output shown; answers its exit code. */
function run(command, args, extraEnv = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...env, ...extraEnv } })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** Names a suite, times it, and turns a crash into a failure that is counted. */
async function suite(name, work) {
  console.log(`\n── ${name}`)
  const began = Date.now()
  const counts = await work().catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: [] }
  })
  return { suite: name, seconds: (Date.now() - began) / 1000, ...counts }
}

const check = (name, command, args) =>
  suite(name, async () => {
    const ok = (await run(command, args)) === 0
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] }
  })

async function vitest() {
  env.REDIS_SERVER = findRedis()
  const file = join(reports, 'vitest.json')
  const code = await run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ])
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const skipped = report.testResults.flatMap((f) =>
    f.assertionResults
      .filter((t) => t.status === 'pending' || t.status === 'skipped' || t.status === 'todo')
      .map((t) => ({ name: t.fullName, why: t.meta?.why ?? 'its name says why' })),
  )
  // A file that does not load has no tests to count, yet fails.
  const broken = report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0)
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed || (code === 0 ? 0 : 1), skipped }
}

async function journeys() {
  const chromium = await findChromium()
  const file = join(reports, 'journeys.json')
  const code = await run(bin('playwright'), ['test'], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'))
  const specs = (s) => [...(s.specs ?? []), ...(s.suites ?? []).flatMap(specs)]
  const skipped = suites
    .flatMap(specs)
    .filter((spec) => spec.tests.some((t) => t.status === 'skipped'))
    .map((spec) => ({
      name: spec.title,
      why: spec.tests.flatMap((t) => t.annotations.map((a) => a.description ?? a.type)).join('; '),
    }))
  // A journey that only passes when tried again has failed.
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: failed || (code === 0 ? 0 : 1), skipped }
}

await install({ root })
/** @type {Result[]} */
const results = []
results.push(
  await suite('build', async () => {
    await build({ root })
    return { passed: 1, failed: 0, skipped: [] }
  }),
)
results.push(await check('types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']))
results.push(await check('format and lint', bin('biome'), ['check', '--error-on-warnings', '.']))
results.push(await suite('unit and integration', vitest))
results.push(await suite('journeys', journeys))
rmSync(reports, { recursive: true, force: true })

console.log()
for (const r of results) {
  console.log(
    `${r.failed ? '✗' : '✓'} ${r.suite}: ${r.passed} passed, ${r.failed} failed, ${r.seconds.toFixed(1)} s`,
  )
  for (const s of r.skipped) console.log(`  skipped: ${s.name} (${s.why})`)
}
const total = (pick) => results.reduce((sum, r) => sum + pick(r), 0)
const failed = total((r) => r.failed)
console.log(`${total((r) => r.passed)} passed, ${failed} failed, ${total((r) => r.skipped.length)} skipped`)
process.exitCode = failed === 0 ? 0 : 1
