/** Letters and digits that are not mistaken for each other when read out or copied by hand. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to be told to somebody: "k7xm-p2tw-9fhd", some 59 bits. */
export function makePassword(): string {
  const group = () => Array.from({ length: 4 }, letter).join("");
  return [group(), group(), group()].join("-");
}

function letter(): string {
  const fair = 256 - (256 % alphabet.length); // above it, some letters would come more often
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return alphabet[byte % alphabet.length] ?? "";
  }
}
