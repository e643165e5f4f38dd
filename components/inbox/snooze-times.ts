export interface SnoozeTime {
  readonly text: string
  readonly until: Date
}

/** When something could come back, by the clock of this device: this evening, tomorrow, next week. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const at = (daysOn: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysOn, hour)
  const toMonday = ((8 - now.getDay()) % 7 || 7) as number
  const evening = at(0, 18)
  return [
    ...(evening.getTime() - now.getTime() > 3_600_000 ? [{ text: 'This evening', until: evening }] : []),
    { text: 'Tomorrow', until: at(1, 9) },
    ...(toMonday > 1 ? [{ text: 'Monday', until: at(toMonday, 9) }] : []),
    { text: 'In two weeks', until: at(14, 9) },
  ]
}
