import { describe, expect, test } from 'vitest'
import { consentWord } from '../../../src/core/messaging/words-said.ts'

describe('the word of an answer', () => {
  test.each([
    ['STOP', 'STOP'],
    ['stop', 'STOP'],
    [' Stop. ', 'STOP'],
    ['STOP!!', 'STOP'],
    ['"stop"', 'STOP'],
    ['quit', 'QUIT'],
    ['End', 'END'],
    ['revoke', 'REVOKE'],
    ['opt out', 'OPT OUT'],
    ['Opt-out', 'OPT OUT'],
    ['OPT  OUT', 'OPT OUT'],
    ['optout', 'OPTOUT'],
    ['cancel', 'CANCEL'],
    ['unsubscribe', 'UNSUBSCRIBE'],
    ['STOPALL', 'STOPALL'],
    ['¡Alto!', 'ALTO'],
    ['Arrêt', 'ARRET'],
    ['start', 'START'],
    ['Unstop', 'UNSTOP'],
  ])('%j is %s', (message, word) => expect(consentWord(message)).toBe(word))

  test.each(['', 'please do not stop', 'stop it', 'Can I cancel my visit?', 'yes', 'starting', 'HELP'])(
    '%j gives and revokes nothing',
    (message) => expect(consentWord(message)).toBeUndefined(),
  )
})
