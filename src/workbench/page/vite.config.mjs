import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The page is served from wherever the workbench listens, so its files name each other relatively.
  base: './',
  build: {
    outDir: '../../../dist/workbench/page',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows nothing but files of its own, so nothing is inlined as data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200
  }
})
