import { expect, test } from 'vitest'
import { browserAdvice } from '../../../src/functions/browser-advice.ts'

const APPLE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'

test.each([
  ['Safari on iOS', `${APPLE} Version/18.5 Mobile/15E148 Safari/604.1`],
  ['Chrome on iOS', `${APPLE} CriOS/147.0.0.0 Mobile/15E148 Safari/604.1`],
  ['Chrome on Android', `${ANDROID} Chrome/147.0.0.0 Mobile Safari/537.36`],
  ['Edge on Windows', `${WINDOWS} Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0`],
  ['Chrome on Windows', `${WINDOWS} Chrome/147.0.0.0 Safari/537.36`],
  ['Safari on macOS', `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`],
  ['Chrome on Linux', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36'],
  ['a browser that says nothing', ''],
  ['something unknown', 'Synthetic/1.0'],
])('nobody is warned of %s', (_name, agent) => {
  expect(browserAdvice(agent)).toBeUndefined()
})

test.each([
  ['inApp', `${APPLE} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]`],
  ['inApp', `${APPLE} Mobile/15E148 Instagram 300.0`],
  ['inApp', `${ANDROID.replace('; K)', '; K; wv)')} Version/4.0 Chrome/147.0.0.0 Mobile Safari/537.36`],
  ['ios', `${APPLE} FxiOS/140.0 Mobile/15E148 Safari/604.1`],
  ['ios', `${APPLE} Version/18.0 EdgiOS/140.0 Mobile/15E148 Safari/604.1`],
  ['android', 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
  ['android', `${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`],
  ['desktop', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['desktop', `${WINDOWS} Chrome/130.0.0.0 Safari/537.36 OPR/116.0`],
  ['old', `${APPLE.replace('18_5', '13_2')} Version/13.0 Mobile/15E148 Safari/604.1`],
  ['old', `${ANDROID} Chrome/88.0.0.0 Mobile Safari/537.36`],
  ['old', `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.1 Safari/605.1.15`],
])('it says "%s" of %s', (advice, agent) => {
  expect(browserAdvice(agent)).toBe(advice)
})
