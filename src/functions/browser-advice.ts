/** Why a browser may fail in Teams, by what its User-Agent header says; see the page's words for each. */
export type BrowserAdvice = 'inApp' | 'ios' | 'android' | 'desktop' | 'old'

/**
 * Chromium and Safari of early 2023. Teams asks for the latest version and the two before, which this cannot know; what
 * is older than this surely fails.
 */
const OLDEST = { chromium: 110, safari: 16 } as const

const IN_APP =
  /\b(FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|Snapchat|TikTok|musical_ly|LinkedInApp|GSA\/)|; wv\)/
const OTHER_ON_IOS = /\b(FxiOS|EdgiOS|OPiOS|OPT\/|DuckDuckGo|YaBrowser|Brave)/
const OTHER_ANYWHERE =
  /\b(Firefox|SamsungBrowser|OPR|Opera|UCBrowser|YaBrowser|Vivaldi|DuckDuckGo|MSIE|Trident)\b/

/**
 * Teams' browser join is for Chrome and Safari on iOS, Chrome on Android and Linux, Chrome and Safari on macOS, Chrome
 * and Edge on Windows (Microsoft Learn, "Browser join for Teams Virtual Appointments"). Undefined where the browser is
 * one of these or does not say what it is: nobody is warned on a guess, and nobody is kept from trying.
 */
export function browserAdvice(userAgent: string | null): BrowserAdvice | undefined {
  const agent = userAgent ?? ''
  if (IN_APP.test(agent)) return 'inApp'
  if (/\b(iPhone|iPad|iPod)\b/.test(agent)) {
    if (OTHER_ON_IOS.test(agent)) return 'ios'
    return older(/\bOS (\d+)[_.]/, agent, OLDEST.safari) ? 'old' : undefined
  }
  if (/\bAndroid\b/.test(agent)) {
    if (OTHER_ANYWHERE.test(agent) || /\bEdgA\b/.test(agent)) return 'android'
    return older(/\bChrome\/(\d+)/, agent, OLDEST.chromium) ? 'old' : undefined
  }
  if (OTHER_ANYWHERE.test(agent)) return 'desktop'
  const chromium = older(/\bChrome\/(\d+)/, agent, OLDEST.chromium)
  const safari = !/Chrome\//.test(agent) && older(/\bVersion\/(\d+)[\d.]* Safari/, agent, OLDEST.safari)
  return chromium || safari ? 'old' : undefined
}

function older(pattern: RegExp, agent: string, oldest: number): boolean {
  const version = pattern.exec(agent)?.[1]
  return version !== undefined && Number(version) < oldest
}
