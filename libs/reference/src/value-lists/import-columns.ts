/** The columns of an import file of openings; what each may hold is in docs/imports.md. */
export const importColumns = [
  'source_id',
  'title',
  'employer_key',
  'locations',
  'salary_text',
  'experience_text',
  'posted_ago',
] as const;

export type ImportColumn = (typeof importColumns)[number];
