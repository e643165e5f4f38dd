import { pause } from '../../../server/db/pause'
import { call } from '../../faults/call'

/** While nothing is measured yet, HTTP requests keep their usual limits: a call that is too soon comes again. */
export async function patientCall<Answer>(...asked: Parameters<typeof call>): Promise<Answer> {
  for (;;) {
    try {
      return await call<Answer>(...asked)
    } catch (error) {
      if (!(error as Error).message.includes(': 429 ')) throw error
      await pause(200)
    }
  }
}
