/** What a number costs, as the vendor says it: `{ amount: 2, currency: 'USD' }` a month. */
export type Price = { readonly amount: number; readonly currency: string }

export function samePrice(a: Price, b: Price): boolean {
  return a.currency === b.currency && Math.round(a.amount * 100) === Math.round(b.amount * 100)
}

/** `$2.00`; other currencies with their code. At most three decimals: a segment costs less than a cent. */
export function shownPrice({ amount, currency }: Price): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? 3 : 2
  try {
    return new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      minimumFractionDigits: 2,
      maximumFractionDigits: digits,
    }).format(amount)
  } catch {
    return `${amount.toFixed(digits)} ${currency}`
  }
}
