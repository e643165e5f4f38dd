/** For what has no event to wait for: a process that is not our child, a server that becomes ready. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
