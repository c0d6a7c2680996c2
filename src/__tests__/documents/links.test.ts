import { existsSync } from 'fs'
import path from 'path'
import { anchorsOf, nodesOf, PAGES, pageText, ROOT } from './markdown'

interface Link {
  page: string
  url: string
}

async function linksOf(page: string): Promise<Link[]> {
  const nodes = await nodesOf(pageText(page))
  return nodes.flatMap(({ url }) => (url === undefined ? [] : [{ page, url }]))
}

/** Many links lead to one page, and reading it takes a while. */
const anchors = new Map<string, Promise<string[]>>()
function anchorsIn(page: string): Promise<string[]> {
  const known = anchors.get(page) ?? anchorsOf(pageText(page))
  anchors.set(page, known)
  return known
}

/** What is wrong with a link, or nothing. Pages of others are not asked for: tests reach no other machine. */
async function problemOf({ page, url }: Link): Promise<string | undefined> {
  if (/^(https|mailto):/.test(url)) return undefined
  const [file, anchor] = url.split('#')
  const target = file === '' ? page : path.join(path.dirname(page), file)
  if (!existsSync(path.join(ROOT, target))) return `${page} links to ${target}, which does not exist`
  if (anchor === undefined) return undefined
  const hasIt = (await anchorsIn(target)).includes(anchor)
  return hasIt ? undefined : `${page} links to ${url}, but ${target} has no such heading`
}

describe('links of the README and of docs', () => {
  it.each(PAGES)('lead to files and headings that exist: %s', async (page) => {
    const problems = await Promise.all((await linksOf(page)).map(problemOf))
    expect(problems.filter(Boolean)).toEqual([])
  })

  it('would be reported if they led nowhere', async () => {
    const broken = ['docs/gone.md', 'docs/README.md#gone', '#gone', 'http://example.com']
    const problems = await Promise.all(broken.map((url) => problemOf({ page: 'README.md', url })))
    expect(problems.filter(Boolean)).toHaveLength(broken.length)
  })

  it('lead from the index to every page of docs', async () => {
    const linked = (await linksOf('docs/README.md')).map(({ url }) => path.join('docs', url.split('#')[0]))
    const pages = PAGES.filter((page) => /^docs\/[^/]+$/.test(page) && page !== 'docs/README.md')
    expect(pages.filter((page) => !linked.includes(page))).toEqual([])
  })

  it('lead from the index of decisions to every decision', async () => {
    const linked = (await linksOf('docs/decisions/README.md')).map(({ url }) => path.join('docs/decisions', url))
    const decisions = PAGES.filter((page) => /^docs\/decisions\/\d/.test(page))
    expect(decisions.length).toBeGreaterThan(10)
    expect(decisions.filter((page) => !linked.includes(page))).toEqual([])
  })

  it('find the headings under the names that GitHub gives them', async () => {
    const page = "# What's `new`?\n\n## On paper: 1,000 a day\n\n## Twice\n\n## Twice\n"
    expect(await anchorsOf(page)).toEqual(['whats-new', 'on-paper-1000-a-day', 'twice', 'twice-1'])
  })
})
