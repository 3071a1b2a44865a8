/** An instant in UTC, for those who compare it with a log; the browser's own time is a matter of the page's script. */
export const UtcTime = ({ at }: { at: string }) => (
  <time datetime={at}>{`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`}</time>
)
