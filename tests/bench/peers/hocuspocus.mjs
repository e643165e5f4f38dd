/** Hocuspocus as its guide starts it: no storage, no sign-in. PORT says where it listens. */
import { Server } from '@hocuspocus/server'

const port = Number(process.env.PORT)
const server = new Server({ port, address: '127.0.0.1', quiet: true, stopOnSignals: true })
await server.listen()
console.log(`listening on ${port}`)
