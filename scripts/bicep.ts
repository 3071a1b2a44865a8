import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = `${root}node_modules/.cache/bicep`

/** Versions of the NuGet package that are tried, the preferred one first. */
const VERSIONS = ['0.49.2', '0.37.4']
const MINUTES = 5 * 60_000

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end. A program that cannot be started counts as one that failed with 127. */
export function finish(
  file: string,
  args: readonly string[],
  cwd = root,
  more: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', ...more }
  const limits = { cwd, env, timeout: MINUTES, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(file, args, limits, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127
      resolve({ code, stdout, stderr })
    })
  })
}

/**
 * The real Bicep CLI: the one named by BICEP_CLI, else `bicep` on PATH, else the one that `az bicep install` left, else
 * Microsoft's NuGet package Azure.Bicep.CommandLine.<platform>, restored once with the .NET SDK.
 * @returns its path, or a sentence that says why there is none.
 */
export async function bicepCli(): Promise<{ path: string } | { none: string }> {
  const named = process.env.BICEP_CLI
  const packages = `${cache}/packages/azure.bicep.commandline.${platform()}`
  const kept = VERSIONS.map((version) => `${packages}/${version}/tools/bicep`)
  const known = [...(named ? [named] : []), 'bicep', join(homedir(), '.azure/bin/bicep'), ...kept]
  for (const path of known) if (await works(path)) return { path }
  return restore(packages)
}

async function works(path: string): Promise<boolean> {
  const { code, stdout } = await finish(path, ['--version'])
  return code === 0 && /Bicep CLI version/.test(stdout)
}

async function restore(packages: string): Promise<{ path: string } | { none: string }> {
  if ((await finish('dotnet', ['--version'])).code !== 0)
    return { none: 'there is no `bicep` on PATH and no .NET SDK (`dotnet`) to restore it with' }
  const tried: string[] = []
  const left = [...VERSIONS]
  for (let version = left.shift(); version !== undefined; version = left.shift()) {
    tried.push(version)
    const output = await restoreVersion(version)
    const path = `${packages}/${version}/tools/bicep`
    await chmod(path, 0o755).catch(() => undefined)
    if (await works(path)) return { path }
    // A registry that lacks the version names the nearest one that it has.
    const nearest = /Nearest version: ([0-9.]+)/.exec(output)?.[1]
    if (nearest && !tried.includes(nearest) && !left.includes(nearest)) left.unshift(nearest)
  }
  return { none: `NuGet gave Azure.Bicep.CommandLine.${platform()} in none of ${tried.join(', ')}` }
}

/** A project of its own only to download: the package becomes a dependency of nothing. */
async function restoreVersion(version: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(`${cache}/restore-`)
  try {
    const name = `Azure.Bicep.CommandLine.${platform()}`
    const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <RestorePackagesPath>${cache}/packages</RestorePackagesPath>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
  </PropertyGroup>
  <ItemGroup><PackageDownload Include="${name}" Version="[${version}]" /></ItemGroup>
</Project>
`
    await writeFile(`${scratch}/bicep.csproj`, project)
    const { stdout, stderr } = await finish('dotnet', ['restore', 'bicep.csproj'], scratch)
    return stdout + stderr
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function platform(): string {
  const system = { darwin: 'osx', win32: 'win' }[process.platform as string] ?? 'linux'
  return `${system}-${process.arch}`
}
