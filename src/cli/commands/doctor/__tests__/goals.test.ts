import { closeEmulators, doctorAt, emulated } from './run-doctor'

afterEach(closeEmulators)

const named = (...names: string[]) => names.map((name, index) => ({ id: index + 1, name }))

it('goals are counted by what may be done with them', async () => {
  const goals = [
    { name: 'Live' },
    { name: 'Off', status: 'INACTIVE' as const },
    { name: 'Sales', type: 'WAREHOUSE' },
    { name: 'Live', isArchived: true }
  ]
  const { about } = await doctorAt(await emulated({ goals }))
  expect(about('goals')).toMatchObject([
    {
      state: 'ok',
      seen: expect.stringMatching(
        /^4 goals \(1 inactive, 1 archived, 1 that events cannot convert\), read in \d\.\d s with 1 request\.$/
      ) as string
    }
  ])
  expect(about('archived goals')).toEqual([])
})

it('a project without goals is a warning with the way out', async () => {
  const { code, about } = await doctorAt(await emulated({ goals: [] }))
  expect(code).toBe(0)
  expect(about('goals')).toMatchObject([
    {
      state: 'warning',
      seen: 'The project has no goal.',
      whatToDo: expect.stringContaining('create the goals in Kameleoon first') as string
    }
  ])
})

it('archived goals are a warning where no other goal has the name', async () => {
  const goals = [{ name: 'Live' }, { id: 12, name: 'Signed up', isArchived: true }]
  const { about } = await doctorAt(await emulated({ goals }))
  expect(about('archived goals')).toMatchObject([
    {
      state: 'warning',
      seen: '1 goal archived, and no other of the name: "Signed up" (id 12). Events of these names are filtered.',
      whatToDo: expect.stringContaining('Restore a goal in Kameleoon') as string
    }
  ])
})

it('two goals of one name are a warning, whatever spaces are around it', async () => {
  const { about } = await doctorAt(await emulated({ goals: named('Order Completed', 'Order Completed ', 'Other') }))
  expect(about('goals of one name')).toMatchObject([
    {
      state: 'warning',
      seen: '1 name with several goals: "Order Completed" (ids 1, 2). An event converts one of them.',
      whatToDo: expect.stringContaining('Archive the others in Kameleoon') as string
    }
  ])
})

describe('names that look generated', () => {
  it('are a warning, and are not shown where they may be personal', async () => {
    const goals = named('SegmentIO track - Bill of ada@example.com', 'Order Completed', 'https://shop.example.com/a')
    const { about, printed } = await doctorAt(await emulated({ goals }))
    expect(about('generated goal names')).toMatchObject([
      {
        state: 'warning',
        seen: 'The names of 2 goals look generated; that of goal 1 has an e-mail address.',
        whatToDo: expect.stringContaining('Set Goal Matching (goalMatching) of the mapping to "match only"') as string
      }
    ])
    expect(printed).not.toContain('ada@example.com')
  })

  it('are a warning where ten differ in their numbers alone', async () => {
    const goals = (count: number) => named(...Array.from({ length: count }, (_, index) => `Viewed Product ${index}`))
    const ten = await doctorAt(await emulated({ goals: goals(10) }))
    expect(ten.about('generated goal names')).toMatchObject([
      { state: 'warning', seen: '10 goals are named "Viewed Product #", each with other numbers.' }
    ])
    const nine = await doctorAt(await emulated({ goals: goals(9) }))
    expect(nine.about('generated goal names')).toEqual([])
  })
})

it('a list of goals that takes long is a warning', async () => {
  let time = Date.now()
  const emulator = await emulated({
    onRequest: ({ path }) => {
      if (path === '/goals') time += 4_000
    }
  })
  const { code, about } = await doctorAt(emulator, {}, () => time)
  expect(code).toBe(0)
  expect(about('time to read goals')).toMatchObject([
    {
      state: 'warning',
      seen: expect.stringContaining('Reading goals took 4.0 s for 1 request.') as string,
      whatToDo: expect.stringContaining('Choose a Goal (goalId)') as string
    }
  ])
  expect(about('round trips')[0].state).toBe('ok')
})

it('a long list is read page by page, but not without end', async () => {
  const goals = Array.from({ length: 430 }, (_, index) => ({ name: `Goal ${'abcdefghij'[index % 10]}${index}` }))
  const whole = await doctorAt(await emulated({ goals }))
  expect(whole.about('goals')[0].seen).toMatch(/^430 goals, read in .* with 3 requests\.$/)
  const many = await emulated({ goals: [...goals, ...goals, ...goals] })
  many.faults.add({ path: '/goals', mistake: 'page ignored' })
  expect((await doctorAt(many)).about('goals')[0].seen).toMatch(/^200 goals, .* with 2 requests\.$/)
})
