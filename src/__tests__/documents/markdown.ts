import { readFileSync } from 'fs'
import path from 'path'
import { parsers } from 'prettier/plugins/markdown'
import { globSync } from 'tinyglobby'

export const ROOT = path.join(__dirname, '../../..')

/** All Markdown files that are written for readers of this repository, by their path from its folder. */
export const PAGES = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', '.github/**/*.md'], { cwd: ROOT }).sort()

/** The parts of a node of Markdown's syntax tree that are looked at: https://github.com/syntax-tree/mdast */
export interface MarkdownNode {
  type: string
  children?: MarkdownNode[]
  /** Address of a link, an image or a definition. */
  url?: string
  /** Language of a block of code. */
  lang?: string | null
  /** Text of a block of code, or of a node without children. */
  value?: string
}

export const pageText = (page: string): string => readFileSync(path.join(ROOT, page), 'utf8')

/** All nodes of a page, parents before children, as the parser of prettier reads them. */
export async function nodesOf(markdown: string): Promise<MarkdownNode[]> {
  // The parser needs no options; prettier gives them to all parsers alike.
  const options = {} as Parameters<typeof parsers.markdown.parse>[1]
  // The parser returns a syntax tree of Markdown, which prettier does not describe.
  return flat((await parsers.markdown.parse(markdown, options)) as MarkdownNode)
}

/** The names by which links reach the headings of a page, as GitHub makes them. */
export async function anchorsOf(markdown: string): Promise<string[]> {
  const seen = new Map<string, number>()
  const headings = (await nodesOf(markdown)).filter(({ type }) => type === 'heading')
  return headings.map((heading) => {
    const name = textOf(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    const times = seen.get(name) ?? 0
    seen.set(name, times + 1)
    return times === 0 ? name : `${name}-${times}`
  })
}

/** The blocks of code in one of these languages. */
export async function codeIn(markdown: string, languages: readonly string[]): Promise<string[]> {
  const blocks = (await nodesOf(markdown)).filter(({ type, lang }) => type === 'code' && languages.includes(lang ?? ''))
  return blocks.map(({ value = '' }) => value)
}

const flat = (node: MarkdownNode): MarkdownNode[] => [node, ...(node.children ?? []).flatMap(flat)]
const textOf = (node: MarkdownNode): string => node.value ?? (node.children ?? []).map(textOf).join('')
