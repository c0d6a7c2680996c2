import { defineConfig, transformWithEsbuild } from 'vite'

// The package is CommonJS; this folder of it is not, and bundlers look here for whether they may drop what is not used.
const MANIFEST = JSON.stringify({ type: 'module', sideEffects: false }) + '\n'
// Kameleoon's engine needs as much of a browser.
const MINIFIED = { minify: true, target: 'es2020' } as const

/** The plugin as ES module, and as one script for a tag manager with the global `kameleoonSegment`. */
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
      // Vite leaves the white space of ES modules for the sake of annotations; there are none here.
      name: 'minify-module',
      enforce: 'post',
      async generateBundle(_options, bundle): Promise<void> {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') file.code = (await transformWithEsbuild(file.code, 'chunk.js', MINIFIED)).code
        }
      }
    }
  ],
  build: {
    outDir: '../../dist/analytics-plugin',
    emptyOutDir: true,
    target: MINIFIED.target,
    lib: {
      entry: 'index.ts',
      name: 'kameleoonSegment',
      formats: ['es', 'iife'],
      fileName: (format) => (format === 'es' ? 'index.js' : 'kameleoon-segment.js')
    }
  }
})
