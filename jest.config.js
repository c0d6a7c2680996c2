/** What Fastify's `inject` loads. Node can require these modules, Jest cannot. */
const ES_MODULES = '/node_modules/(cookie|set-cookie-parser)/.+\\.js$'

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2020', parser: { syntax: 'typescript' } } }],
    [ES_MODULES]: ['@swc/jest', { jsc: { target: 'es2020' }, module: { type: 'commonjs' } }]
  },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|set-cookie-parser)/)'],
  // Segment's repository reads snapshots with jest 27, which accepts only this form.
  snapshotFormat: { escapeString: true, printBasicPrototype: true }
}

process.env.TZ = 'UTC'

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  // What tests leave behind in a process, compiled schemas above all, does not pile up over a hundred files.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'plugin',
      roots: ['<rootDir>/src/destinations'],
      setupFilesAfterEnv: ['<rootDir>/jest/plugin-setup.ts']
    },
    {
      ...shared,
      displayName: 'emulated',
      roots: ['<rootDir>/src'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/destinations/'],
      setupFilesAfterEnv: ['<rootDir>/jest/machine-only.ts']
    }
  ]
}
