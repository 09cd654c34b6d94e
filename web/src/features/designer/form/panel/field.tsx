import { Checkbox, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Cell, Field } from "../../model/form";
import { isSystem } from "../../model/form";
import { useDesigner } from "../../state";
import { Choices } from "./choices";
import { DefaultPeople, DefaultValue, Now } from "./default";
import { Align, NumberLook, OpenGroup, Protocol, Thumbnails } from "./look";
import css from "./panel.module.css";
import { Candidates } from "./people";
import { Lengths, Range, Required, Unique } from "./rules";
import { useSetting } from "./setting";
import { Sizes } from "./sizes";

const parts = {
  Align,
  Candidates,
  Choices,
  DefaultPeople,
  DefaultValue,
  Lengths,
  Now,
  NumberLook,
  OpenGroup,
  Protocol,
  Range,
  Required,
  Thumbnails,
  Unique,
};

/** The settings of each type, in the order people ask for them. */
const settings: Record<string, (keyof typeof parts)[]> = {
  SINGLE_LINE_TEXT: ["Required", "Unique", "DefaultValue", "Lengths"],
  MULTI_LINE_TEXT: ["Required", "DefaultValue"],
  RICH_TEXT: ["Required", "DefaultValue"],
  LINK: ["Protocol", "Required", "Unique", "DefaultValue", "Lengths"],
  NUMBER: ["Required", "Unique", "DefaultValue", "NumberLook", "Range"],
  DATE: ["Required", "Unique", "Now", "DefaultValue"],
  TIME: ["Required", "Now", "DefaultValue"],
  DATETIME: ["Required", "Unique", "Now", "DefaultValue"],
  RADIO_BUTTON: ["Choices", "DefaultValue", "Align"],
  CHECK_BOX: ["Choices", "Required", "DefaultValue", "Align"],
  DROP_DOWN: ["Choices", "Required", "DefaultValue"],
  MULTI_SELECT: ["Choices", "Required", "DefaultValue"],
  USER_SELECT: ["Required", "DefaultPeople", "Candidates"],
  FILE: ["Required", "Thumbnails"],
  GROUP: ["OpenGroup"],
};

export function FieldSettings({ field, cell }: { field: Field; cell?: Cell }) {
  const { t } = useTranslation();
  const { isLive } = useDesigner();
  return (
    <>
      <Name field={field} />
      {(settings[field.type] ?? []).map((name) => {
        const Setting = parts[name];
        return <Setting key={name} field={field} />;
      })}
      {cell && <Sizes cell={cell} />}
      <Code field={field} />
      {isLive(field.key) && !isSystem(field.type) && (
        <Text size="xs" c="dimmed">
          {t("designer.liveNote")}
        </Text>
      )}
    </>
  );
}

function Name({ field }: { field: Field }) {
  const { t } = useTranslation();
  const { set, problem } = useSetting(field);
  return (
    <div className={css.pair}>
      <TextInput
        label={t("designer.setting.label")}
        autoComplete="off"
        value={field.label}
        error={problem("label")}
        onChange={(e) => set({ label: e.currentTarget.value }, "label")}
      />
      <Checkbox
        label={t("designer.setting.noLabel")}
        checked={!!field.noLabel}
        onChange={(e) => set({ noLabel: e.currentTarget.checked })}
      />
    </div>
  );
}

/** The stable name in queries and for programs, checked while it is written. */
function Code({ field }: { field: Field }) {
  const { t } = useTranslation();
  const { set, problem } = useSetting(field);
  return (
    <TextInput
      label={t("designer.setting.code")}
      description={t(field.autoCode ? "designer.codeFollows" : "designer.codeNote")}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={field.code}
      error={problem("code")}
      onChange={(e) => set({ code: e.currentTarget.value }, "code")}
    />
  );
}
