import { useDroppable } from "@dnd-kit/core";
import { Button } from "@mantine/core";
import { IconForms, IconPlus } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/page";
import type { Block, Key, Row } from "../model/form";
import { useDesigner } from "../state";
import { formArea } from "./dragging";
import { DropLine } from "./drop-line";
import css from "./form.module.css";
import { GroupBlock } from "./group-block";
import { RowBlock } from "./row-block";
import { TableBlock } from "./table-block";

/** The form as it is, with every part selectable and movable. */
export function Canvas({ onParts }: { onParts: () => void }) {
  const { t } = useTranslation();
  const { draft, select } = useDesigner();
  const { setNodeRef } = useDroppable({ id: "form", data: { area: formArea } });
  const { blocks } = draft.form;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the parts selects none, as Escape does
    <section
      ref={setNodeRef}
      className={css.canvas}
      aria-label={t("designer.canvas")}
      onClick={(e) => e.target === e.currentTarget && select(undefined)}
    >
      <div className={css.sheet}>
        <Blocks blocks={blocks} />
        {blocks.length === 0 && (
          <EmptyState icon={IconForms} title={t("designer.emptyForm")} text={t("designer.emptyFormText")}>
            <Button leftSection={<IconPlus size={16} />} onClick={onParts} className={css.narrowOnly}>
              {t("designer.addPart")}
            </Button>
          </EmptyState>
        )}
      </div>
    </section>
  );
}

/** Blocks one below the other, with a line between them where something can be dropped. */
function Blocks({ blocks, group }: { blocks: (Block | Row)[]; group?: Key }) {
  const area = group ?? formArea;
  return (
    <>
      {blocks.map((b) => (
        <Fragment key={b.key}>
          <DropLine place={{ at: "row", group, before: b.key }} area={area} />
          {b.kind === "row" && <RowBlock row={b} area={area} />}
          {b.kind === "table" && <TableBlock table={b} />}
          {b.kind === "group" && (
            <GroupBlock group={b}>
              <Blocks blocks={b.rows} group={b.key} />
            </GroupBlock>
          )}
        </Fragment>
      ))}
      <DropLine place={{ at: "row", group }} area={area} last />
    </>
  );
}
