import { markedSegments } from '../lib/marked-segments';

/** A title with what was found marked; never rendered as HTML. */
export function MarkedText({ text }: { text: string }) {
  return markedSegments(text).map(({ text: part, marked }, index) =>
    marked ? <mark key={index}>{part}</mark> : <span key={index}>{part}</span>,
  );
}
