import { compareWithFramework } from '../src/segment-host/mapping/__tests__/comparison'

const MOST_SHOWN = 3

/**
 * Compares compiled mappings with Segment's framework: `tsx scripts/compare-mappings.ts [pairs] [seed]`. Prints what the pairs
 * came to, and ends with 1 when one of them differs.
 */
async function main([pairs = '100000', seed = '1']: string[]): Promise<number> {
  const { differences, ...counts } = await compareWithFramework(Number(pairs), Number(seed))
  console.log({ seed, ...counts, differences: differences.length })
  differences.slice(0, MOST_SHOWN).forEach((difference) => console.log(`\n${difference}`))
  return differences.length > 0 ? 1 : 0
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code))
