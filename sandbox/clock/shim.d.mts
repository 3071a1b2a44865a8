/** Sets how far this process's Date runs ahead of the real time, in milliseconds. */
export function setOffset(offsetMs: number): void
/** Milliseconds that this process's Date runs ahead of the real time. */
export function getOffset(): number
