import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { bicepCli } from '../../scripts/bicep.ts'
import { lintInfra } from '../../scripts/lint-infra.ts'
import { shellLines } from '../../scripts/snapshot.ts'
import { compiled, EVERYTHING, noCli, ofType, settingsOf } from './infra-template.ts'

describe.skipIf(noCli)('a stamp of each geography', () => {
  it.each([
    ['amer', 'United States'],
    ['emea', 'Europe'],
    ['apac', 'Asia Pacific'],
  ])('keeps %s data at rest in its own place', async (geography, dataLocation) => {
    const taken = await compiled(geography)
    const [communication] = ofType(taken, 'Microsoft.Communication/communicationServices')
    expect(communication?.properties.dataLocation).toBe(dataLocation)
    expect(settingsOf(taken).GEOGRAPHY).toBe(geography)
    const regions = taken.predictedResources.flatMap(({ location }) => (location ? [location] : []))
    expect(new Set(regions).size, 'one region besides "global"').toBe(2)
  })

  it('refuses a region of another geography, and names those it may have', async () => {
    await expect(compiled('amer', { ...EVERYTHING, EHR_LOCATION: 'westeurope' })).rejects.toThrow(
      /westeurope is not a region of amer; choose one of eastus/,
    )
  })

  it('refuses a data location of another geography', async () => {
    await expect(compiled('emea', { ...EVERYTHING, EHR_DATA_LOCATION: 'United States' })).rejects.toThrow(
      /United States is not a data location of emea/,
    )
  })

  it('has a host short enough for a text, and names that the platform accepts', async () => {
    const lines = shellLines(await compiled('emea', { ...EVERYTHING, EHR_ENVIRONMENT: 'test' }))
    const value = (name: string) =>
      lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 2, -1) ?? ''
    expect(value('LINK_HOST').length).toBeLessThanOrEqual(40)
    expect(value('STORAGE_NAME')).toMatch(/^[a-z0-9]{3,24}$/)
    expect(value('VAULT_NAME')).toMatch(/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/)
    expect(value('PUBLIC_URL')).toBe(`https://${value('APP_NAME')}.azurewebsites.net`)
  })

  it('prices no budget unless one was asked for', async () => {
    expect(ofType(await compiled('amer', {}), 'Microsoft.Consumption/budgets')).toHaveLength(0)
    expect(ofType(await compiled(), 'Microsoft.Consumption/budgets')).toHaveLength(1)
  })
})

describe.skipIf(noCli)('lint:infra', () => {
  it('fails on a mere warning', async () => {
    const { mkdtemp, rm, writeFile } = await import('node:fs/promises')
    const { tmpdir } = await import('node:os')
    const cli = await bicepCli()
    const folder = await mkdtemp(`${tmpdir()}/lint-`)
    try {
      await writeFile(`${folder}/main.bicep`, "param unused string = 'x'\n")
      const { problems } = await lintInfra('path' in cli ? cli.path : '', folder)
      expect(problems.join()).toMatch(/Warning no-unused-params/)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('takes no module from a registry: every module is a file of this repository', async () => {
    const main = await readFile(new URL('../../infra/main.bicep', import.meta.url), 'utf8')
    const modules = [...main.matchAll(/^module \w+ '([^']+)'/gm)].map(([, path]) => path)
    expect(modules.length).toBeGreaterThan(5)
    for (const path of modules) expect(path).toMatch(/^modules\/[a-z]+\.bicep$/)
  })
})
