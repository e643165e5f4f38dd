import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Numbers for `/metrics`, in Prometheus' text form. */
export interface Metrics {
  /** Counts one finished request. */
  countRequest(status: number): void
  /** Adds a group of numbers that is asked for at each reading; names become `rationale_<group>_<name>`. */
  gauge(group: string, read: () => object): void
  text(): string
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const groups = new Map<string, () => object>()
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()

  return {
    countRequest: (status) => {
      const family = `${Math.floor(status / 100)}xx`
      requests.set(family, (requests.get(family) ?? 0) + 1)
    },
    gauge: (group, read) => groups.set(group, read),
    text: () => {
      const lines = [
        '# TYPE rationale_http_requests_total counter',
        ...[...requests].map(([family, n]) => `rationale_http_requests_total{status="${family}"} ${n}`),
        ...gauges('process', {
          ...memory(),
          uptime_seconds: Math.round(process.uptime()),
          // Since the last reading.
          event_loop_delay_p99_seconds: delay.percentile(99) / 1e9,
        }),
        ...[...groups].flatMap(([group, read]) => gauges(group, read())),
      ]
      delay.reset()
      return `${lines.join('\n')}\n`
    },
  }
}

function memory(): Record<string, number> {
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident_memory_bytes: rss, heap_used_bytes: heapUsed, external_bytes: external }
}

function gauges(group: string, values: object): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return []
    const full = `rationale_${group}_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
    return [`# TYPE ${full} gauge`, `${full} ${value}`]
  })
}
