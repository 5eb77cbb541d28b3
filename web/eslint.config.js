// SPDX-License-Identifier: EUPL-1.2
// The layers of the page: app > features > ui, api > lib. A feature never imports another one.
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const noBarrel = [
  { selector: 'ExportAllDeclaration[exportKind="value"]', message: 'No barrels: import from the file that defines it.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that defines it.' },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  // What an effect returns is called when it ends; scrollIntoView() returns a promise in some browsers.
  { selector: "CallExpression[callee.name=/^use(Layout)?Effect$/] > ArrowFunctionExpression[body.type!='BlockStatement']", message: 'Braces around the body of an effect.' },
]
const forbid = (...groups) => ['error', { patterns: groups.map((group) => ({ group: [group], message: 'Not from this layer.' })) }]

export default tseslint.config(
  { ignores: ['dist', 'stick/dist', 'node_modules', 'src/api/schema.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...noBarrel],
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src/features/**'], rules: { 'no-restricted-imports': forbid('@/features/**', '@/app/**', '../*', '@/api/types', '@/api/schema') } },
  { files: ['src/ui/**'], rules: { 'no-restricted-imports': forbid('@/features/**', '@/app/**', '@/api/**', '../*') } },
  { files: ['src/lib/**'], rules: { 'no-restricted-imports': forbid('@/features/**', '@/app/**', '@/api/**', '@/ui/**', '../*') } },
  { files: ['src/api/**'], rules: { 'no-restricted-imports': forbid('@/features/**', '@/app/**', '@/ui/**', '../*') } },
  { files: ['**/*.config.*', 'dev/*.mjs'], rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } },
)
