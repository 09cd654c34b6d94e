import { Checkbox, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldEditor } from "../../../../fields/editors";
import { PeopleInput } from "../../../../fields/shared/people-input";
import type { Entity, Value } from "../../../../lib/kintone";
import type { Field } from "../../model/form";
import { writeField } from "../../model/write";
import css from "./panel.module.css";
import { usePeople } from "./people";
import { useSetting } from "./setting";

type Props = { field: Field };

/** What a new record begins with, entered as it will be in a record. */
export function DefaultValue({ field }: Props) {
  const { t } = useTranslation();
  const { set, problem } = useSetting(field);
  const error = problem("defaultValue");
  if (field.defaultNowValue) return null;
  const id = `default-${field.key}`;
  const old = (field.defaultValue ?? "") as Value;
  return (
    <div className={css.default}>
      <Input.Label htmlFor={id} id={`${id}-label`}>
        {t("designer.setting.defaultValue")}
      </Input.Label>
      <FieldEditor
        field={{ ...writeField(field), required: field.type === "RADIO_BUTTON" }}
        value={old}
        onChange={(next) => {
          const value = typeof next === "function" ? next(old) : next;
          set({ defaultValue: value as Field["defaultValue"] }, "default");
        }}
        id={id}
        error={error}
        path=""
        errors={{}}
      />
    </div>
  );
}

/** Begins with the day or time at which the record is made. */
export function Now({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Checkbox
      label={t(`designer.now.${field.type}`)}
      checked={!!field.defaultNowValue}
      onChange={(e) => set({ defaultNowValue: e.currentTarget.checked, defaultValue: "" })}
    />
  );
}

const loginUser = "LOGINUSER()";

export function DefaultPeople({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  const codes = ((field.defaultValue ?? []) as Entity[]).map((e) => e.code);
  const known = usePeople(codes.filter((c) => c !== loginUser));
  const maker = { code: loginUser, name: t("designer.maker") };
  return (
    <PeopleInput
      label={t("designer.setting.defaultValue")}
      extra={[maker]}
      value={codes.map((code) => (code === loginUser ? maker : known(code)))}
      onChange={(people) =>
        set({
          defaultValue: people.map(({ code }): Entity => ({ type: code === loginUser ? "FUNCTION" : "USER", code })),
        })
      }
    />
  );
}
