import { ApiError } from "../../../lib/http";
import { type Draft, same } from "./draft";
import type { Field, Key } from "./form";
import { plan } from "./plan";
import { problems } from "./problems";
import { aboutOf, type Step } from "./step";
import { formFields, writeLayout } from "./write";

/** What a server holds: the draft, and its revision. */
export type Held = { draft: Draft; revision: string };

/** How the calls are made. */
export type Wire = {
  send: (step: Step, revision: string) => Promise<{ revision: string }>;
  /** Reads the preview again, with the keys of a known draft. */
  look: (known: Draft) => Promise<Held>;
  /** Makes the preview what is live again. */
  goBack: (live: Draft, revision: string) => Promise<Held>;
};

export type SaveState =
  | { kind: "saved" | "waiting" | "saving" }
  /** Not sent, because the server would refuse it. */
  | { kind: "held" }
  /** Refused, or not reached; about tells what the server says of single fields and views. */
  | { kind: "failed"; error: unknown; about: ReadonlyMap<Key, string[]> }
  /** Somebody else has saved another version meanwhile. */
  | { kind: "conflict"; theirs: Held; base: Draft };

/** Quiet time after a change before it is saved, and between tries while the server cannot be reached, in ms. */
export const pause = 1000;
const retry = 5000;

/** Keeps the server's preview equal to the draft: waits for a pause, sends what differs, and never forgets a change. */
export class Saver {
  #saved: Draft;
  #wanted: Draft;
  #revision: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;
  #state: SaveState = { kind: "saved" };
  readonly #watchers = new Set<() => void>();
  /** What people work with; a field in it holds their data. */
  live: Draft | undefined;

  constructor(
    private readonly wire: Wire,
    held: Held,
    live?: Draft,
  ) {
    this.live = live;
    this.#saved = held.draft;
    this.#wanted = held.draft;
    this.#revision = held.revision;
  }

  get state(): SaveState {
    return this.#state;
  }
  get saved(): Draft {
    return this.#saved;
  }
  get revision(): string {
    return this.#revision;
  }

  readonly subscribe = (fn: () => void): (() => void) => {
    this.#watchers.add(fn);
    return () => this.#watchers.delete(fn);
  };

  /** Takes the draft as it now is; it is sent after a pause. */
  want(draft: Draft): void {
    if (draft === this.#wanted) return;
    this.#wanted = draft;
    if (this.#state.kind === "conflict") return; // a person decides first
    if (!this.#running) this.#become({ kind: "waiting" });
    this.#later(pause);
  }

  /** Sends what is waiting now. True when the server then holds the draft. */
  flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#state.kind === "conflict") return Promise.resolve(false);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Goes on from what the server holds, after a conflict or a discarding; without a draft, with the present one. */
  rebase(held: Held, wanted = this.#wanted): void {
    clearTimeout(this.#timer);
    this.#saved = held.draft;
    this.#revision = held.revision;
    this.#wanted = wanted;
    this.#become({ kind: "waiting" });
    this.#later(0);
  }

  /** Stops; what waits is not sent. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Changes during a run are part of it, or of the next one.
      void (this.#running ? this.#running.then(() => this.flush()) : this.flush());
    }, ms);
  }

  #become(state: SaveState): void {
    this.#state = state;
    for (const fn of this.#watchers) fn();
  }

  async #run(): Promise<boolean> {
    for (;;) {
      const wanted = this.#wanted;
      if (problems(wanted).size > 0) {
        this.#become({ kind: "held" });
        return false;
      }
      const [step] = plan(this.#saved, wanted);
      if (!step) {
        this.#saved = wanted;
        this.#become({ kind: "saved" });
        return true;
      }
      this.#become({ kind: "saving" });
      const { live } = this;
      const done = live && remakes(live, this.#saved, wanted) ? this.#goBack(live, step) : this.#take(step);
      if (!(await done)) return false;
    }
  }

  async #take(step: Step): Promise<boolean> {
    try {
      const { revision } = await this.wire.send(step, this.#revision);
      this.#revision = revision;
      this.#saved = step.saved;
      return true;
    } catch (error) {
      return this.#refused(step, error);
    }
  }

  /** Starts again from what is live, so that what was deleted there comes back as itself, with its data. */
  async #goBack(live: Draft, step: Step): Promise<boolean> {
    try {
      const held = await this.wire.goBack(live, this.#revision);
      this.#saved = held.draft;
      this.#revision = held.revision;
      return true;
    } catch (error) {
      return this.#refused({ ...step, saved: live }, error);
    }
  }

  async #refused(step: Step, error: unknown): Promise<boolean> {
    if (error instanceof ApiError && error.status === 409) {
      try {
        return this.#settle(step, await this.wire.look(this.#saved));
      } catch (cause) {
        return this.#refused(step, cause);
      }
    }
    const about = new Map<Key, string[]>();
    for (const [path, { messages }] of Object.entries(error instanceof ApiError ? error.errors : {})) {
      const key = aboutOf(step, path);
      if (key) about.set(key, [...(about.get(key) ?? []), ...messages]);
    }
    this.#become({ kind: "failed", error, about });
    if (error instanceof ApiError && (error.status === 0 || error.status >= 502)) this.#later(retry);
    return false;
  }

  /** A revision nobody expected: our own call whose answer got lost, or somebody else's change. */
  #settle(step: Step, theirs: Held): boolean {
    const mine = [this.#saved, step.saved].find((d) => saysTheSame(d, theirs.draft));
    if (mine) {
      this.#saved = mine;
      this.#revision = theirs.revision;
      return true;
    }
    this.#become({ kind: "conflict", theirs, base: this.#saved });
    return false;
  }
}

/** Whether a live field or option that the preview has lost is wanted again: adding it would make another one. */
function remakes(live: Draft, saved: Draft, wanted: Draft): boolean {
  return Object.values(live.form.fields).some((f) => {
    const now = wanted.form.fields[f.key];
    if (!now) return false;
    const held = saved.form.fields[f.key];
    if (!held) return true;
    const has = (field: Field, key: Key) => field.choices?.some((c) => c.key === key);
    return !!f.choices?.some((c) => has(now, c.key) && !has(held, c.key));
  });
}

/** Whether two drafts mean the same to the server, whatever their keys. */
export function saysTheSame(a: Draft, b: Draft): boolean {
  const content = ({ form, views, ...rest }: Draft) => ({
    ...rest,
    views: views.map(({ key: _, ...view }) => view),
    layout: writeLayout(form),
    fields: formFields(form),
  });
  return same(content(a), content(b));
}
