/** Lead times as people say them. */
export const leadUnits = ['minutes', 'hours', 'days'] as const
export type LeadUnit = (typeof leadUnits)[number]
export type LeadTime = { readonly amount: number; readonly unit: LeadUnit }

const MINUTES: Readonly<Record<LeadUnit, number>> = { minutes: 1, hours: 60, days: 1440 }

/** 1,440 minutes are a day, 90 are 90 minutes. Pure. */
export function leadTime(minutes: number): LeadTime {
  for (const unit of ['days', 'hours'] as const)
    if (minutes % MINUTES[unit] === 0) return { amount: minutes / MINUTES[unit], unit }
  return { amount: minutes, unit: 'minutes' }
}

export function leadMinutes({ amount, unit }: LeadTime): number {
  return amount * MINUTES[unit]
}

/** `1 day before`. */
export function leadWords(minutes: number): string {
  const { amount, unit } = leadTime(minutes)
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit} before`
}
