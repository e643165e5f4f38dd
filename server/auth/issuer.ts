import type { Config } from '../config'

/**
 * The issuer under which people of the built-in provider are stored: a constant, since the address of the
 * provider carries a port that may differ from start to start.
 */
export const builtInIssuer = 'built-in:'

/**
 * The one issuer whose people count now. Sessions and tokens of people of another issuer stay in the
 * database and open nothing: they count again when that issuer is configured again.
 */
export const configuredIssuer = (config: Pick<Config, 'oidc'>): string => config.oidc?.issuer ?? builtInIssuer
