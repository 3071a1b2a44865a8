/** What patients read, in English. The other languages have exactly these keys. */
export const en = {
  languageName: 'English',
  /** For dates and times, where the site sets no other. */
  locale: 'en-US',
  colon: ': ',
  otherLanguages: 'Other languages',
  videoVisit: 'Video visit',
  yourVisit: 'Your visit',
  newTime: 'New time',
  previousTime: 'Previous time',
  plannedTime: 'Planned time',
  expectedTime: 'Expected to start',
  startsIn: (duration: string) => `Starts in ${duration}`,
  startsSoon: 'Starts in less than a minute',
  opensAt: (time: string) => `You can join from ${time}`,
  addToCalendar: 'Add to calendar',
  updatesItself: 'This page updates by itself.',
  updateNow: 'Check again now',
  updatesStopped: 'This page cannot update right now. Check your connection, then choose “Check again now”.',
  join: 'Join the visit',
  joinNote: 'Opens in this browser. You need no app and no account.',
  beforeYouJoin: 'Before you join',
  tipPlace: 'Find a quiet, private place with a good connection.',
  tipAllow: 'When asked, allow this browser to use your camera and microphone.',
  tipName: 'Type your name when Teams asks, so that your care team recognizes you.',
  tipLobby: 'You wait in the lobby until your care team lets you in.',
  needHelp: 'Need help?',
  callClinic: (number: string) => `Call ${number}`,
  callClinicNote: 'Your clinic can help you by phone.',
  contactClinic: 'Please contact your clinic.',
  dialIn: (number: string) => `Join by phone: ${number}`,
  dialInNote: 'No video? Join the visit by phone, with sound only.',
  dialInCode: (code: string) => `When asked for the conference ID, enter ${code}.`,
  emergency: 'In an emergency, do not wait for this visit. Call your local emergency number.',
  tooEarly: {
    title: 'You are early',
    lead: 'Your visit has not started yet. Come back at the time below, with the same link.',
  },
  ready: {
    title: 'Your visit is ready',
    lead: 'You can join now.',
  },
  late: {
    title: 'Your care team is running late',
    lead: 'We are sorry. Your visit will still take place. Please stay nearby.',
  },
  moved: {
    title: 'Your visit has a new time',
    lead: 'It was moved. The same link works at the new time.',
  },
  cancelled: {
    title: 'This visit was cancelled',
    lead: 'There is nothing to join. To book a new visit, contact your clinic.',
  },
  notVideo: {
    title: 'This visit is no longer by video',
    lead: 'Your appointment is still planned, but not as a video visit. Ask your clinic where to go.',
  },
  over: {
    title: 'This visit is over',
    lead: 'The link no longer opens a visit. If you still need to talk to someone, contact your clinic.',
  },
  notFound: {
    title: 'This link does not open a visit',
    lead: 'It may have expired, or part of it may be missing. Open the link again from the latest message we sent you.',
  },
  unavailable: {
    title: 'We cannot check your visit right now',
    lead: 'The clinic’s system is not answering. We keep trying, and you do not need to do anything.',
    canJoin: 'We cannot confirm the time right now, but you can still join.',
  },
  failure: {
    next: 'What to do',
    tryAgain: 'Try again',
    reference: (reference: string) => `If you call, give this reference: ${reference}`,
  },
}

/** The shape of every language's words: a missing or surplus key does not compile. */
export type Words = typeof en
