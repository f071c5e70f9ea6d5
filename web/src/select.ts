// Which words of a text are selected, and where they stand: code points, as the node counts them.
// Each paragraph says in data-from where it begins and ends; marks within it add no characters.

export interface Chosen {
  words: string;
  from: number;
  to: number;
}

function codePoints(text: string): number {
  return [...text].length;
}

/** Where a point of the page stands in the text, or null where it is in none. */
function place(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const paragraph = element?.closest<HTMLElement>("[data-from]");
  if (paragraph === null || paragraph === undefined) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number.parseInt(paragraph.dataset["from"] ?? "0", 10) + codePoints(before.toString());
}

/** The words selected in the text, without the white space around them; null for none. */
export function chosen(): Chosen | null {
  const selection = window.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = place(range.startContainer, range.startOffset);
  const to = place(range.endContainer, range.endOffset);
  if (from === null || to === null || to <= from) return null;
  const text = range.toString();
  const leading = codePoints(text) - codePoints(text.trimStart());
  const trailing = codePoints(text) - codePoints(text.trimEnd());
  if (text.trim() === "") return null;
  return { words: text.trim(), from: from + leading, to: to - trailing };
}

/** Put the words selected, and where they stand, into a field and the hidden one beside it. */
export function fill(field: HTMLInputElement, words: Chosen): void {
  field.value = words.words;
  const at = field.form?.elements.namedItem(`${field.name}_at`);
  if (at instanceof HTMLInputElement) at.value = `${words.from}-${words.to}`;
}
