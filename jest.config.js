/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2020', parser: { syntax: 'typescript' } } }] },
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  // Segment's repository still reads snapshots with jest 27, which accepts only this form.
  snapshotFormat: { escapeString: true, printBasicPrototype: true }
}
