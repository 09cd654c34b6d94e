import { Button, Group } from "@mantine/core";
import { IconCopy, IconPointer, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { find, isSystem } from "../../model/form";
import { useDesigner } from "../../state";
import { useActs } from "../acts";
import { PartIcon } from "../sample";
import { useTrouble } from "../trouble";
import { DecorationSettings } from "./decoration";
import { FieldSettings } from "./field";
import css from "./panel.module.css";

/** The settings of what is selected; with nothing selected, how the designer is used. */
export function Panel() {
  const { selected } = useDesigner();
  return selected ? <PartSettings key={selected} part={selected} /> : <HowTo />;
}

function PartSettings({ part }: { part: string }) {
  const { t } = useTranslation();
  const { draft } = useDesigner();
  const acts = useActs();
  const trouble = useTrouble(part);
  const field = draft.form.fields[part];
  const cell = find(draft.form, part)?.cell;
  const type = field?.type ?? cell?.type ?? "";
  return (
    <div className={css.panel}>
      <h2 className={css.head}>
        <PartIcon type={type} />
        {t(`fields.type.${type}`)}
      </h2>
      {trouble.length > 0 && (
        <p className={css.trouble} role="alert">
          {trouble.join(" ")}
        </p>
      )}
      {field ? <FieldSettings field={field} cell={cell} /> : cell && <DecorationSettings cell={cell} />}
      <Group gap={8} className={css.foot}>
        {!isSystem(type) && type !== "GROUP" && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconCopy size={14} />}
            onClick={() => acts.duplicate(part)}
          >
            {t("designer.duplicate")}
          </Button>
        )}
        <Button
          variant="default"
          size="compact-sm"
          c="var(--danger)"
          leftSection={<IconTrash size={14} />}
          onClick={() => acts.remove(part)}
        >
          {t(isSystem(type) ? "designer.takeOff" : "common.delete")}
        </Button>
      </Group>
    </div>
  );
}

function HowTo() {
  const { t } = useTranslation();
  return (
    <div className={css.howTo}>
      <IconPointer size={28} stroke={1.25} aria-hidden />
      <h2>{t("designer.nothingSelected")}</h2>
      <p>{t("designer.nothingSelectedText")}</p>
      <dl>
        {(["select", "move", "width", "settings", "remove"] as const).map((k) => (
          <div key={k}>
            <dt>{t(`designer.keys.${k}`)}</dt>
            <dd>{t(`designer.keysText.${k}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
