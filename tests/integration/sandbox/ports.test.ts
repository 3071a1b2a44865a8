import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort, portsFrom, takenPorts } from '../../../sandbox/ports.ts'

const hosts = ['127.0.0.1', '::1']

it.each(hosts)('a port that is taken on %s is told with the variable that changes it', async (host) => {
  const other = createServer()
  const listening = await new Promise<boolean>((resolve) => {
    other.once('error', () => resolve(false))
    other.listen(0, host, () => resolve(true))
  })
  // A machine without IPv6 has nobody there.
  if (!listening) return
  try {
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const lines = await takenPorts(portsFrom({ EHR_PORT: String(port) }), ['ehr'])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`Port ${port} (ehr) is taken`)
    expect(lines[0]).toContain('EHR_PORT')
  } finally {
    other.close()
  }
})

it('a port that is wanted twice is told before anything starts', async () => {
  const port = String(await freePort())
  const lines = await takenPorts(portsFrom({ PORT: port, CONSOLE_PORT: port }), ['app', 'console'])
  expect(lines).toEqual([expect.stringContaining(`PORT and CONSOLE_PORT are both ${port}`)])
})

it('any number of free ports may be asked for', async () => {
  expect(await takenPorts(portsFrom({ PORT: '0', CONSOLE_PORT: '0' }), ['app', 'console'])).toEqual([])
})

it('what is no port is refused by the name of its variable', () => {
  for (const TEAMS_PORT of ['x', '-1', '65536', '70.5'])
    expect(() => portsFrom({ TEAMS_PORT })).toThrow('TEAMS_PORT must be a port number')
})
