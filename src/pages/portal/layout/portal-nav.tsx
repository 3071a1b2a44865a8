import { StepNav } from '../../layout/components/step-nav.tsx'
import { type Frame, PLACES, STEPS } from './frame.ts'

const WORDS = { done: 'done', problem: 'needs attention' }

/** The steps of the setup with their state, and the places that are looked at once it is done. */
export const PortalNav = ({ frame }: { frame: Frame }) => {
  const { section, progress, may } = frame
  const places = PLACES.filter(({ needs }) => needs === undefined || may[needs])
  return (
    <details class="side">
      <summary>Menu</summary>
      <div class="navs">
        <div>
          <h2 id="setup">Setup</h2>
          <StepNav
            label="Setup"
            words={WORDS}
            steps={STEPS.map(({ id, label, href }) => ({
              label,
              href,
              state: progress[id],
              current: section === id,
            }))}
          />
        </div>
        <nav aria-labelledby="places">
          <h2 id="places">Day to day</h2>
          <ul class="places">
            {places.map(({ id, label, href }) => (
              <li>
                <a href={href} aria-current={section === id ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </details>
  )
}
