/** Line icons on a 20 x 20 grid, drawn for this project. Decorative: the words beside them say everything. */
const PATHS = {
  video:
    'M3.5 5h8A1.5 1.5 0 0 1 13 6.5v7a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 2 13.5v-7A1.5 1.5 0 0 1 3.5 5ZM13 9l5-3v8l-5-3',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM10 6v4.5l3 1.8',
  calendar: 'M4 4h12a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM3 8h14M7 2.5V5M13 2.5V5',
  phone:
    'M6 2.8l2 .6 1 3.2-1.6 1.6a9 9 0 0 0 4.4 4.4l1.6-1.6 3.2 1 .6 2c.2.9-.4 1.9-1.4 2.1C9.500 17.500 2.500 10.500 3.900 4.200 4.100 3.200 5.100 2.600 6 2.800Z',
  check: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM6.800 10.200l2.200 2.200 4.400-4.600',
  warning: 'M10 3l7.500 13.500h-15ZM10 8v4M10 14.200v.1',
  error: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM7.500 7.500l5 5M12.500 7.500l-5 5',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM10 9v5M10 6.300v.1',
  person:
    'M10 3a3.200 3.200 0 1 1 0 6.400A3.200 3.200 0 0 1 10 3ZM3.500 17c0-3 2.800-5 6.500-5s6.500 2 6.500 5',
  open: 'M8 4H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-3M11.500 3.500h5v5M16.500 3.500l-7 7',
  mic: 'M10 2.500a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0V5A2.500 2.500 0 0 1 10 2.500ZM4.500 10a5.500 5.500 0 0 0 11 0M10 15.500v2',
  quiet: 'M3 9l7-6 7 6M5 8v9h10V8M8.500 17v-4.500h3V17',
  add: 'M10 4v12M4 10h12',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  question:
    'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM8 8a2 2 0 1 1 2.800 1.900c-.6.3-.8.7-.8 1.300M10 13.800v.1',
} as const

export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
)
