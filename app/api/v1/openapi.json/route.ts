import packageJson from '../../../../package.json'
import { open } from '../../../../server/http/endpoint'
import { openApi } from '../../../../server/http/openapi'
import { serve } from '../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  open('getOpenApi', async () => openApi(packageJson.version)),
)
