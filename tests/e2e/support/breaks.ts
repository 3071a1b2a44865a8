import type { StepName } from '../../../sandbox/story/story.ts'
import type { Variant } from './variant-bundle.ts'

/** One thing that the product must do, taken out of it, and where the story sees that. */
export type Break = {
  /** What is missing then. */
  readonly without: string
  readonly changes: Variant
  readonly step: StepName
  readonly reason: RegExp
}

export const BREAKS: readonly Break[] = [
  {
    without: 'the baseline of the first sweep',
    changes: [
      {
        file: 'core/visits/sweep.ts',
        snippet: 'const baseline = before?.epoch !== epoch',
        replacement: 'const baseline = false',
      },
    ],
    step: 'texted',
    reason: /\d+ texts were sent for two bookings|a text/,
  },
  {
    without: 'a repeatability id that is the same at every try',
    changes: [
      {
        file: 'core/messaging/text-channel.ts',
        snippet: 'repeatabilityId: ports.identity.repeatabilityId(name.tenantId, noticeText(name))',
        replacement: 'repeatabilityId: crypto.randomUUID()',
      },
    ],
    step: 'texted',
    reason: /the repeatability id is not that of the notice/,
  },
  {
    without: 'the seal on the appointment id',
    changes: [
      {
        file: 'core/visits/visit.ts',
        snippet: "seal(ring, context(ref, 'appointment'), appointmentId)",
        replacement: 'appointmentId',
      },
    ],
    step: 'texted',
    reason: /table visits holds an appointment id in clear/,
  },
  {
    without: 'the list of the EHRs that may launch',
    changes: [
      {
        file: 'core/launches/provider-launch.ts',
        snippet: 'const site = await ports.sites.byIssuer(iss)',
        replacement: 'const site = (await ports.sites.all())[0]',
      },
    ],
    step: 'launched',
    reason: /an EHR that nobody set up was (asked something|answered 303)/,
  },
  {
    without: 'the binding of a launch to the browser that began it',
    changes: [
      {
        file: 'core/launches/state.ts',
        snippet: "if (!sameText(hash(expected.cookies.get(BROWSER_COOKIE) ?? ''), state.browser))",
        replacement: 'if (false)',
      },
    ],
    step: 'launched',
    reason: /a code was tried for a callback in another browser/,
  },
  {
    without: 'the consumption of state',
    changes: [
      {
        file: 'core/launches/state.ts',
        snippet: "return first.ok ? opened : fail('state_replayed')",
        replacement: 'return opened',
      },
    ],
    step: 'launched',
    reason: /a code was tried for a callback that was used before/,
  },
  {
    without: 'the nonce of the id_token',
    changes: [
      {
        file: 'core/smart/id-token.ts',
        snippet: "if (claims.nonce !== nonce) return fail('smart_nonce_mismatch')",
        replacement: '',
      },
    ],
    step: 'launched',
    reason: /an id_token of another launch was taken/,
  },
  {
    without: 'the token of a form',
    changes: [
      {
        file: 'core/http/csrf.ts',
        snippet: "return fits ? ok(undefined) : fail('form_foreign', { detail: 'token' })",
        replacement: 'return ok(undefined)',
      },
    ],
    step: 'signed in',
    reason: /a form without its token stored a mapping/,
  },
  {
    without: 'the check of where a form comes from',
    changes: [
      {
        file: 'core/http/csrf.ts',
        snippet: 'if (request.origin !== undefined && !request.ownOrigins.includes(request.origin))',
        replacement: 'if (false)',
      },
    ],
    step: 'signed in',
    reason: /a form from another origin stored a mapping/,
  },
  {
    without: 'the question whether the account is right',
    changes: [
      {
        file: 'functions/account.ts',
        snippet: "const { confirmAccountPage } = await import('../pages/confirm-account.tsx')",
        replacement: `const { confirmAccountPage } = await import('../pages/confirm-account.tsx')
  await app.mappings.confirm(session.tenantId, session.siteId, session.ehrUser, signedIn.value.userId, app.now())`,
      },
    ],
    step: 'signed in',
    reason: /something was stored before the clinician confirmed/,
  },
  {
    without: 'the PATCH that sets the lobby',
    changes: [
      {
        file: 'core/meetings/meeting.ts',
        snippet: 'graph.api(path).patch({ ...MEETING_RULES, ...times(request) })',
        replacement: 'Promise.resolve()',
      },
    ],
    step: 'meeting created',
    reason: /the lobby was left as Graph makes it/,
  },
  {
    without: 'a lobby for those who are not of the organization',
    changes: [
      {
        file: 'core/meetings/meeting.ts',
        snippet: "lobbyBypassSettings: { scope: 'organization',",
        replacement: "lobbyBypassSettings: { scope: 'everyone',",
      },
    ],
    step: 'meeting created',
    reason: /the lobby scope is everyone/,
  },
  {
    without: 'the end of the chat with the meeting',
    changes: [
      {
        file: 'core/meetings/meeting.ts',
        snippet: "allowMeetingChat: 'limited'",
        replacement: "allowMeetingChat: 'enabled'",
      },
    ],
    step: 'meeting created',
    reason: /meeting chat is enabled/,
  },
  {
    without: 'the role of the clinician',
    changes: [
      { file: 'core/meetings/meeting.ts', snippet: "role: 'coorganizer'", replacement: "role: 'attendee'" },
    ],
    step: 'meeting created',
    reason: /the clinician is no co-organizer/,
  },
  {
    without: 'the seal on the meeting',
    changes: [
      {
        file: 'core/visits/visit.ts',
        snippet: "seal(ring, context(ref, 'meeting'), JSON.stringify(meeting))",
        replacement: 'JSON.stringify(meeting)',
      },
    ],
    step: 'meeting created',
    reason: /table visits holds the meeting in clear/,
  },
  {
    without: 'the last character of a link',
    changes: [
      {
        file: 'core/keys/link-token.ts',
        snippet: "hash: createHash('sha256').update(token).digest('base64url')",
        replacement: "hash: createHash('sha256').update(token.slice(0, 21)).digest('base64url')",
      },
    ],
    step: 'patient tapped',
    reason: /1 links with a changed character opened something/,
  },
  {
    without: 'the harmlessness of opening a link',
    changes: [
      {
        file: 'functions/patient.ts',
        snippet: 'const model = patientModel(tapped.value, {',
        replacement: `if (tapped.value.visit)
    await app.visits.update(tapped.value.visit, (row) => ({ ...row, patientSeenAt: app.now().toISOString() }))
  const model = patientModel(tapped.value, {`,
      },
    ],
    step: 'patient tapped',
    reason: /opening the link changed something/,
  },
  {
    without: 'the lead time of a reminder',
    changes: [
      {
        file: 'core/messaging/due.ts',
        snippet: '.filter(({ at }) => at <= now)',
        replacement: '',
      },
      {
        file: 'core/messaging/due.ts',
        snippet: 'return [owed(visitKey, visit, one.kind, start, one.at)]',
        replacement: 'return [owed(visitKey, visit, one.kind, start, now)]',
      },
    ],
    step: 'reminder sent',
    reason: /a reminder went out too early/,
  },
  {
    without: 'the claim on a notice',
    changes: [
      {
        file: 'core/messaging/claim.ts',
        snippet: "if (row.state !== 'claimed' && row.state !== 'sending') return 'done'",
        replacement: 'return { take: { ...row, claimId, leaseUntil, changedAt } }',
      },
    ],
    step: 'duplicate delivery ignored',
    reason: /\d+ more texts were sent/,
  },
  {
    without: 'the deadline of a notice',
    changes: [
      {
        file: 'core/messaging/decide-text.ts',
        snippet: "if (input.deadline <= now) return fail('deadline_passed')",
        replacement: '',
      },
      {
        file: 'core/messaging/send.ts',
        snippet: "if (now >= deadline) return { seconds: 1, because: 'deadline_passed' }",
        replacement: '',
      },
      {
        file: 'core/messaging/slots.ts',
        snippet: "if (deadline <= at) return { kind: 'none' }",
        replacement: '',
      },
      {
        file: 'core/messaging/sort-due.ts',
        snippet: "else if (claim.deadline <= now) over.push(ended(claim, 'expired', 'deadline_passed', now))",
        replacement: '',
      },
    ],
    step: 'duplicate delivery ignored',
    reason: /a notice past its deadline became (sent|delivered)/,
  },
]
