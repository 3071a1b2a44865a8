import type { Language } from '../sites/site.ts'

/** A word of consent, and when the number said it. */
export type SaidWord = { readonly word: string; readonly at: string }

/** FCC, 47 CFR 64.1200(a)(10): these words, in any case, revoke consent; and how Spanish and French say them. */
const STOP_WORDS = new Set([
  'STOP',
  'QUIT',
  'END',
  'REVOKE',
  'OPT OUT',
  'OPTOUT',
  'CANCEL',
  'UNSUBSCRIBE',
  'STOPALL',
  // Spanish
  'ALTO',
  'PARAR',
  'PARE',
  'SALIR',
  'FIN',
  'TERMINAR',
  'REVOCAR',
  'CANCELAR',
  'BAJA',
  'DARSE DE BAJA',
  // French
  'ARRET',
  'ARRETER',
  'QUITTER',
  'REVOQUER',
  'ANNULER',
  'DESABONNER',
  'DESINSCRIRE',
  'DESINSCRIPTION',
])
const START_WORDS = new Set(['START', 'UNSTOP', 'EMPEZAR', 'INICIAR', 'ALTA', 'COMMENCER', 'REPRENDRE'])
const HELP_WORDS = new Set(['HELP', 'INFO', 'AYUDA', 'AIDE'])
const LINK_WORDS = new Set(['LINK', 'ENLACE', 'LIEN'])

export type Asked = { readonly what: 'help' | 'link'; readonly language: Language | undefined }

/** Who asks in their own language is answered in it; HELP and LINK are everybody's. */
const LANGUAGE_OF: Readonly<Record<string, Language>> = { AYUDA: 'es', ENLACE: 'es', AIDE: 'fr', LIEN: 'fr' }

/** The words of a message without case, accents, spaces and marks around them. */
function bare(message: string): string {
  return message
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s.!¡?¿,;:"'’-]+/g, ' ')
    .trim()
    .toUpperCase()
}

/** The word that a message consists of, if it is one that gives or revokes consent. Pure. */
export function consentWord(message: string): string | undefined {
  const word = bare(message)
  return STOP_WORDS.has(word) || START_WORDS.has(word) ? word : undefined
}

/** What a message that is a single known word asks for. Pure. */
export function askedFor(message: string): Asked | undefined {
  const word = bare(message)
  const language = LANGUAGE_OF[word]
  if (HELP_WORDS.has(word)) return { what: 'help', language }
  return LINK_WORDS.has(word) ? { what: 'link', language } : undefined
}

export function isStop(word: string): boolean {
  return !START_WORDS.has(word)
}

/** The word that was said last holds, and of two said in the same instant STOP does. */
export function isLaterWord(said: SaidWord, known: SaidWord): boolean {
  const difference = Date.parse(said.at) - Date.parse(known.at)
  return difference > 0 || (difference === 0 && isStop(said.word) && !isStop(known.word))
}
