/**
 * Where texts of a site come from: a toll-free number that was bought here, a number of the Communication Services
 * resource that was attached, or a name of up to eleven characters.
 */
export type SenderKind = 'tollFree' | 'attached' | 'alphanumeric'

/** A name instead of a number takes no answers: who wants no more texts says so on the page behind the link. */
export function isOneWay(sender: string | undefined): boolean {
  return sender !== undefined && /[A-Za-z]/.test(sender)
}

/** A code of five or six digits; it is written without a country's code ("SMS FAQ", short codes). */
export function isShortCode(sender: string): boolean {
  return /^\d{5,6}$/.test(sender)
}

/** +1 and 800, 833, 844, 855, 866, 877 or 888. */
export function isTollFree(sender: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)\d{7}$/.test(sender)
}

/** "Service limits for Azure Communication Services", SMS: messages a minute; for a name they are of the resource. */
const PER_MINUTE = { tollFree: 200, shortCode: 6000, alphanumeric: 600 }

/** How many texts a minute leave from a sender unless the vendor agreed to more. */
export function perMinuteOf(sender: string): number {
  if (isOneWay(sender)) return PER_MINUTE.alphanumeric
  return isShortCode(sender) ? PER_MINUTE.shortCode : PER_MINUTE.tollFree
}

/** The sender's name in addresses and row keys. */
export function senderId(sender: string): string {
  return sender.replace(/^\+/, '')
}

/** Whether a text can be a sender's name in addresses: those hold anything, and a row key may not. */
export function isSenderId(text: string): boolean {
  return /^[A-Za-z0-9 ]{3,15}$/.test(text)
}

/** As people read it: `+1 833-555-0100`. */
export function shownSender(sender: string): string {
  return sender.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3')
}

/**
 * A name as the vendor takes it, or undefined: letters, digits and spaces, at least one letter, at most eleven characters
 * ("SMS FAQ", alphanumeric sender ID).
 */
export function alphanumericName(written: string): string | undefined {
  const name = written.trim().replace(/ +/g, ' ')
  return /^[A-Za-z0-9 ]{3,11}$/.test(name) && /[A-Za-z]/.test(name) ? name : undefined
}
