import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../ui/toast";
import { add, type Direction, duplicate, move, nudge, placeFor, remove, resize, restore, widen } from "../model/edit";
import { type Cell, type Form, find, type Key, reading } from "../model/form";
import { makePart } from "../model/kinds";
import { type Place, refusal, type Thing, thingAt } from "../model/places";
import { useDesigner } from "../state";

/**
 * Everything that can be done to the form's parts, by whatever hand: pointer, keyboard or menu. The same object for as
 * long as the form is on the screen, so that a part is drawn anew only when it changes itself.
 */
export type FormActs = {
  /** Adds a part of the palette at a place, or where the keyboard would. */
  add: (type: string, place?: Place) => void;
  drop: (thing: Thing, place: Place) => void;
  nudge: (key: Key, direction: Direction) => void;
  resize: (key: Key, size: Pick<Cell, "width">) => void;
  widen: (key: Key, steps: number) => void;
  remove: (key: Key) => void;
  duplicate: (key: Key) => void;
  select: (key: Key | undefined) => void;
  /** Selects the part before or after in reading order and takes the focus there. */
  walk: (key: Key, by: number) => void;
  /** Shows the settings of a part, and takes the focus there. */
  settings: (key: Key) => void;
};

/** The acts, what they tell screen readers, and whether they have opened the settings on a narrow screen. */
export function useFormActs() {
  const { t } = useTranslation();
  const designer = useDesigner();
  const now = useRef(designer);
  const focus = useRef<Key>(undefined);
  const reveal = useRef<Key>(undefined);
  const [message, setMessage] = useState("");
  const [panelOpen, setPanelOpen] = useState(false);
  const { form } = designer.draft;

  useLayoutEffect(() => {
    now.current = designer;
  });
  // A part that moves to another row is drawn anew and would lose the focus.
  useEffect(() => {
    const key = focus.current ?? reveal.current;
    if (key === undefined || !find(form, key)) return;
    const element = partElement(key);
    if (focus.current) element?.focus({ preventScroll: true });
    focus.current = undefined;
    reveal.current = undefined;
    element?.scrollIntoView({ block: "nearest" });
  }, [form]);

  const acts = useMemo((): FormActs => {
    const current = () => now.current.draft.form;
    const name = (key: Key) => current().fields[key]?.label || t("designer.decoration");
    const { changeForm, select } = now.current; // the same for the life of the page
    const show = (key: Key) => {
      focus.current = key;
      select(key);
    };
    return {
      select,
      add: (type, at) => {
        const before = current();
        const label = t(`fields.type.${type}`);
        const part = makePart(type, before, { label, choice: (n) => t("designer.choiceName", { number: n }) });
        const key = part.field?.key ?? part.cell?.key;
        const place = at ?? placeFor(before, type, now.current.selected);
        if (!key || find(before, key)) return;
        changeForm((f) => add(f, part, place));
        select(key);
        reveal.current = key; // the focus stays in the palette, where the next part is
        setMessage(t("designer.wasAdded", { what: label }));
      },
      drop: (thing, place) => {
        const reason = refusal(current(), thing, place);
        if (reason) return said(t(`designer.refusal.${reason}`));
        const { key } = thing;
        if (!key) return;
        changeForm((f) => move(f, key, place));
        if (thing.kind !== "row") show(key);
      },
      nudge: (key, direction) => {
        const thing = thingAt(current(), key, now.current.isLive);
        const next = thing && nudge(current(), thing, direction);
        if (!next) return setMessage(t("designer.noFurther"));
        changeForm(() => next);
        focus.current = key;
        setMessage(t("designer.wasMoved", { what: name(key), ...whereIs(next, key) }));
      },
      resize: (key, size) => changeForm((f) => resize(f, key, size)),
      widen: (key, steps) => {
        const next = widen(current(), key, steps);
        changeForm(() => next, `width ${key}`);
        setMessage(t("designer.widthIs", { width: find(next, key)?.cell?.width }));
      },
      remove: (key) => {
        const before = current();
        const all = reading(before);
        const at = all.indexOf(key);
        const next = remove(before, key);
        changeForm(() => next);
        const near = [...all.slice(at + 1), ...all.slice(0, at).reverse()].find((k) => find(next, k));
        if (near) show(near);
        else select(undefined);
        const word = now.current.isLive(key) ? "designer.wasRemovedLive" : "designer.wasRemoved";
        said(t(word, { what: name(key) }), () => changeForm((f) => restore(f, before, key)));
      },
      duplicate: (key) => {
        const copy = duplicate(current(), key);
        if (!copy) return;
        changeForm(() => copy.form);
        show(copy.key);
        setMessage(t("designer.wasDuplicated", { what: name(key) }));
      },
      walk: (key, by) => {
        const all = reading(current());
        const next = all[all.indexOf(key) + by];
        if (!next) return;
        select(next);
        partElement(next)?.focus();
      },
      settings: (key) => {
        select(key);
        setPanelOpen(true);
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>("[data-panel] input, [data-panel] textarea")?.focus(),
        );
      },
    };
  }, [t]);
  return { acts, message, panelOpen, closePanel: () => setPanelOpen(false) };
}

/** A part's place as people count: its row on the form, its position in the row. */
function whereIs(form: Form, key: Key): { row: number; column: number } {
  const spot = find(form, key);
  const row = form.blocks.findIndex((b) => b.key === spot?.block.key) + 1;
  return { row, column: (spot?.row?.cells.findIndex((c) => c.key === key) ?? 0) + 1 };
}

const partElement = (key: Key) => document.querySelector<HTMLElement>(`[data-part="${CSS.escape(key)}"]`);

export const FormActsContext = createContext<FormActs | undefined>(undefined);

export function useActs(): FormActs {
  const acts = useContext(FormActsContext);
  if (!acts) throw new Error("designer: used outside the form section");
  return acts;
}
