import type { Flash } from '../pages/appointment.tsx'

/** What an answer to a form may say in the address of the page that follows it: a word of ours and a number. */
export type Done = 'link' | 'link-unknown' | 'revoked' | 'late' | 'late-texts-off' | 'on-time'

export function doneQuery(done: Done, count?: { visits: number; texts: number }): string {
  return `done=${done}${count ? `&visits=${count.visits}&texts=${count.texts}` : ''}`
}

/** The words for it; anything else in the address says nothing. */
export function flashOf(query: { get(name: string): string | null }): Flash | undefined {
  const number = (name: string) => Math.min(999, Number(/^\d{1,3}$/.exec(query.get(name) ?? '')?.[0] ?? 0))
  const [visits, texts] = [number('visits'), number('texts')]
  const patients = `${visits} ${visits === 1 ? 'patient' : 'patients'}`
  switch (query.get('done')) {
    case 'link':
      return { tone: 'success', words: 'The link was sent.' }
    case 'link-unknown':
      return {
        tone: 'warning',
        words:
          'The service did not say whether the message was sent. Look at its state below before you send another one.',
      }
    case 'revoked':
      return { tone: 'success', words: 'The link was taken back. It opens nothing any more.' }
    case 'late':
      return {
        tone: 'success',
        words: `${patients} ahead of you today can see it on their page. ${textsWords(texts)}`,
      }
    case 'late-texts-off':
      return {
        tone: 'warning',
        words: `${patients} ahead of you today can see it on their page. Texts are switched off here: nobody is texted.`,
      }
    case 'on-time':
      return { tone: 'success', words: `The pages of ${patients} say that you are on time again.` }
    default:
      return undefined
  }
}

/** Said before any text went out: it promises no more than that. */
function textsWords(texts: number): string {
  if (texts === 0) return 'Nobody is texted: the new time has come already.'
  const asked = texts === 1 ? 'One text was asked for' : `${texts} texts were asked for`
  return `${asked}. Under Running late you see of each whether it went out, and if not, why.`
}
