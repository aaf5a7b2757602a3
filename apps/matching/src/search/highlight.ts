import { escapeHtml } from '#platform';
import { tokens } from '#reference';
import type { QueryPlan } from '../query/plan.js';

/**
 * The title as HTML: escaped, with `<mark>` around the words that the query asked for in any of its wordings.
 * Neighbouring words are marked together.
 */
export function highlight(title: string, plan: QueryPlan | undefined): string {
  if (!plan?.segments.length) return escapeHtml(title);
  const found = tokens(title);
  const marked = new Set<number>();
  for (const { alternatives } of plan.segments) {
    for (const { words, weight } of alternatives) {
      if (weight < 0.5) continue;
      for (let at = 0; at + words.length <= found.length; at++) {
        if (words.every((word, i) => found[at + i]!.folded === word))
          words.forEach((_, i) => marked.add(at + i));
      }
    }
  }
  let html = '';
  let at = 0;
  for (let i = 0; i < found.length; i++) {
    if (!marked.has(i)) continue;
    let last = i;
    while (marked.has(last + 1) && /^[\s-]*$/.test(title.slice(found[last]!.end, found[last + 1]!.start)))
      last++;
    html += `${escapeHtml(title.slice(at, found[i]!.start))}<mark>${escapeHtml(title.slice(found[i]!.start, found[last]!.end))}</mark>`;
    at = found[last]!.end;
    i = last;
  }
  return html + escapeHtml(title.slice(at));
}
