// Keeps the page fresh: once a second the live pieces are fetched, and those that changed are put in their place.
const shown = new Map()
const problem = document.querySelector('#problem')

async function refresh() {
  const response = await fetch(`/live${location.search}`)
  if (!response.ok) throw new Error(`The console answered ${response.status}.`)
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const piece of fresh.querySelectorAll('[data-live]')) place(piece)
}

function place(piece) {
  const name = piece.dataset.live
  const before = document.querySelector(`[data-live="${name}"]`)
  const html = piece.outerHTML
  if (before === null || shown.get(name) === html || isEditing(before)) return
  const focused = before.contains(document.activeElement) ? document.activeElement.id : ''
  const opened = [...before.querySelectorAll('details[open]')].map((each) => each.id)
  const first = !shown.has(name)
  shown.set(name, html)
  if (first && before.outerHTML === html) return
  const scroll = before.querySelector('[data-scroll-end]')
  const atEnd = scroll === null || scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 40
  const top = scroll?.scrollTop ?? 0
  const { scrollLeft, scrollTop } = before
  before.replaceWith(piece)
  Object.assign(piece, { scrollLeft, scrollTop })
  for (const id of opened) document.getElementById(id)?.setAttribute('open', '')
  if (focused !== '') document.getElementById(focused)?.focus()
  const texts = piece.querySelector('[data-scroll-end]')
  if (texts !== null) texts.scrollTop = atEnd ? texts.scrollHeight : top
}

// A list that is being chosen from must not close under the hand.
function isEditing(piece) {
  return piece.contains(document.activeElement) && document.activeElement.matches('select, input')
}

function tell(message) {
  problem.textContent = message
  problem.hidden = message === ''
}

async function round() {
  try {
    if (!document.hidden) await refresh()
    if (problem.dataset.lost) {
      delete problem.dataset.lost
      tell('')
    }
  } catch {
    problem.dataset.lost = 'yes'
    tell('The sandbox does not answer. Is it still running?')
  }
  setTimeout(round, 1000)
}

document.addEventListener('submit', async (event) => {
  const form = event.target
  if (!form.matches('[data-action]')) return
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form))
  const back = new URLSearchParams(location.search)
  if (back.size > 0) body.set('back', `?${back}`)
  // The answer goes to the conversation on the screen, which may be newer than the form.
  if (body.has('phone')) body.set('phone', document.querySelector('[data-live="screen"]').dataset.phone ?? '')
  tell('')
  form.setAttribute('aria-busy', 'true')
  try {
    const response = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
    if (response.type !== 'opaqueredirect') tell(await response.text())
    else if (form.classList.contains('compose')) form.reset()
    await refresh()
  } catch {
    tell('The sandbox does not answer. Is it still running?')
  }
  form.removeAttribute('aria-busy')
})

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-submit]')) event.target.form.submit()
})

// The address names the clinician from the start: the fallback changes as the day goes on, and the board with it.
if (!location.search)
  history.replaceState(null, '', document.querySelector('input[name="back"]')?.value ?? location.href)

// The board opens where the day stands, the phone at its newest text.
const board = document.querySelector('[data-live="board"]')
const line = board?.querySelector('.now')
if (line)
  board.scrollTop =
    line.getBoundingClientRect().top - board.getBoundingClientRect().top - board.clientHeight / 3
for (const texts of document.querySelectorAll('[data-scroll-end]')) texts.scrollTop = texts.scrollHeight
round()
