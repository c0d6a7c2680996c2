import { defineConfig } from 'vite'

/** The code of `docs/stored-data-script.js`, readable, with its settings as the global constant `SETTINGS`. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    target: 'es2020',
    minify: false,
    lib: { entry: 'global-script.ts', name: 'storedData', formats: ['iife'], fileName: () => 'script.js' }
  }
})
