/** The projects of vitest.config.ts. */
export const PROJECTS = ['unit', 'guards', 'integration', 'e2e'] as const
export type Project = (typeof PROJECTS)[number]

/** Projects that run together, and how many files at a time; absent = as many as the machine has cores for. */
export type Phase = { readonly projects: readonly Project[]; readonly workers?: number }

/**
 * One after another, so that a browser never waits for a core that an emulator holds. An integration file is mostly
 * several processes (storage, host, stand-ins), hence half of the cores; an end-to-end file is a whole sandbox.
 */
export function phasesOf(projects: readonly Project[], cores: number): Phase[] {
  const phases: Phase[] = [
    { projects: ['unit', 'guards'] },
    { projects: ['integration'], workers: Math.max(1, Math.ceil(cores / 2)) },
    { projects: ['e2e'], workers: 1 },
  ]
  return phases.flatMap((phase) => {
    const wanted = phase.projects.filter((project) => projects.includes(project))
    return wanted.length > 0 ? [{ ...phase, projects: wanted }] : []
  })
}

/** `unit guards` names projects; every other word has to be part of a file's path, as in `e2e portal`. */
export function readWords(words: readonly string[]): { projects: readonly Project[]; files: string[] } {
  const named = PROJECTS.filter((project) => words.includes(project))
  return {
    projects: named.length > 0 ? named : PROJECTS,
    files: words.filter((word) => !PROJECTS.some((project) => project === word)),
  }
}
