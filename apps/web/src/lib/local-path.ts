/** A path of this application, or undefined: a link must not lead elsewhere after signing in. */
export function localPath(path: string | null): string | undefined {
  return path && /^\/(?![/\\])/.test(path) ? path : undefined;
}
