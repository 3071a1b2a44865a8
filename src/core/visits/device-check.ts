/** What a patient's device check looks at, in the order people read it. */
export const DEVICE_PARTS = ['camera', 'microphone', 'speaker', 'connection'] as const
export type DevicePart = (typeof DEVICE_PARTS)[number]

/** `pass`, or the kind of failure. Nothing that names a device, a browser or a network. */
export const DEVICE_RESULTS = ['pass', 'blocked', 'missing', 'busy', 'silent', 'slow', 'fail'] as const
export type DeviceResult = (typeof DEVICE_RESULTS)[number]

export type DeviceCheck = Readonly<Partial<Record<DevicePart, DeviceResult>>>

/**
 * Reads the check out of the fields of a posted form. What is neither a part nor a result of ours is left out.
 * @returns undefined where nothing is left.
 */
export function parseDeviceCheck(fields: {
  get(name: string): string | null | undefined
}): DeviceCheck | undefined {
  const found = DEVICE_PARTS.flatMap((part) => {
    const result = DEVICE_RESULTS.find((known) => known === fields.get(part))
    return result === undefined ? [] : [[part, result] as const]
  })
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

/** The column of the visit row: `camera:pass microphone:blocked`. */
export function writeDeviceCheck(check: DeviceCheck): string {
  return DEVICE_PARTS.flatMap((part) => (check[part] ? [`${part}:${check[part]}`] : [])).join(' ')
}

export function readDeviceCheck(column: string | undefined): DeviceCheck | undefined {
  const pairs = new Map((column ?? '').split(' ').map((pair) => pair.split(':') as [string, string]))
  return parseDeviceCheck(pairs)
}
