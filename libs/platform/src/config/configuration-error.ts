/** A setting is missing or wrong: the message is one sentence per setting that says what to do. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}
