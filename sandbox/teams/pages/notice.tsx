import { Layout } from './layout.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly testId: string
  readonly action?: { readonly label: string; readonly url: string }
}

/** A page that says one thing. */
export function Notice({ title, text, testId, action }: Props) {
  return (
    <Layout title={title}>
      <div class="card notice" data-testid={testId}>
        <h1>{title}</h1>
        <p>{text}</p>
        {action && (
          <a class="button primary" href={action.url}>
            {action.label}
          </a>
        )}
      </div>
    </Layout>
  )
}
