// SPDX-License-Identifier: EUPL-1.2
// A bar to the mean with a whisker over its interval, on a scale shared by the whole column. Zero may lie inside.

interface Props { mean: number; low: number; high: number; scale: { low: number; high: number }; label: string }

export function IntervalBar({ mean, low, high, scale, label }: Props) {
  const wide = Math.max(scale.high - scale.low, 1e-9)
  const x = (value: number) => 2 + (156 * (Math.min(scale.high, Math.max(scale.low, value)) - scale.low)) / wide
  const zero = x(0)
  return (
    <svg width="160" height="18" role="img" aria-label={label} style={{ display: 'block', maxWidth: '100%' }}>
      <rect x={Math.min(zero, x(mean))} y="4" width={Math.abs(x(mean) - zero)} height="10" fill="var(--act)" opacity="0.55" />
      <line x1={zero} x2={zero} y1="0" y2="18" stroke="var(--edge)" />
      <g stroke="var(--ink)" strokeWidth="1.5">
        <line x1={x(low)} x2={x(high)} y1="9" y2="9" />
        <line x1={x(low)} x2={x(low)} y1="5" y2="13" />
        <line x1={x(high)} x2={x(high)} y1="5" y2="13" />
      </g>
    </svg>
  )
}
