import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', '**/generated-types.ts'] },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error'
    }
  },
  {
    files: ['src/workbench/page/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' }
  },
  {
    // The framework takes no definition with a space in its name where a new fast-uri is installed; frameworkFor sees to that.
    files: ['src/**/*.ts'],
    ignores: ['**/__tests__/**', 'src/segment-host/framework.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Destination']", message: 'Use frameworkFor of the segment-host.' }
      ]
    }
  },
  {
    // Segment's rule for its own repository: no named createHash import, see docs of the action-destinations linter.
    files: ['src/destinations/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'crypto', importNames: ['createHash'] }] }],
      '@typescript-eslint/no-explicit-any': 'error'
    }
  }
)
