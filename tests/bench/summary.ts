export interface Row {
  readonly what: string
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly count: number
}

export function summary(what: string, samples: readonly number[]): Row {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    return Math.round(value * 10) / 10
  }
  return { what, p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length }
}
