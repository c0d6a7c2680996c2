import type { Page } from 'playwright-core'
import { onThePage, type OpenedPage } from './page-test'
import { until } from './running-workbench'

const { open } = onThePage()

jest.setTimeout(120_000)

const order = (revenue: number, userId = 'user-1') => ({
  ...{ type: 'track', event: 'Order Completed', userId },
  properties: { kameleoonVisitorCode: 'visitor-1', revenue }
})
const identify = { type: 'identify', userId: 'user-1', traits: { kameleoonVisitorCode: 'visitor-1', plan: 'gold' } }

async function deliver({ workbench }: OpenedPage, ...events: object[]): Promise<void> {
  await workbench.send('POST', '/api/events', { events })
  await workbench.context.delivery.idle()
}

const counted = (page: Page) => page.getByRole('region', { name: 'Was it counted?' })
const rows = (page: Page) =>
  counted(page).getByRole('table', { name: 'Sent to Kameleoon, and found there' }).locator('tbody tr')

describe('"Was it counted?" of a visitor', () => {
  it('shows what Kameleoon kept, and marks what it has lost', async () => {
    const opened = await open({ place: '/visitors' })
    const { page, workbench } = opened
    await deliver(opened, order(10))
    await page.getByRole('link', { name: 'visitor-1' }).click()
    await rows(page).getByText('Sent and kept').waitFor()
    await rows(page).first().getByText('Conversion of Order Completed, 10').waitFor()

    workbench.context.emulator.reset()
    await deliver(opened, order(20))
    await counted(page).getByText('1 sent, not found').waitFor()
    const lost = rows(page).filter({ hasText: ', 10' })
    expect(await lost.textContent()).toMatch(/Sent, not found.*less than a minute ago/)
    expect(await rows(page).filter({ hasText: ', 20' }).textContent()).toContain('Sent and kept')
    await lost.getByRole('link', { name: 'Order Completed' }).click()
    await page.getByRole('dialog', { name: /Order Completed/ }).waitFor()
  })

  it('marks what was not sent from here, once Kameleoon is asked again', async () => {
    const opened = await open({ place: '/visitors/visitor-1' })
    const { page, workbench } = opened
    await counted(page).getByText('Kameleoon shows no visit of this visitor.').waitFor()
    const { url, sitecode } = workbench.context.emulator
    const event = { eventType: 'PAGE', visitorCode: 'visitor-1', nonce: '0123456789ABCDEF', href: 'https://a.example/' }
    await fetch(`${url}/visit/events?siteCode=${sitecode}&json=true`, {
      ...{ method: 'POST', body: JSON.stringify([event]) },
      headers: { 'user-agent': 'Shop/1.0', 'content-type': 'application/json' }
    })
    await counted(page).getByRole('button', { name: 'Ask again' }).click()
    await rows(page).getByText('Not sent from here').waitFor()
    expect(await rows(page).first().textContent()).toContain('https://a.example/')
  })

  it('says why Kameleoon cannot be asked', async () => {
    const opened = await open({ place: '/visitors' })
    const { page, workbench } = opened
    await deliver(opened, order(10))
    workbench.context.emulator.faults.add({ path: '/visit/visitor', status: 503, body: { message: 'Busy' } })
    await page.getByRole('link', { name: 'visitor-1' }).click()
    await counted(page)
      .getByRole('alert')
      .getByText(/503 .*Busy/)
      .waitFor()
    await rows(page).getByText('Not known').waitFor()
  })

  it('is there for the real Kameleoon too, for any visitor code', async () => {
    const { page, workbench } = await open({ place: '/visitors' })
    const apiKey = Buffer.from(JSON.stringify({ id: 'a', secret: 'not-a-real-one' })).toString('base64')
    await workbench.send('PUT', '/api/settings', { target: 'real', values: { apiKey, sitecode: 'abcdefghij' } })
    await page.getByRole('textbox', { name: 'Visitor code' }).fill(' visitor-9 ')
    // Tests reach no other machine, so Kameleoon does not answer.
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('heading', { name: 'Visitor visitor-9' }).waitFor()
    await counted(page).getByRole('alert').waitFor()
    expect(await page.getByRole('region', { name: 'Conversions' }).count()).toBe(0)
  })
})

describe('the deletion of a user', () => {
  it('shows each visitor and key that was emptied, and the visitor is gone', async () => {
    const opened = await open({ place: '/visitors' })
    const { page, workbench } = opened
    await deliver(opened, identify, order(10))
    await page.getByRole('link', { name: 'visitor-1' }).click()
    await page.getByText('IDENTIFY_visitor-1').waitFor()
    await page.getByRole('button', { name: 'Delete a user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete a user' })
    expect(await dialog.getByRole('textbox', { name: 'User id' }).inputValue()).toBe('user-1')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    const result = dialog.getByRole('table', { name: 'What was deleted' })
    await result.waitFor()
    expect(await result.locator('tbody tr').allTextContents()).toEqual(
      expect.arrayContaining([
        'visitor-1visitsAsked to forget',
        'IDENTIFY_visitor-1planEmptied',
        'LINK_user-1kameleoonVisitorCodeEmptied'
      ])
    )
    expect(workbench.context.emulator.maps()).toEqual({})
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('Kameleoon does not know "visitor-1"').waitFor()
    await rows(page).getByText('Sent, not found').waitFor()
  })

  it('that fails says how to go on, and goes on', async () => {
    const opened = await open({ place: '/visitors' })
    const { page, workbench } = opened
    await deliver(opened, identify)
    workbench.context.emulator.faults.add({ path: '/map/maps', method: 'POST', status: 503, times: 1 })
    await page.getByRole('button', { name: 'Delete a user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete a user' })
    expect(await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'User id' }).fill('user-1')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByRole('alert').getByText('Delete again in a moment').waitFor()
    await dialog.getByRole('cell', { name: 'Not emptied' }).first().waitFor()
    await dialog.getByRole('button', { name: 'Delete again' }).click()
    await dialog.getByRole('alert').waitFor({ state: 'detached' })
    await until(() => Object.keys(workbench.context.emulator.maps()).length === 0, 'everything to be emptied')
    await dialog.getByRole('cell', { name: 'Emptied', exact: true }).first().waitFor()
  })
})
