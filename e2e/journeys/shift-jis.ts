// Text as offices exchange it. Node only reads Shift_JIS, so the table for writing is made by reading every character.
const table = new Map<string, number[]>();
const decoder = new TextDecoder("shift_jis");

function learn(...bytes: number[]) {
  const text = decoder.decode(new Uint8Array(bytes));
  if (!text.includes("\uFFFD") && [...text].length === 1 && !table.has(text)) table.set(text, bytes);
}

for (let first = 0; first < 256; first++) {
  const leads = (first >= 0x81 && first <= 0x9f) || (first >= 0xe0 && first <= 0xfc);
  if (!leads) learn(first);
  else for (let second = 0x40; second <= 0xfc; second++) learn(first, second);
}

/** Encodes text as Shift_JIS; a character that it does not have is an error. */
export function shiftJIS(text: string): Buffer {
  const bytes = [...text].flatMap((c) => {
    const found = table.get(c);
    if (!found) throw new Error(`${c} is not in Shift_JIS`);
    return found;
  });
  return Buffer.from(bytes);
}
