/**
 * Pages that wait for a sign-in listen on this BroadcastChannel for `{personId: string}`. Whether it is the same
 * person as before is theirs to judge.
 */
export const signedInChannel = 'rationale:signed-in'
