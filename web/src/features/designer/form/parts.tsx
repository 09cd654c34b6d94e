import { useDraggable } from "@dnd-kit/core";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isSystem, unplaced } from "../model/form";
import { partGroups } from "../model/kinds";
import type { Thing } from "../model/places";
import { useDesigner } from "../state";
import type { Dragged } from "./dragging";
import css from "./form.module.css";
import { PartIcon } from "./sample";

type Props = { onAdd: (type: string) => void /** Parts are tapped, not dragged. */; still?: boolean };

/** The parts a form is made of, found by their names; dragged, or added with Enter below what is selected. */
export function Parts({ onAdd, still }: Props) {
  const { t } = useTranslation();
  const { form } = useDesigner().draft;
  const [word, setWord] = useState("");
  const wanted = fold(word.trim());
  const missing = new Set(unplaced(form).map((f) => f.type));
  const groups = partGroups.map(({ id, types }) => ({
    id,
    types: types.filter(
      (type) => fold(t(`fields.type.${type}`)).includes(wanted) && (!isSystem(type) || missing.has(type)),
    ),
  }));
  const shown = groups.filter((g) => g.types.length > 0);
  return (
    <>
      <TextInput
        aria-label={t("designer.findPart")}
        placeholder={t("designer.findPart")}
        leftSection={<IconSearch size={16} />}
        value={word}
        onChange={(e) => setWord(e.currentTarget.value)}
        onKeyDown={(e) => {
          const first = shown[0]?.types[0];
          if (e.key !== "Enter" || e.nativeEvent.isComposing || !wanted || !first) return;
          e.preventDefault();
          onAdd(first);
        }}
      />
      {shown.length === 0 && <p className={css.soft}>{t("common.nothingFound")}</p>}
      {shown.map((g) => (
        <section key={g.id} className={css.partGroup}>
          <h2 className={css.partHead}>{t(`designer.partGroup.${g.id}`)}</h2>
          <div className={css.partList}>
            {g.types.map((type) => (
              <PartButton key={type} type={type} onAdd={onAdd} still={still} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

const fold = (text: string) => text.normalize("NFKC").toLowerCase();

const kindOf = (type: string): Thing["kind"] => (type === "SUBTABLE" ? "table" : type === "GROUP" ? "group" : "cell");

const PartButton = memo(function PartButton({ type, onAdd, still }: { type: string } & Props) {
  const { t } = useTranslation();
  const label = t(`fields.type.${type}`);
  const data: Dragged = { thing: { kind: kindOf(type), type }, label, part: type };
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `part ${type}`,
    data,
    disabled: still,
    attributes: { roleDescription: t("designer.draggable") },
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={css.part}
      data-dragging={isDragging || undefined}
      {...(still ? {} : { ...attributes, ...listeners })}
      onClick={() => onAdd(type)}
    >
      <PartIcon type={type} />
      {label}
    </button>
  );
});
