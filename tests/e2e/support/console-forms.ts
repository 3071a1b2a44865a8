import type { Sandbox } from '../../../sandbox/sandbox.ts'
import { textOf } from '../bad-input/browser.ts'

export type BubbleShown = {
  readonly side: 'clinic' | 'patient'
  readonly text: string
  readonly note: string
}

/** The console as somebody without script uses it: its forms are looked for on its pages, and sent as they stand there. */
export type ConsoleForms = {
  /** Presses a button: the form of this action whose hidden fields are these, with what is typed or chosen in it. */
  press(
    action: string,
    fields: Readonly<Record<string, string>>,
    typed?: Readonly<Record<string, string>>,
  ): Promise<void>
  /** Flips a fault switch. */
  fault(id: string, on: boolean): Promise<void>
  /** What a patient's phone shows, oldest first. */
  phone(number: string): Promise<BubbleShown[]>
  /** Answers as the patient: one of the buttons, or typed. */
  say(number: string, message: string): Promise<void>
}

export function consoleForms({ consoleUrl }: Pick<Sandbox, 'consoleUrl'>): ConsoleForms {
  const page = async (query: Readonly<Record<string, string>>) => {
    const response = await fetch(`${consoleUrl}/?${new URLSearchParams(query)}`)
    if (!response.ok) throw new Error(`the console answered ${response.status}`)
    return response.text()
  }
  const send = async (action: string, fields: Readonly<Record<string, string>>) => {
    const response = await fetch(`${consoleUrl}/actions/${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: new URL(consoleUrl).origin },
      body: new URLSearchParams(fields),
    })
    if (response.status >= 400)
      throw new Error(`${action}: ${response.status} ${textOf(await response.text())}`)
  }
  const pressOn = async (
    html: string,
    action: string,
    wanted: Readonly<Record<string, string>>,
    typed: Readonly<Record<string, string>> = {},
  ) => {
    const form = formsOf(html, action).find((hidden) =>
      Object.entries(wanted).every(([name, value]) => hidden[name] === value),
    )
    if (!form) throw new Error(`the console has no button ${action} ${JSON.stringify(wanted)}`)
    await send(action, { ...form, ...typed })
  }
  const everything = { scope: 'clinic' }
  return {
    press: async (action, fields, typed) => pressOn(await page(everything), action, fields, typed),
    fault: async (fault, on) => pressOn(await page(everything), 'fault', { fault, on: on ? 'on' : 'off' }),
    phone: async (number) => bubblesOf(await page({ phone: number }), number),
    async say(number, message) {
      const html = await page({ phone: number })
      const button = formsOf(html, 'reply').some((hidden) => hidden.message === message)
      await pressOn(html, 'reply', { phone: number, ...(button ? { message } : {}) }, { message })
    },
  }
}

/** The hidden fields of each form of an action. */
function formsOf(html: string, action: string): Record<string, string>[] {
  const forms = html.matchAll(
    new RegExp(`<form method="post" action="/actions/${action}"[^>]*>([\\s\\S]*?)</form>`, 'g'),
  )
  return [...forms].map(([, inside = '']) => {
    const inputs = inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
    return Object.fromEntries(
      [...inputs].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    )
  })
}

function bubblesOf(html: string, number: string): BubbleShown[] {
  // The page shows the newest conversation where it does not know the number.
  if (!html.includes(`data-phone="${number}"`)) return []
  const bubbles = html.matchAll(
    /<div class="bubble (clinic|patient)[^"]*"><p>([\s\S]*?)<\/p><small>([\s\S]*?)<\/small>/g,
  )
  return [...bubbles].map(([, side, text = '', note = '']) => ({
    side: side as BubbleShown['side'],
    text: textOf(text).trim(),
    note: textOf(note).trim(),
  }))
}
