/**
 * The names of the targets, for the command line, which does not load them: what they are stands in `targets/`.
 */
export const names: readonly string[] = [
  'udf',
  'json',
  'jsonb',
  'dare',
  'sequence',
  'frames',
  'keys',
  'shares',
  'messages',
  'cli',
  'differential',
];
