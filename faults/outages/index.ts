import { brokenAnswers } from './broken-answers'
import { mapAnswers } from './map-answers'
import type { Outage } from './outage'
import { redirects } from './redirects'

export const OUTAGES: Outage[] = [redirects, brokenAnswers, mapAnswers]
