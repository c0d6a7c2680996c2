import { apiKeyOf, kameleoon, startFromEmpty, testClient, testConnection } from '../../__tests__/__helpers__/kameleoon'
import { REMEMBERED } from '../limits'
import { boundGoals, processMemory, projectOf } from '../project'

const linkTo = (visitorCode: string | undefined) => ({ visitorCode, lookedUpAt: 0 })

const connectionOf = (account: number) => testConnection(apiKeyOf({ id: `fake-${account}`, secret: 'fake-secret' }))
const clientOf = (account: number) => testClient(apiKeyOf({ id: `fake-${account}`, secret: 'fake-secret' }))

beforeEach(startFromEmpty)

describe('what a process remembers', () => {
  it('is bounded for projects: the one that was not used for longest is forgotten', () => {
    const first = projectOf(connectionOf(0))
    const second = projectOf(connectionOf(1))
    for (let account = 2; account < REMEMBERED.projects; account++) projectOf(connectionOf(account))
    expect(projectOf(connectionOf(0))).toBe(first)
    projectOf(connectionOf(REMEMBERED.projects))
    expect(processMemory.projects.size).toBe(REMEMBERED.projects)
    expect(projectOf(connectionOf(0))).toBe(first)
    expect(projectOf(connectionOf(1))).not.toBe(second)
  })

  it('is bounded for links, of all projects together', () => {
    const [one, other] = [projectOf(connectionOf(0)).links, projectOf(connectionOf(1)).links]
    one.set('LINK_first', linkTo('visitor-1'))
    for (let number = 0; number < REMEMBERED.links - 1; number++) other.set(`LINK_${number}`, linkTo(undefined))
    expect(one.get('LINK_first')).toEqual(linkTo('visitor-1'))
    other.set('LINK_another', linkTo(undefined))
    other.set('LINK_and another', linkTo(undefined))
    expect(other.get('LINK_0')).toBeUndefined()
    expect(one.get('LINK_first')).toEqual(linkTo('visitor-1'))
  })

  it('never mixes the links of two projects', () => {
    const [one, other] = [projectOf(connectionOf(0)).links, projectOf(connectionOf(1)).links]
    one.set('LINK_ada', linkTo('visitor-1'))
    expect(other.get('LINK_ada')).toBeUndefined()
    other.set('LINK_ada', linkTo('visitor-2'))
    other.delete('LINK_ada')
    expect(one.get('LINK_ada')).toEqual(linkTo('visitor-1'))
  })

  it('is bounded for goals, of all projects together; those of the project in use stay', async () => {
    const perProject = 20_000
    const goals = Array.from({ length: perProject }, (_, id) => ({ id, name: `Goal ${id}` }))
    kameleoon({
      'GET /goals': ({ query }) => ({ body: goals.slice((Number(query.page) - 1) * 5000, Number(query.page) * 5000) })
    })
    const names = { existing: ['Goal 19999'], created: 'Goal 19999' }
    const projects = REMEMBERED.goals / perProject + 1
    for (let account = 0; account < projects; account++) {
      await projectOf(connectionOf(account)).goals.learn(clientOf(account), [names])
      boundGoals(connectionOf(account))
    }
    const sizes = Array.from({ length: projects }, (_, account) => projectOf(connectionOf(account)).goals.size)
    expect(sizes).toEqual([0, ...Array.from({ length: projects - 1 }, () => perProject)])
  })
})
