/** Codes that belong to fields which features bring with them, in every language. */
const reserved = new Set([
  "ステータス",
  "カテゴリー",
  "作業者",
  "Status",
  "Categories",
  "Assignee",
  "状态",
  "类别",
  "执行者",
  "__ROOT__",
  "not",
]);

const allowed = /^[\p{L}\p{M}\p{N}_＿・･＄￥\p{Sc}ー]+$/u;

export type CodeProblem = "codeEmpty" | "codeLong" | "codeDigit" | "codeReserved" | "codeSigns" | "codeTaken";

/** What is wrong with a code, if anything. Source: kintone REST reference, form field definitions. */
export function codeProblem(code: string, taken: ReadonlySet<string>): CodeProblem | undefined {
  if (code === "") return "codeEmpty";
  if ([...code].length > 128) return "codeLong";
  if (/^[0-9]/.test(code)) return "codeDigit";
  if (reserved.has(code)) return "codeReserved";
  if (!allowed.test(code)) return "codeSigns";
  if (taken.has(code)) return "codeTaken";
  return undefined;
}

/** A valid, free code made from a label: other signs become "_", and a number tells equal ones apart. */
export function deriveCode(label: string, taken: ReadonlySet<string>): string {
  const signs = [...label.trim()].map((c) => (allowed.test(c) ? c : "_")).slice(0, 120);
  const plain = signs.join("") || "_";
  const stem = /^[0-9]/.test(plain) ? `_${plain}` : plain;
  if (!codeProblem(stem, taken)) return stem;
  for (let n = 0; ; n++) {
    const code = `${stem}_${n}`;
    if (!codeProblem(code, taken)) return code;
  }
}
