export default {
  title: 'Import openings',
  lead: 'Upload a CSV file. Wrong rows are listed with their reason, the others go in.',
  upload: 'Upload a file',
  file: 'CSV file (UTF-8)',
  fileHint: 'Columns: {{columns}}',
  choose: 'Choose a file',
  source: 'Source',
  sourceHint: 'Short name of the sending system: small letters, digits, hyphens; e.g. “vieclam-thanhhoa”.',
  asOf: 'Data as of',
  asOfHint: '“3 days ago” is counted from this day.',
  start: 'Start the import',
  again:
    'Importing the same file again makes no duplicates: unchanged openings stay as they are. What an officer imports waits for approval.',
  report: 'Result of the import',
  progress: 'Progress of the import',
  running: '{{read}} of {{total}} rows read',
  summary:
    'Done: {{created}} new openings, {{updated}} updated, {{unchanged}} unchanged, {{rejected}} rows rejected.',
  rejected: 'Rejected rows',
  noRejections: 'No row was rejected',
  line: 'Line {{line}}',
  column: { line: 'Line', field: 'Column', reason: 'Reason', value: 'Value' },
};
