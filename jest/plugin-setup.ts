import nock from 'nock'

// As in Segment's repository: a test reaches this machine or nothing.
nock.disableNetConnect()
nock.enableNetConnect('127.0.0.1')

beforeEach(() => {
  nock.cleanAll()
})

// Test files of one worker share Node's http module; a file that is not about nock must find it as it was.
afterAll(() => {
  nock.restore()
})
