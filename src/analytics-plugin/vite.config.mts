import { defineConfig, minify } from 'vite'

// The package is CommonJS, this folder is ESM. Bundlers read here that unused exports may be dropped.
const MANIFEST = JSON.stringify({ type: 'module', sideEffects: false }) + '\n'
// Kameleoon's engine needs the same browsers.
const TARGET = 'es2020'
const MINIFIED = { module: true, compress: { target: TARGET } } as const

/** Builds the plugin as an ES module and as one script for tag managers, with the global `kameleoonSegment`. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [
    {
      name: 'manifest',
      generateBundle(): void {
        this.emitFile({ type: 'asset', fileName: 'package.json', source: MANIFEST })
      }
    },
    {
      // Vite keeps the white space of ES modules to protect annotations. There are none here.
      name: 'minify-module',
      enforce: 'post',
      async generateBundle({ format }, bundle): Promise<void> {
        // The global of the script is a variable of its own, which would be removed as unused in a module.
        if (format !== 'es') return
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') file.code = (await minify('chunk.js', file.code, MINIFIED)).code
        }
      }
    }
  ],
  build: {
    outDir: '../../dist/analytics-plugin',
    emptyOutDir: true,
    target: TARGET,
    lib: {
      entry: 'index.ts',
      name: 'kameleoonSegment',
      formats: ['es', 'iife'],
      fileName: (format) => (format === 'es' ? 'index.js' : 'kameleoon-segment.js')
    }
  }
})
