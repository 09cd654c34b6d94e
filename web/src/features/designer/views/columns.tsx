import { ActionIcon, Input, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { PartIcon } from "../form/sample";
import css from "../sections.module.css";
import { SortableLine, SortableList } from "../sortable";
import { useDesigner } from "../state";
import type { ViewProps } from "./editor";
import { columnsFor } from "./usable";

/** The columns of a list, in their order. */
export function Columns({ view, set, problem }: ViewProps & { problem: string | undefined }) {
  const { t } = useTranslation();
  const { form } = useDesigner().draft;
  const codes = view.fields ?? [];
  const all = columnsFor(form);
  const left = all.filter((f) => !codes.includes(f.code));
  const move = (code: string, to: number) => {
    const rest = codes.filter((c) => c !== code);
    set({ fields: [...rest.slice(0, to), code, ...rest.slice(to)] });
  };
  return (
    <div>
      <Input.Label component="div">{t("designer.columns")}</Input.Label>
      <SortableList ids={codes} onMove={move}>
        {codes.map((code) => {
          const field = all.find((f) => f.code === code);
          const label = field?.label ?? code;
          return (
            <SortableLine key={code} id={code} label={t("designer.moveLine", { name: label })}>
              <PartIcon type={field?.type ?? ""} />
              <span className={css.name}>&ensp;{label}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("designer.removeLine", { name: label })}
                onClick={() => set({ fields: codes.filter((c) => c !== code) })}
              >
                <IconX size={16} />
              </ActionIcon>
            </SortableLine>
          );
        })}
      </SortableList>
      <Select
        aria-label={t("designer.addColumn")}
        placeholder={t("designer.addColumn")}
        leftSection={<IconPlus size={16} />}
        searchable
        disabled={left.length === 0}
        error={problem}
        data={left.map((f) => ({ value: f.code, label: f.label }))}
        value={null}
        onChange={(code) => code && set({ fields: [...codes, code] })}
      />
    </div>
  );
}
