import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useState,
  useSyncExternalStore,
} from "react";
import { wire } from "./api";
import { type Change, changes } from "./model/changes";
import type { Draft } from "./model/draft";
import { withForm } from "./model/follow";
import { type Form, find, type Key } from "./model/form";
import { begin, type History, record, redo, settle, undo } from "./model/history";
import { type Problem, problems } from "./model/problems";
import { type Held, Saver, type SaveState } from "./model/saver";
import { remember } from "./renames";

type Act = { act: "change"; fn: (draft: Draft) => Draft; mark?: string } | { act: "undo" | "redo" | "settle" };

function reduce(h: History<Draft>, a: Act): History<Draft> {
  switch (a.act) {
    case "change":
      return record(h, a.fn(h.present), a.mark);
    case "undo":
      return undo(h);
    case "redo":
      return redo(h);
    case "settle":
      return settle(h);
  }
}

export type Designer = {
  app: string;
  draft: Draft;
  /** What people work with; undefined until the app is published. */
  live: Draft | undefined;
  saving: SaveState;
  problems: ReadonlyMap<Key, Problem[]>;
  /** What publishing would change. */
  changes: Change[];
  canUndo: boolean;
  canRedo: boolean;
  /** Changes with the same mark, one right after another, are taken back together. */
  change: (fn: (draft: Draft) => Draft, mark?: string) => void;
  changeForm: (fn: (form: Form) => Form, mark?: string) => void;
  undo: () => void;
  redo: () => void;
  settle: () => void;
  /** Saves what is not saved yet; true when the server has everything. */
  flush: () => Promise<boolean>;
  /** Goes on from what the server holds, with this draft or the one given. */
  rebase: (held: Held, draft?: Draft) => void;
  /** Tells that the saved preview is live now. */
  published: () => void;
  revision: () => string;
  selected: Key | undefined;
  select: (key: Key | undefined) => void;
  isLive: (key: Key) => boolean;
};

/** The page's one draft: its history, its saving, and how it differs from what is live. */
export function useDesignerState(app: string, held: Held, first: Draft | undefined): Designer {
  const [history, dispatch] = useReducer(reduce, held.draft, begin);
  const [saver] = useState(() => new Saver(wire(app), held, first));
  const [live, setLive] = useState(first);
  const [selected, setSelected] = useState<Key>();
  const saving = useSyncExternalStore(saver.subscribe, () => saver.state);
  const draft = history.present;

  useEffect(() => saver.want(draft), [saver, draft]);
  useEffect(() => () => saver.close(), [saver]);
  useEffect(() => remember(app, live?.form, draft.form), [app, live, draft]);
  useWarnBeforeLeaving(saving.kind !== "saved");
  useBeforeHiding(saver);

  const change = useCallback((fn: (d: Draft) => Draft, mark?: string) => dispatch({ act: "change", fn, mark }), []);
  const changeForm = useCallback(
    (fn: (f: Form) => Form, mark?: string) => change((d) => withForm(d, fn(d.form)), mark),
    [change],
  );
  const rebase = useCallback(
    (at: Held, next?: Draft) => {
      if (next) change(() => next);
      saver.rebase(at, next);
    },
    [saver, change],
  );
  return useMemo(
    () => ({
      app,
      draft,
      live,
      saving,
      problems: problems(draft),
      changes: live ? changes(live, draft) : [],
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      change,
      changeForm,
      undo: () => dispatch({ act: "undo" }),
      redo: () => dispatch({ act: "redo" }),
      settle: () => dispatch({ act: "settle" }),
      flush: () => saver.flush(),
      rebase,
      published: () => {
        saver.live = saver.saved;
        setLive(saver.saved);
      },
      revision: () => saver.revision,
      selected: selected !== undefined && find(draft.form, selected) ? selected : undefined,
      select: setSelected,
      isLive: (key) => !!live?.form.fields[key],
    }),
    [app, draft, live, saving, history, change, changeForm, rebase, saver, selected],
  );
}

function useWarnBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}

/** Saves at once when the page is left for another tab or app, from which people may never come back. */
function useBeforeHiding(saver: Saver): void {
  useEffect(() => {
    const hidden = () => document.visibilityState === "hidden" && void saver.flush();
    document.addEventListener("visibilitychange", hidden);
    return () => document.removeEventListener("visibilitychange", hidden);
  }, [saver]);
}

export const DesignerContext = createContext<Designer | undefined>(undefined);

/** The page's state, for everything on it. */
export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("designer: used outside its page");
  return designer;
}
