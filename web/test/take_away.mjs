// SPDX-License-Identifier: EUPL-1.2
import { inject } from 'vitest'
import { takeAway } from '../e2e/oldest.mjs'

takeAway(inject('too_new'))
