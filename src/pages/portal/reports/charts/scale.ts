/** The plot inside a picture of 720 by 260 units; the rest is for the axes' words. */
export const WIDTH = 720
export const HEIGHT = 260
export const PLOT = { left: 52, right: 712, top: 12, bottom: 224 } as const

/** Four or five round steps from zero to at least the largest value. */
export function ticks(largest: number): number[] {
  const raw = Math.max(largest, 1) / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= raw) ?? 10) * power)
  const count = Math.max(1, Math.ceil(largest / step))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** Where a value lies on the upright axis. */
export function yOf(value: number, top: number): number {
  return PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top)
}

/** Left edge and width of each step's place on the level axis. */
export function slots(count: number): { x: number; width: number }[] {
  const width = (PLOT.right - PLOT.left) / Math.max(1, count)
  return Array.from({ length: count }, (_, index) => ({ x: PLOT.left + index * width, width }))
}

/** Which steps carry a label, so that none touches the next. */
export function labelled(count: number): (index: number) => boolean {
  const every = Math.ceil(count / 8)
  return (index) => index % every === 0
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
