import { ActionIcon, SegmentedControl, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { infoOf } from "../../../fields/infos";
import type { Accessibility, FieldRight } from "../model/draft";
import { reading } from "../model/form";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { everyone, sameWho, withEntities, withEntity } from "./rights";
import { AddWho, useWhoName, WhoChip } from "./who";

/** Fields that not everybody may see or change. A field without a rule follows the record. */
export function FieldRights() {
  const { t } = useTranslation();
  const { draft, change } = useDesigner();
  const { form, fieldRights } = draft;
  const placed = reading(form).flatMap((key) => form.fields[key] ?? []);
  const left = placed.filter((f) => infoOf(f.type)?.width && !fieldRights.some((r) => r.code === f.code));
  const set = (code: string, entities: FieldRight["entities"]) =>
    change((d) => ({ ...d, fieldRights: withEntities(d.fieldRights, code, entities) }));
  return (
    <>
      {fieldRights.map((right) => (
        <OneField
          key={right.code}
          right={right}
          label={placed.find((f) => f.code === right.code)?.label ?? right.code}
          onChange={(entities) => set(right.code, entities)}
        />
      ))}
      <Select
        aria-label={t("designer.addFieldRight")}
        placeholder={t("designer.addFieldRight")}
        leftSection={<IconPlus size={16} />}
        maw={360}
        searchable
        data={left.map((f) => ({ value: f.code, label: f.label }))}
        value={null}
        onChange={(code) => code && set(code, [{ accessibility: "READ", entity: everyone, includeSubs: false }])}
      />
    </>
  );
}

type Props = { right: FieldRight; label: string; onChange: (entities: FieldRight["entities"]) => void };

function OneField({ right, label, onChange }: Props) {
  const { t } = useTranslation();
  const { entities } = right;
  const nameOf = useWhoName(entities.map((e) => e.entity));
  return (
    <section>
      <h3>{label}</h3>
      <ul className={css.sortable}>
        {entities.map((e) => {
          const name = nameOf(e.entity);
          return (
            <li key={`${e.entity.type} ${e.entity.code}`} className={css.row}>
              <span className={css.name}>
                <WhoChip who={e.entity} name={name} />
              </span>
              <SegmentedControl
                size="xs"
                aria-label={t("designer.accessOf", { name })}
                value={e.accessibility}
                onChange={(v) =>
                  onChange(
                    entities.map((x) =>
                      sameWho(x.entity, e.entity) ? { ...x, accessibility: v as Accessibility } : x,
                    ),
                  )
                }
                data={(["WRITE", "READ", "NONE"] as const).map((a) => ({ value: a, label: t(`designer.access.${a}`) }))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("designer.removeLine", { name })}
                onClick={() => onChange(entities.filter((x) => !sameWho(x.entity, e.entity)))}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <AddWho
        label={t("designer.addWho")}
        onAdd={(entity) => onChange(withEntity(entities, { accessibility: "WRITE", entity, includeSubs: false }))}
      />
    </section>
  );
}
