export type Segment = { text: string; marked: boolean };

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const decode = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);

/**
 * A title with `<mark>` around what was found, as plain segments: anything else that looks like markup stays
 * text, so that a title can never bring its own.
 */
export function markedSegments(highlighted: string): Segment[] {
  const segments: Segment[] = [];
  let marked = false;
  for (const part of highlighted.split(/(<\/?mark>)/)) {
    if (part === '<mark>') marked = true;
    else if (part === '</mark>') marked = false;
    else if (part) segments.push({ text: decode(part), marked });
  }
  return segments;
}
