import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../ui/toast";
import { add, type Direction, duplicate, move, nudge, placeFor, remove, restore, widen } from "../model/edit";
import { type Form, find, type Key, reading } from "../model/form";
import { makePart } from "../model/kinds";
import { type Place, refusal, type Thing, thingAt } from "../model/places";
import { useDesigner } from "../state";

/** Everything that can be done to the form's parts, by whatever hand: pointer, keyboard or menu. */
export type FormActs = {
  /** Adds a part of the palette at a place, or where the keyboard would. */
  add: (type: string, place?: Place) => void;
  drop: (thing: Thing, place: Place) => void;
  nudge: (key: Key, direction: Direction) => void;
  widen: (key: Key, steps: number) => void;
  remove: (key: Key) => void;
  duplicate: (key: Key) => void;
  /** Selects the part before or after in reading order and takes the focus there. */
  walk: (key: Key, by: number) => void;
  /** Shows the settings of a part, and takes the focus there. */
  settings: (key: Key) => void;
  /** Said to screen readers. */
  message: string;
  /** Whether the settings are open on a narrow screen. */
  panelOpen: boolean;
  closePanel: () => void;
};

export function useFormActs(): FormActs {
  const { t } = useTranslation();
  const designer = useDesigner();
  const [message, setMessage] = useState("");
  const [panelOpen, setPanelOpen] = useState(false);
  const focus = useRef<Key>(undefined);
  const reveal = useRef<Key>(undefined);
  const { draft, changeForm, select, isLive } = designer;
  const { form } = draft;

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

  return useMemo(() => {
    const name = (key: Key, of: Form = form) => of.fields[key]?.label || t("designer.decoration");
    const show = (key: Key) => {
      focus.current = key;
      select(key);
    };
    return {
      add: (type, at) => {
        const part = makePart(type, form, {
          label: t(`fields.type.${type}`),
          choice: (n) => t("designer.choiceName", { number: n }),
        });
        const key = part.field?.key ?? part.cell?.key;
        const place = at ?? placeFor(form, type, designer.selected);
        if (!key || find(form, key)) return;
        changeForm((f) => add(f, part, place));
        select(key);
        reveal.current = key; // the focus stays in the palette, where the next part is
        setMessage(t("designer.wasAdded", { what: t(`fields.type.${type}`) }));
      },
      drop: (thing, place) => {
        const reason = refusal(form, thing, place);
        if (reason) return said(t(`designer.refusal.${reason}`));
        const { key } = thing;
        if (!key) return;
        changeForm((f) => move(f, key, place));
        if (thing.kind !== "row") show(key);
      },
      nudge: (key, direction) => {
        const thing = thingAt(form, key, isLive);
        const next = thing && nudge(form, thing, direction);
        if (!next) return setMessage(t("designer.noFurther"));
        changeForm(() => next);
        focus.current = key;
        const row = find(next, key)?.row;
        const list = next.blocks.map((b) => b.key);
        setMessage(
          t("designer.wasMoved", {
            what: name(key),
            row: list.indexOf(find(next, key)?.block.key ?? "") + 1,
            column: (row?.cells.findIndex((c) => c.key === key) ?? 0) + 1,
          }),
        );
      },
      widen: (key, steps) => {
        const next = widen(form, key, steps);
        changeForm(() => next, `width ${key}`);
        setMessage(t("designer.widthIs", { width: find(next, key)?.cell?.width }));
      },
      remove: (key) => {
        const all = reading(form);
        const at = all.indexOf(key);
        const next = remove(form, key);
        changeForm(() => next);
        const near = [...all.slice(at + 1), ...all.slice(0, at).reverse()].find((k) => find(next, k));
        if (near) show(near);
        else select(undefined);
        said(t(isLive(key) ? "designer.wasRemovedLive" : "designer.wasRemoved", { what: name(key) }), () =>
          changeForm((f) => restore(f, form, key)),
        );
      },
      duplicate: (key) => {
        const copy = duplicate(form, key);
        if (!copy) return;
        changeForm(() => copy.form);
        show(copy.key);
        setMessage(t("designer.wasDuplicated", { what: name(key) }));
      },
      walk: (key, by) => {
        const all = reading(form);
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
      message,
      panelOpen,
      closePanel: () => setPanelOpen(false),
    };
  }, [form, designer.selected, changeForm, select, isLive, message, panelOpen, t]);
}

const partElement = (key: Key) => document.querySelector<HTMLElement>(`[data-part="${CSS.escape(key)}"]`);

export const FormActsContext = createContext<FormActs | undefined>(undefined);

export function useActs(): FormActs {
  const acts = useContext(FormActsContext);
  if (!acts) throw new Error("designer: used outside the form section");
  return acts;
}
