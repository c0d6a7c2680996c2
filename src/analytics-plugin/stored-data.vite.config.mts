import { defineConfig } from 'vite'

/** The code of `docs/stored-data-script.js`, not minified. Its settings are the global constant `SETTINGS`. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    target: 'es2020',
    minify: false,
    rolldownOptions: { output: { comments: false, strict: false }, experimental: { attachDebugInfo: 'none' } },
    lib: { entry: 'stored-data-script.ts', name: 'storedData', formats: ['iife'], fileName: () => 'script.js' }
  }
})
