import { compose } from './compose'
import { readConfig } from './config'

await compose(readConfig({ argv: process.argv.slice(2) }))
