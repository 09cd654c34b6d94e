import { Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainNumber } from "../../../../lib/numbers";
import type { Field } from "../../model/form";
import { tableOf } from "../../model/form";
import { useDesigner } from "../../state";
import css from "./panel.module.css";
import { useSetting } from "./setting";

type Props = { field: Field };

/** What a value must be to be saved. */
export function Required({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Checkbox
      label={t("designer.setting.required")}
      checked={!!field.required}
      onChange={(e) => set({ required: e.currentTarget.checked })}
    />
  );
}

export function Unique({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  const { form } = useDesigner().draft;
  if (tableOf(form, field.key)) return null; // rows of a table may always repeat
  return (
    <Checkbox
      label={t("designer.setting.unique")}
      checked={!!field.unique}
      onChange={(e) => set({ unique: e.currentTarget.checked })}
    />
  );
}

export function Lengths({ field }: Props) {
  return <Pair field={field} names={["minLength", "maxLength"]} mode="numeric" />;
}

export function Range({ field }: Props) {
  return <Pair field={field} names={["minValue", "maxValue"]} mode="decimal" />;
}

type Name = "minLength" | "maxLength" | "minValue" | "maxValue";
type PairProps = Props & { names: [Name, Name]; mode: "numeric" | "decimal" };

function Pair({ field, names, mode }: PairProps) {
  const { t } = useTranslation();
  const { set, problem } = useSetting(field);
  return (
    <div className={css.two}>
      {names.map((name) => (
        <TextInput
          key={name}
          label={t(`designer.setting.${name}`)}
          inputMode={mode}
          autoComplete="off"
          value={field[name] ?? ""}
          error={problem(name)}
          onChange={(e) => set({ [name]: plainNumber(e.currentTarget.value) }, name)}
        />
      ))}
    </div>
  );
}
