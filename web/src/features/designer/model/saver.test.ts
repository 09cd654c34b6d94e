import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../../lib/http";
import { removeChoice } from "./choices";
import type { Draft } from "./draft";
import { add, changeField, remove } from "./edit";
import { keyOf, part, sampleDraft } from "./samples.fake";
import { type Held, pause, Saver, type Wire } from "./saver";
import type { Step } from "./step";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const first = sampleDraft();
const key = keyOf(first.form, "件名");
const labelled = (label: string, from = first): Draft => ({ ...from, form: changeField(from.form, key, { label }) });

/** A server that notes the calls and answers as told, by default with the next revision. */
function world(answers: (() => Promise<{ revision: string }>)[] = [], theirs?: Held, live?: Draft) {
  const sent: [Step, string][] = [];
  const back: string[] = [];
  let revision = 5;
  const wire: Wire = {
    send: (step, at) => {
      sent.push([step, at]);
      const told = answers.shift();
      return told ? told() : Promise.resolve({ revision: String(++revision) });
    },
    goBack: (draft, at) => {
      back.push(at);
      return Promise.resolve({ draft, revision: String(++revision) });
    },
    look: () => (theirs ? Promise.resolve(theirs) : Promise.reject(new Error("not asked"))),
  };
  const saver = new Saver(wire, { draft: first, revision: "5" }, live);
  return { saver, sent, back, after: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

const refuse =
  (status: number, errors = {}) =>
  () =>
    Promise.reject(new ApiError(status, "X", "no", errors));

test("a change is sent after a pause, with the revision seen", async () => {
  const { saver, sent, after } = world();
  saver.want(labelled("あ"));
  expect(saver.state.kind).toBe("waiting");
  await after(pause / 2);
  saver.want(labelled("あい"));
  await after(pause - 1);
  expect(sent).toHaveLength(0);
  await after(1);
  expect(saver.state.kind).toBe("saved");
  expect(sent.map(([, revision]) => revision)).toEqual(["5"]);
  expect(saver.revision).toBe("6");
  expect(saver.saved).toEqual(labelled("あい"));
});

test("what changes while a call runs is sent next, on the new revision", async () => {
  let done: (answer: { revision: string }) => void = () => {};
  const { saver, sent, after } = world([() => new Promise((resolve) => (done = resolve))]);
  saver.want(labelled("あ"));
  await after(pause);
  saver.want(labelled("い"));
  done({ revision: "9" });
  await after(pause * 2);
  expect(sent.map(([, revision]) => revision)).toEqual(["5", "9"]);
  expect(saver.saved.form.fields[key]?.label).toBe("い");
});

test("what the server would refuse is held, and sent once it is right", async () => {
  const { saver, sent, after } = world();
  saver.want(labelled(""));
  await after(pause);
  expect(saver.state.kind).toBe("held");
  expect(await saver.flush()).toBe(false);
  saver.want(labelled("う"));
  await after(pause);
  expect([saver.state.kind, sent.length]).toEqual(["saved", 1]);
});

test("a refusal is told at its field, and the change is kept for the next try", async () => {
  const { saver, sent, after } = world([refuse(400, { "properties[件名].label": { messages: ["長すぎます。"] } })]);
  saver.want(labelled("あ"));
  await after(pause);
  expect(saver.state).toMatchObject({ kind: "failed", about: new Map([[key, ["長すぎます。"]]]) });
  await after(60_000);
  expect(sent).toHaveLength(1);
  expect(await saver.flush()).toBe(true);
  expect(saver.saved.form.fields[key]?.label).toBe("あ");
});

test("an unreachable server is tried again by itself", async () => {
  const { saver, sent, after } = world([refuse(0), refuse(503)]);
  saver.want(labelled("あ"));
  await after(pause);
  expect(saver.state.kind).toBe("failed");
  await after(10_000);
  expect([saver.state.kind, sent.length]).toEqual(["saved", 3]);
});

test("another person's version stops the saving until somebody decides", async () => {
  const theirs = { draft: labelled("向こう"), revision: "8" };
  const { saver, sent, after } = world([refuse(409)], theirs);
  saver.want(labelled("こちら"));
  await after(pause);
  expect(saver.state).toMatchObject({ kind: "conflict", theirs, base: first });
  saver.want(labelled("こちら2"));
  await after(pause * 5);
  expect(sent).toHaveLength(1);
  saver.rebase(theirs);
  await after(pause);
  expect(sent.map(([, revision]) => revision)).toEqual(["5", "8"]);
  expect(saver.state.kind).toBe("saved");
});

test.each([
  ["was not taken", first],
  ["was taken though its answer got lost", labelled("あ")],
])("a conflict with nobody, where our own call %s, is settled silently", async (_, draft) => {
  const { saver, after } = world([refuse(409)], { draft: structuredClone(draft), revision: "8" });
  saver.want(labelled("あ"));
  await after(pause);
  expect(saver.state.kind).toBe("saved");
  expect(saver.saved.form.fields[key]?.label).toBe("あ");
});

test("a live field taken back after its deletion was saved comes back as itself, with all other changes", async () => {
  const { saver, sent, back, after } = world([], undefined, first);
  const added = { ...first, form: add(first.form, part("DATE", first.form, "納期"), { at: "row" }) };
  saver.want({ ...added, form: remove(added.form, key) });
  await after(pause);
  const before = sent.length;
  saver.want(added);
  await after(pause);
  expect(back).toHaveLength(1);
  expect(saver.state.kind).toBe("saved");
  expect(saver.saved).toEqual(added);
  const posted = sent.slice(before).filter(([s]) => s.method === "POST");
  expect(posted.map(([s]) => Object.keys(s.body.properties as object))).toEqual([["納期"]]);
});

test("so does a live option; one that was never live is simply added", async () => {
  const status = keyOf(first.form, "状況");
  const field = first.form.fields[status];
  if (!field) throw new Error("no field");
  const gone = { ...first, form: changeField(first.form, status, removeChoice(field, field.choices?.[1]?.key ?? "")) };
  for (const [live, times] of [
    [first, 1],
    [gone, 0],
  ] as const) {
    const { saver, back, after } = world([], undefined, live);
    saver.want(gone);
    await after(pause);
    saver.want(first);
    await after(pause);
    expect([back.length, saver.state.kind]).toEqual([times, "saved"]);
  }
});
