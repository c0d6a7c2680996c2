import type { ReactNode, SVGProps } from 'react'

export interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke'> {
  /** Width and height, in pixels unless it has a unit. */
  size?: number | string
  /** Width of the lines, on a grid of 24 by 24. */
  stroke?: number | string
}

/** A component that draws these paths as lines, in the colour of the text around it unless `color` names another. */
export function icon(...paths: string[]): (props: IconProps) => ReactNode {
  return function Icon({ size = 24, stroke = 2, color = 'currentColor', ...rest }) {
    return (
      <svg
        viewBox="0 0 24 24"
        width={size}
        height={size}
        fill="none"
        stroke={color}
        strokeWidth={stroke}
        {...LINES}
        {...rest}
      >
        {paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
    )
  }
}

const LINES = { strokeLinecap: 'round', strokeLinejoin: 'round' } as const
