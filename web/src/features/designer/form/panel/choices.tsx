import { Input, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ClipboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../../ui/toast";
import { addChoices, moveChoice, parseChoices, removeChoice, renameChoice } from "../../model/choices";
import { changeField } from "../../model/edit";
import type { Choice, Field } from "../../model/form";
import { SortableList } from "../../sortable";
import { useDesigner } from "../../state";
import { ChoiceLine } from "./choice-line";
import { useSetting } from "./setting";

/** The options of a choice field: written one after another, pasted from a sheet, renamed, dragged. */
export function Choices({ field }: { field: Field }) {
  const { t } = useTranslation();
  const { changeForm, live } = useDesigner();
  const { set, problem } = useSetting(field);
  const [text, setText] = useState("");
  const next = useRef<HTMLInputElement>(null);
  const choices = field.choices ?? [];
  const add = (labels: string[]) => {
    if (labels.length > 0) set(addChoices(field, labels));
    setText("");
  };
  const paste = (e: ClipboardEvent) => {
    const pasted = e.clipboardData.getData("text");
    if (!/[\r\n\t]/.test(pasted.trim())) return;
    e.preventDefault();
    add(parseChoices(pasted));
  };
  const remove = (choice: Choice) => {
    const at = choices.indexOf(choice);
    set(removeChoice(field, choice.key));
    const inUse = live?.form.fields[field.key]?.choices?.some((c) => c.key === choice.key);
    said(t(inUse ? "designer.choiceRemovedLive" : "designer.choiceRemoved", { name: choice.label }), () =>
      changeForm((form) => {
        const now = form.fields[field.key]?.choices ?? [];
        if (now.some((c) => c.key === choice.key)) return form;
        const back = [...now.slice(0, at), choice, ...now.slice(at)];
        return changeField(form, field.key, { choices: back });
      }),
    );
  };
  return (
    <div>
      <Input.Label component="div">{t("designer.setting.choices")}</Input.Label>
      <SortableList ids={choices.map((c) => c.key)} onMove={(key, to) => set(moveChoice(field, key, to))}>
        {choices.map((c) => (
          <ChoiceLine
            key={c.key}
            choice={c}
            onRename={(label) => set(renameChoice(field, c.key, label), `choice ${c.key}`)}
            onRemove={() => remove(c)}
            onEnter={() => next.current?.focus()}
            onPaste={paste}
          />
        ))}
      </SortableList>
      <TextInput
        ref={next}
        aria-label={t("designer.addChoice")}
        placeholder={t("designer.addChoice")}
        description={t("designer.choicesNote")}
        leftSection={<IconPlus size={16} />}
        autoComplete="off"
        value={text}
        error={problem("choices")}
        onChange={(e) => setText(e.currentTarget.value)}
        onPaste={paste}
        onBlur={() => add(parseChoices(text))}
        onKeyDown={(e) => {
          if (e.key !== "Enter" || e.nativeEvent.isComposing) return;
          e.preventDefault();
          add(parseChoices(text));
        }}
      />
    </div>
  );
}
