/** What the calendar entry of an e-mail asks a calendar to do, as a person would say it; undefined = it is none. */
export function calendarLine(attachment: {
  contentType: string
  contentInBase64: string
}): string | undefined {
  if (!attachment.contentType.startsWith('text/calendar')) return undefined
  const file = Buffer.from(attachment.contentInBase64, 'base64').toString()
  const field = (name: string) => new RegExp(`^${name}[:;](.*)\r$`, 'm').exec(file)?.[1] ?? ''
  const [, zone = '', day = '', hour = ''] = /^DTSTART;TZID=([^:]+):(\d{8})T(\d{4})/m.exec(file) ?? []
  const when = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} ${hour.slice(0, 2)}:${hour.slice(2)} ${zone}`
  if (field('METHOD') === 'CANCEL') return `Takes the entry out of the calendar (${when})`
  return field('SEQUENCE') === '1'
    ? `Puts ${when} in the calendar`
    : `Moves the entry in the calendar to ${when}`
}
