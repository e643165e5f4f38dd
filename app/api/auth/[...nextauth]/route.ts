import { serveAuth } from '../../../../server/auth/serve-auth'

export const GET = serveAuth
export const POST = serveAuth
export const PUT = serveAuth
export const PATCH = serveAuth
export const DELETE = serveAuth
