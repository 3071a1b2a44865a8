import type { BoardLine, BoardModel } from '../../../src/pages/board.tsx'
import type { ConsultModel } from '../../../src/pages/consult.tsx'
import { sampleLinks, sampleSendLink } from './sample-appointment.ts'

const line = (more: Partial<BoardLine>): BoardLine => ({
  href: '/launch/synthetic/visit?choice=SyntheticOne',
  time: '2:30 PM',
  minutes: 30,
  patient: 'Quill Synthetic',
  type: 'Follow-up visit',
  state: { words: 'The patient is not here yet', tone: 'info', waiting: false },
  problems: [],
  ...more,
})

/** A clinician's day. Synthetic data. */
export const sampleBoard: BoardModel = {
  date: 'Tuesday, June 9',
  lines: [
    line({
      state: { words: 'The patient is waiting in the lobby, since 2:24 PM', tone: 'warning', waiting: true },
    }),
    line({
      time: '1:00 PM',
      patient: 'Ona Synthetic',
      state: { words: 'The visit has ended, at 1:31 PM', tone: 'info', waiting: false },
    }),
    line({
      time: '3:15 PM',
      patient: 'Per Synthetic',
      problems: [
        {
          words: 'Reminder: Not delivered: the number takes no texts, as landlines do not.',
          advice: 'Open the visit and send the link to a mobile number or an e-mail address.',
        },
      ],
    }),
  ],
  consultUrl: '/launch/synthetic/consult',
  refreshSeconds: 2,
  lookUrl: '/launch/synthetic/look?at=synthetic',
}

export const sampleConsultStart: ConsultModel = {
  backUrl: '/launch/synthetic/visit',
  csrf: 'synthetic-csrf',
  startAction: '/launch/synthetic/consult/start',
  form: 'AAAAAAAAAAAAAAAA',
}

export const sampleConsult: ConsultModel = {
  ...sampleConsultStart,
  open: {
    live: {
      visit: { kind: 'not_here' },
      notices: [],
      links: sampleLinks,
      revokeAction: '/launch/synthetic/consult/revoke',
      fields: { at: 'synthetic' },
      csrf: 'synthetic-csrf',
      refreshSeconds: 2,
      lookUrl: '/launch/synthetic/look?at=synthetic',
    },
    join: {
      app: { method: 'post', action: '/launch/synthetic/consult/join', fields: { way: 'app' } },
      browser: { method: 'post', action: '/launch/synthetic/consult/join', fields: { way: 'browser' } },
    },
    joinedAs: 'ana@lakeside.example',
    notYouAction: '/launch/synthetic/forget',
    sendLink: {
      ...sampleSendLink,
      action: '/launch/synthetic/consult/send',
      roles: [
        { value: 'colleague', label: 'Colleague' },
        { value: 'interpreter', label: 'Interpreter' },
      ],
    },
    guests: { words: '1 in the meeting, 1 in the lobby.', waiting: true },
    search: {
      action: '/launch/synthetic/consult',
      at: 'synthetic',
      words: 'per',
      found: [
        {
          name: 'Per Synthetic',
          upn: 'per@lakeside.example',
          chatUrl: 'https://teams.example/l/chat/0/0?users=per%40lakeside.example',
        },
      ],
    },
  },
}
