import type { NumberOrderError } from '../acs/faults.ts'
import type { FaultSwitch } from './fault-switches.ts'

const usualSeconds = 6
const slowSeconds = 180
const usualSearches = 5
const usualPurchases = 1

/** What a search ends with, and what a purchase ends with, in the order in which somebody meets them. */
const SEARCH: readonly NumberOrderError[] = [
  'OutOfStock',
  'AuthorizationDenied',
  'NoWallet',
  'NotEnoughCredit',
  'BillingUnavailable',
  'UnknownErrorCode',
]
const PURCHASE: readonly NumberOrderError[] = [
  'PurchaseFailed',
  'ProvisioningFailed',
  'ReservationExpired',
  'NotEnoughCredit',
  'BillingUnavailable',
  'UnknownErrorCode',
]

function ends(step: 'search' | 'purchase', code: NumberOrderError): FaultSwitch {
  const setting = step === 'search' ? 'searchError' : 'purchaseError'
  return {
    id: `number-${step}-${code}`,
    group: 'Phone numbers',
    label: `${step === 'search' ? 'Search' : 'Purchase'}: ${code}`,
    effect: `every ${step} ends so`,
    isOn: ({ acs }) => acs.faults[setting] === code,
    set: ({ acs }, on) => {
      acs.faults[setting] = on ? code : undefined
    },
  }
}

/** Switches for everything that can go wrong when a number is bought. */
export const numberSwitches: readonly FaultSwitch[] = [
  {
    id: 'number-slow',
    group: 'Phone numbers',
    label: 'Number orders slow',
    effect: 'three minutes for each step',
    isOn: ({ acs }) => acs.faults.operationSeconds > usualSeconds,
    set: ({ acs }, on) => {
      acs.faults.operationSeconds = on ? slowSeconds : usualSeconds
    },
  },
  {
    id: 'number-searches',
    group: 'Phone numbers',
    label: 'Searches used up',
    effect: '429 to the next search',
    isOn: ({ acs }) => acs.faults.searchesPerWeek === 0,
    set: ({ acs }, on) => {
      acs.faults.searchesPerWeek = on ? 0 : usualSearches
    },
  },
  {
    id: 'number-quota',
    group: 'Phone numbers',
    label: 'Number quota reached',
    effect: '403 to the next purchase',
    isOn: ({ acs }) => acs.faults.purchaseQuota === 0,
    set: ({ acs }, on) => {
      acs.faults.purchaseQuota = on ? 0 : usualPurchases
    },
  },
  ...SEARCH.map((code) => ends('search', code)),
  ...PURCHASE.map((code) => ends('purchase', code)),
]
