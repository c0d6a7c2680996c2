import { defineConfig, transformWithEsbuild } from 'vite'

// The package is CommonJS, this folder is ESM. Bundlers read here that unused exports may be dropped.
const MANIFEST = JSON.stringify({ type: 'module', sideEffects: false }) + '\n'
// Kameleoon's engine needs the same browsers.
const MINIFIED = { minify: true, target: 'es2020' } as const

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
