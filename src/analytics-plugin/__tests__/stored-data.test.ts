import { readFileSync } from 'fs'
import http from 'http'
import path from 'path'
import type { Page } from 'playwright-core'
import { group, identify, track } from '../../__tests__/events'
import { inBrowser } from './browser'
import { RunningDestination } from './destination'
import { engineStandIn, type StandInOptions } from './engine-stand-in'
import { analyticsWithPlugin, script } from './shop'

const test = inBrowser()
const SCRIPT = readFileSync(path.join(__dirname, '../../../docs/stored-data-script.js'), 'utf8')

let kameleoon: RunningDestination
let fails = false

/** The audience calls that Engage sends. */
async function enter(audience: string, isMember = true): Promise<void> {
  const event = isMember ? 'Audience Entered' : 'Audience Exited'
  await kameleoon.deliver(track(event, { audience_key: audience, [audience]: isMember }))
}

function passOn({ url = '' }: http.IncomingMessage, response: http.ServerResponse): void {
  if (fails) return void response.writeHead(500).end()
  const { port } = kameleoon.emulator
  // The user agent of a browser: the emulator rejects others.
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0' }
  http.get({ host: '127.0.0.1', port, path: url.replace('/data', ''), headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/json' })
    answer.pipe(response)
  })
}

async function open(page: Page, globalScript: string): Promise<void> {
  test.shop.answerBelow('/data', passOn)
  const engine = engineStandIn(engineOptions(globalScript))
  await page.goto(test.shop.page('home', analyticsWithPlugin(), script(engine)))
}

function engineOptions(globalScript: string): StandInOptions {
  const siteCode = kameleoon.emulator.sitecode
  return { visitorCode: 'visitor1', consent: true, dataUrl: '/data', siteCode, globalScript }
}

function customData(page: Page): Promise<unknown> {
  return page.evaluate('Kameleoon.API.Visitor.customData')
}

beforeEach(async () => {
  fails = false
  kameleoon = await RunningDestination.start()
})
afterEach(() => kameleoon.close())

describe('the script for Kameleoon', () => {
  it('sets audiences, traits and group that the destination has stored', async () => {
    await kameleoon.deliver(identify({ plan: 'gold', age: 41 }))
    await kameleoon.deliver(group('group1', { seats: 3 }))
    await enter('vip')
    await enter('frequent_buyers')
    const page = await test.page()
    await open(page, SCRIPT)
    await page.waitForFunction('Object.keys(Kameleoon.API.Visitor.customData).length === 3')
    expect(await customData(page)).toEqual({
      'SegmentIO personas': ['vip', 'frequent_buyers'],
      'Subscribed Plan': 'gold',
      'Group ID': 'group1'
    })
  })

  it('resets audiences and traits that the visitor has lost', async () => {
    await kameleoon.deliver(identify({ plan: 'gold' }))
    await enter('vip')
    const page = await test.page()
    await open(page, SCRIPT)
    await page.waitForFunction('Object.keys(Kameleoon.API.Visitor.customData).length === 2')
    await enter('vip', false)
    await kameleoon.deliver(identify({ plan: null }))
    await page.evaluate(SCRIPT)
    await page.waitForFunction('Object.keys(Kameleoon.API.Visitor.customData).length === 0')
  })

  it('sends the engine nothing for a visitor without stored data', async () => {
    const page = await test.page()
    const listen = `
      const resets = (window.resets = [])
      const data = Kameleoon.API.Data
      const retrieve = data.retrieveDataFromRemoteSource
      window.answers = 0
      data.retrieveDataFromRemoteSource = (key, use) => retrieve(key, (fields) => (use(fields), answers++))
      data.resetCustomData = (name) => resets.push(name);`
    await open(page, listen + SCRIPT)
    await page.waitForFunction('answers === 2')
    expect(await page.evaluate('resets')).toEqual([])
    expect(await customData(page)).toEqual({})
  })

  it('leaves custom data of other names alone, also when nothing can be read', async () => {
    fails = true
    const page = await test.page()
    const set = 'for (const name of ["Own", "Group ID"]) Kameleoon.API.Data.setCustomData(name, "earlier");'
    await open(page, set + SCRIPT)
    await page.waitForFunction('!("Group ID" in Kameleoon.API.Visitor.customData)')
    expect(await customData(page)).toEqual({ Own: 'earlier' })
  })

  it('looks up by the user id of Segment if set so', async () => {
    await kameleoon.deliver(identify({ plan: 'gold', kameleoonVisitorCode: 'other' }, { userId: 'user1' }))
    const page = await test.ownPage()
    await page.addInitScript(() => localStorage.setItem('ajs_user_id', '"user1"'))
    await open(page, SCRIPT.replace("by: 'visitor code'", "by: 'user id'"))
    await page.waitForFunction('Object.keys(Kameleoon.API.Visitor.customData).length > 0')
    expect(await customData(page)).toEqual({ 'Subscribed Plan': 'gold' })
  })

  it('sets each trait in its type, and warns of those that do not fit', async () => {
    await kameleoon.deliver(identify({ age: '41', vip: true, colours: ['red', 'blue'], address: { city: 'Paris' } }))
    const page = await test.page()
    const warnings: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    const traits = [
      { trait: 'age', customData: 'Age', type: 'number' },
      { trait: 'vip', customData: 'VIP', type: 'boolean' },
      { trait: 'colours', customData: 'Colours', type: 'list' },
      { trait: 'address', customData: 'Address', type: 'string' },
      { trait: 'unknown', customData: 'Unknown', type: 'string' }
    ]
    await open(
      page,
      SCRIPT.replace(/traits: .*,/, () => `traits: ${JSON.stringify(traits)},`)
    )
    await page.waitForFunction('"Colours" in Kameleoon.API.Visitor.customData')
    expect(await customData(page)).toEqual({ Age: 41, VIP: true, Colours: ['red', 'blue'] })
    expect(warnings).toEqual(['Stored trait address is not a string: custom data "Address" is not set.'])
  })

  it('does the same for an engine that comes later, as a function in the page', async () => {
    await kameleoon.deliver(identify({ plan: 'gold' }))
    const page = await test.page()
    test.shop.answerBelow('/data', passOn)
    await page.goto(test.shop.page('home', analyticsWithPlugin()))
    const settings = { traits: [{ trait: 'plan', customData: 'Plan', type: 'string' }] }
    await page.evaluate(`kameleoonSegment.setStoredData(${JSON.stringify(settings)})`)
    await page.evaluate(engineStandIn(engineOptions('')))
    await page.waitForFunction('"Plan" in Kameleoon.API.Visitor.customData')
    expect(await customData(page)).toEqual({ Plan: 'gold' })
  })
})
