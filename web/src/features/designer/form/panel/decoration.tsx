import { Input, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldEditor } from "../../../../fields/editors";
import { changeCell } from "../../model/edit";
import type { Cell } from "../../model/form";
import { useDesigner } from "../../state";
import css from "./panel.module.css";
import { Sizes } from "./sizes";

/** A label's text, a spacer's name for scripts, and the sizes. */
export function DecorationSettings({ cell }: { cell: Cell }) {
  const { t } = useTranslation();
  const { changeForm } = useDesigner();
  const id = `label-${cell.key}`;
  return (
    <>
      {cell.type === "LABEL" && (
        <div className={css.default}>
          <Input.Label htmlFor={id} id={`${id}-label`}>
            {t("designer.labelText")}
          </Input.Label>
          <FieldEditor
            field={{ type: "RICH_TEXT", code: id, label: t("designer.labelText") }}
            value={cell.label ?? ""}
            onChange={(next) => {
              const label = String(typeof next === "function" ? next(cell.label ?? "") : next);
              changeForm((f) => changeCell(f, cell.key, { label }), `text ${cell.key}`);
            }}
            id={id}
            path=""
            errors={{}}
          />
        </div>
      )}
      {cell.type === "SPACER" && (
        <TextInput
          label={t("designer.elementId")}
          description={t("designer.elementIdNote")}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          value={cell.elementId ?? ""}
          onChange={(e) => {
            const elementId = e.currentTarget.value || undefined;
            changeForm((f) => changeCell(f, cell.key, { elementId }), `element ${cell.key}`);
          }}
        />
      )}
      <Sizes cell={cell} />
    </>
  );
}
