/** What is asked, why, and how to find out. `command` is pasted into PowerShell as it stands. */
export type Asked = {
  readonly question: string
  readonly why: string
  readonly command?: string
  readonly look?: string
  /** What to do where the answer is no. */
  readonly remedy: string
  readonly remedyCommand?: string
  readonly link?: { readonly label: string; readonly href: string }
}

/** By the ids of core/setup/prerequisites.ts; a test compares. */
export const PREREQUISITE_WORDS: Readonly<Record<string, Asked>> = {
  teams_adopted: {
    question: 'Is Teams in use in your organization?',
    why: 'Clinicians should have joined a Teams meeting before they meet a patient in one.',
    look: 'Teams admin center, Analytics and reports, Usage reports, “Teams user activity”.',
    remedy: 'Roll Teams out to the clinicians first, or begin with a department that uses it.',
  },
  devices_ready: {
    question: 'Do your systems meet what Teams asks of hardware and browsers?',
    why: 'A visit needs camera, microphone and a current browser (Edge or Chrome) or the Teams app. PowerChart opens pages in Edge WebView2.',
    look: 'Open a Teams meeting on one computer of each kind that clinicians use, and share camera and microphone.',
    remedy: 'Update browser and WebView2 runtime. Patients need nothing but a browser of the last two years.',
    link: {
      label: 'Hardware requirements of Teams',
      href: 'https://learn.microsoft.com/microsoftteams/hardware-requirements-for-the-teams-app',
    },
  },
  anonymous_join: {
    question: 'May people without an account join meetings of the organizer accounts?',
    why: 'Patients join as guests without an account, and wait in the lobby.',
    command: 'Get-CsTeamsMeetingPolicy -Identity Global',
    look: 'AllowAnonymousUsersToJoinMeeting has to be True; leave AllowAnonymousUsersToStartMeeting at False. Where an organizer has a meeting policy of its own, look at that one. In the Teams admin center, Meetings, Meeting settings, “Anonymous users can join a meeting” has to be on too: the stricter of the two counts.',
    remedy: 'Allow it for everybody, or give the organizer accounts a policy of their own that does.',
    remedyCommand: 'Set-CsTeamsMeetingPolicy -Identity Global -AllowAnonymousUsersToJoinMeeting $true',
  },
  browser_join: {
    question: 'Can the organizers’ meetings be joined in a browser?',
    why: 'End-to-end encryption, watermarks and sensitivity labels on meetings need the Teams app: patients would be asked to install it.',
    command: 'Get-CsTeamsEnhancedEncryptionPolicy -Identity Global',
    look: 'MeetingEndToEndEncryption has to be Disabled for the organizers. To be sure, open a meeting of theirs in a private browser window: “Continue on this browser” has to be offered.',
    remedy: 'Give the organizer accounts policies without these protections; other people keep theirs.',
  },
  azure_agreement: {
    question: 'Is the Azure subscription covered by your agreement on health data?',
    why: 'The connector runs in your own subscription, and text messages go through Azure Communication Services. In the United States this takes a business associate agreement (BAA); elsewhere your data protection terms with Microsoft.',
    look: 'Ask who signed the contract with Microsoft. The HIPAA BAA is part of the Product Terms for organizations that are covered by it.',
    remedy:
      'Settle this before a real patient is texted. Testing sites with synthetic patients can go ahead.',
    link: { label: 'What is stored, where, and for how long', href: '/portal/guides/compliance' },
  },
  ehr_contact: {
    question: 'Have you spoken with the representative of your EHR?',
    why: 'Registration, scopes, keys and the Teams column on the patient board are arranged there, and some of it takes weeks.',
    look: 'Each of you needs to know who does what, and the date.',
    remedy: 'Write to them now; the guide has the list of what to ask for.',
    link: { label: 'What to arrange with Oracle Health (Cerner)', href: '/portal/guides/ehr-cerner' },
  },
}
