import { ButtonLink } from '../layout/components/button.tsx'
import { telHref } from '../layout/href.ts'
import { Icon } from '../layout/icons.tsx'
import { around } from '../words/around.ts'
import type { Words } from '../words/index.ts'
import type { DialIn } from './model.ts'

/** A sentence whose phone number is never broken over two lines. */
const WithNumber = ({ sentence, number }: { sentence: (number: string) => string; number: string }) => {
  const [before, after] = around(sentence)
  return (
    <span>
      {before}
      <span class="nowrap">{number}</span>
      {after}
    </span>
  )
}

/**
 * The way out by telephone: the meeting's dial-in where it has one, and always the clinic. `main`: calling is the one
 * thing left to do, so the number is the page's prominent button.
 */
export const Contact = ({
  words,
  phone,
  dialIn,
  main = false,
}: {
  words: Words
  phone?: string | undefined
  dialIn?: DialIn | undefined
  main?: boolean
}) => (
  <section class="help" aria-labelledby="help">
    <h2 id="help">{words.needHelp}</h2>
    {phone === undefined ? (
      <p>{words.contactClinic}</p>
    ) : (
      <>
        <p>{words.callClinicNote}</p>
        <ButtonLink href={telHref(phone)} look={main ? 'primary' : 'secondary'}>
          <Icon name="phone" />
          <WithNumber sentence={words.callClinic} number={phone} />
        </ButtonLink>
      </>
    )}
    {dialIn === undefined ? null : (
      <>
        <p>{words.dialInNote}</p>
        <ButtonLink href={telHref(dialIn.number, dialIn.conferenceId)} describedBy="dial-in-code">
          <Icon name="phone" />
          <WithNumber sentence={words.dialIn} number={dialIn.number} />
        </ButtonLink>
        <p id="dial-in-code">{words.dialInCode(dialIn.conferenceId)}</p>
      </>
    )}
  </section>
)
