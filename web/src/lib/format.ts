// SPDX-License-Identifier: EUPL-1.2
// Numbers, durations and dates as the reader's language writes them. No words here but units.

export type Language = 'fr' | 'en'
export interface Spread { p5: number; p50: number; p95: number }
export interface Range { mean: number; low: number; high: number }

export const nbsp = '\u00a0'
const units = { fr: { min: 'min', h: 'h', d: 'j' }, en: { min: 'min', h: 'h', d: 'd' } } as const
type Unit = keyof (typeof units)['fr']
const hoursPer: Record<Unit, number> = { min: 1 / 60, h: 1, d: 24 }

/** Minutes under an hour, hours under three days, days beyond. */
export function unitOf(hours: number): Unit {
  if (Math.abs(hours) < 0.995) return 'min'
  return Math.abs(hours) < 72 ? 'h' : 'd'
}

/** A true minus sign, and none before a nought. */
const signed = (text: string) => (/[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', ''))

function rounded(value: number): number {
  const size = Math.abs(value)
  if (size >= 10 || size === 0) return Math.round(value)
  return Math.round(value * 10) / 10
}

/** "2026-11-03": JavaScript takes it for midnight in Greenwich, which is the day before in Martinique. */
const isCalendarDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)

export function formatter(language: Language) {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 })
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const fineShare = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const calendarDay = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' })
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  const number = (value: number) => signed(plain.format(rounded(value)))
  const whole_ = (value: number) => signed(whole.format(value))
  const percent = (value: number) => signed((Math.abs(value) > 0 && Math.abs(value) < 0.01 ? fineShare : share).format(value))
  const inUnit = (hours: number, unit: Unit) => number(hours / hoursPer[unit])
  const hours = (value: number) => {
    const unit = unitOf(value)
    return `${inUnit(value, unit)}${nbsp}${units[language][unit]}`
  }
  const between = (low: string, high: string) => `${low}${nbsp}–${nbsp}${high}`

  return {
    number,
    /** Every decimal that was given. */
    exact: (value: number) => signed(exact.format(value)),
    whole: whole_,
    percent,
    hours,
    money: (value: number) => money.format(value),
    days: (value: number) => `${number(value)}${nbsp}${units[language].d}`,
    /** "31 h (12 – 76)": the ends in the unit of the median. */
    hoursSpread: (of: Spread) => {
      const unit = unitOf(of.p50)
      return { figure: hours(of.p50), interval: between(inUnit(of.p5, unit), inUnit(of.p95, unit)) }
    },
    daysSpread: (of: Spread) => ({
      figure: `${number(of.p50)}${nbsp}${units[language].d}`,
      interval: between(number(of.p5), number(of.p95)),
    }),
    countSpread: (of: Spread) => ({ figure: whole_(of.p50), interval: between(whole_(of.p5), whole_(of.p95)) }),
    /** A mean and its own interval, not that of the cases. */
    range: (of: Range) => ({ figure: whole_(of.mean), interval: between(whole_(of.low), whole_(of.high)), ofMean: true }),
    between,
    bytes: (size: number) => {
      if (size < 1024) return `${size}${nbsp}${language === 'fr' ? 'o' : 'B'}`
      const steps = language === 'fr' ? ['Kio', 'Mio', 'Gio'] : ['KiB', 'MiB', 'GiB']
      const power = Math.min(2, Math.floor(Math.log(size) / Math.log(1024)) - 1)
      return `${number(size / 1024 ** (power + 1))}${nbsp}${steps[power]}`
    },
    /** "lun. 3 nov. 2026". A date without an hour is the same day everywhere. */
    day: (text: string) => (isCalendarDay(text) ? calendarDay : day).format(new Date(text)).replaceAll(',', ''),
    /** "lun. 3 nov. 2026 21:40" */
    instant: (text: string) => {
      const at = new Date(text)
      return `${day.format(at).replaceAll(',', '')} ${clock.format(at)}`
    },
    /** "21:40" */
    clock: (text: string) => clock.format(new Date(text)),
    /** "21:40" on the day of `now`, else "lun. 3 nov. 21:40". */
    moment: (text: string, now: number) => {
      const at = new Date(text)
      return at.toDateString() === new Date(now).toDateString() ? clock.format(at) : `${shortDay.format(at).replaceAll(',', '')} ${clock.format(at)}`
    },
    /** "45 min", "1 h 20", "3 j 4 h", whichever way in time. */
    span: (ms: number) => {
      const minutes = Math.floor(Math.abs(ms) / 60_000)
      const [h, d] = [Math.floor(minutes / 60), Math.floor(minutes / 1440)]
      const { min, h: hour, d: day_ } = units[language]
      if (h < 1) return `${minutes}${nbsp}${min}`
      if (h < 48) return `${h}${nbsp}${hour}${nbsp}${String(minutes % 60).padStart(2, '0')}`
      return `${d}${nbsp}${day_}${nbsp}${h % 24}${nbsp}${hour}`
    },
    /** "T+02:14", "T+3 j 02:14": since the opening of a room. */
    sinceStart: (ms: number) => {
      const minutes = Math.max(0, Math.floor(ms / 60_000))
      const two = (value: number) => String(value).padStart(2, '0')
      const d = Math.floor(minutes / 1440)
      return `T+${d > 0 ? `${d}${nbsp}${units[language].d}${nbsp}` : ''}${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
    },
    ago: (text: string, now: number) => {
      const minutes = (Date.parse(text) - now) / 60_000
      if (Math.abs(minutes) < 60) return ago.format(Math.round(minutes), 'minute')
      if (Math.abs(minutes) < 48 * 60) return ago.format(Math.round(minutes / 60), 'hour')
      return ago.format(Math.round(minutes / 1440), 'day')
    },
  }
}
export type Format = ReturnType<typeof formatter>
