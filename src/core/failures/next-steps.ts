/** Advice that many failures end with. */
export const AGAIN = 'Open the video visit from the chart again.'
export const SUPPORT =
  'If it happens again, give the code and the reference on this page to your support team.'
export const ADMIN = 'Ask your Microsoft 365 administrator; the connector’s portal shows what is missing.'
