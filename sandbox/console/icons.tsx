/** Icons are drawn here: the page loads nothing from elsewhere. 16 units square, in the colour of the text. */
const paths = {
  video:
    'M2 4.5A1.5 1.5 0 0 1 3.5 3h5A1.5 1.5 0 0 1 10 4.5v7A1.5 1.5 0 0 1 8.5 13h-5A1.5 1.5 0 0 1 2 11.5zM11 7l3-2.2v6.4L11 9z',
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zm-5 5.5c0-2.5 2-4 5-4s5 1.5 5 4z',
  cancel: 'M4.2 3 8 6.8 11.8 3 13 4.2 9.2 8l3.8 3.8-1.2 1.2L8 9.2 4.2 13 3 11.8 6.8 8 3 4.2z',
  send: 'M2 2.5 14.5 8 2 13.5l1.5-4.7L9 8 3.5 7.2z',
} as const

type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" />
    </svg>
  )
}
