import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

declare const config: {
  forbidden: (IForbiddenRuleType & { name: string; comment: string })[]
  options: ICruiseOptions
}
export default config
