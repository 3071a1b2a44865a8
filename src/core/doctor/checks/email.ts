import { createHash } from 'node:crypto'
import { z } from 'zod'
import { callGraph } from '../../meetings/graph-call.ts'
import { BY_COMMAND, type Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip } from '../line.ts'

const user = z.object({ mail: z.email().nullish(), userPrincipalName: z.string() })

const WORDS = 'This is a test of the connection of video visits with your EHR. Nothing needs to be done.'

/** One e-mail to whoever started the run, at the address that their own organization has for them. */
export const email: Check = {
  id: 'email',
  after: ['graph_consent'],
  async run({ site, ports, runId, by }) {
    if (!site.emails?.on) return skip('E-mails are off on this site.')
    if (by === BY_COMMAND) return skip('A command started this: there is nobody to write to.', 'no_recipient')
    const graph = await ports.graph(site.tenantId)
    const read = await callGraph(async () =>
      user.parse(
        await graph
          .api(`/users/${encodeURIComponent(by)}`)
          .select(['mail', 'userPrincipalName'])
          .get(),
      ),
    )
    if (!read.ok) return fromFailure(read.failure)
    const to = read.value.mail ?? read.value.userPrincipalName
    const send = await ports.sendEmail()
    const sent = await send({
      from: site.emails.sender,
      to,
      operationId: operationId(`${site.tenantId}|${site.siteId}|${runId}`),
      subject: 'Test of the connection',
      plainText: WORDS,
      html: `<p>${WORDS}</p>`,
      attachments: [],
    })
    if (sent.ok) return pass('The e-mail was taken. It goes to your own address.')
    const { code } = sent.failure
    return code === 'email_refused'
      ? failed(
          code,
          'Communication Services refused the e-mail.',
          'The sender’s domain must be linked to the resource and verified. Whoever runs this service can look at it in the Azure portal.',
        )
      : failed(
          code,
          'Communication Services did not take the e-mail just now.',
          'Run the doctor again in some minutes. If it stays so, tell whoever runs this service.',
        )
  },
}

/** The same at every try of one run, in the shape of a UUID, which the vendor insists on. */
function operationId(text: string): string {
  const hex = createHash('sha256').update(`doctor-email|${text}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
