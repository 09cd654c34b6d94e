import { ActionIcon, Input, SegmentedControl, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "../sections.module.css";
import { SortableLine, SortableList } from "../sortable";
import { useDesigner } from "../state";
import type { ViewProps } from "./editor";
import { readOrder, writeOrder } from "./order";
import { sortable } from "./usable";

/** The order of a view's records: by one field, then by the next where those are equal. */
export function SortBuilder({ view, set }: ViewProps) {
  const { t } = useTranslation();
  const { form } = useDesigner().draft;
  const order = readOrder(view.sort);
  const usable = sortable(form);
  const left = usable.filter((f) => !order.some((o) => o.field === f.code));
  const write = (next: typeof order) => set({ sort: writeOrder(next) });
  const move = (field: string, to: number) => {
    const rest = order.filter((o) => o.field !== field);
    const moved = order.find((o) => o.field === field);
    if (moved) write([...rest.slice(0, to), moved, ...rest.slice(to)]);
  };
  return (
    <div>
      <Input.Label component="div">{t("designer.order")}</Input.Label>
      <SortableList ids={order.map((o) => o.field)} onMove={move}>
        {order.map((o) => {
          const label = usable.find((f) => f.code === o.field)?.label ?? o.field;
          return (
            <SortableLine key={o.field} id={o.field} label={t("designer.moveLine", { name: label })}>
              <span className={css.name}>{label}</span>
              <SegmentedControl
                size="xs"
                aria-label={t("designer.orderOf", { name: label })}
                value={o.descending ? "desc" : "asc"}
                onChange={(v) =>
                  write(order.map((x) => (x.field === o.field ? { ...x, descending: v === "desc" } : x)))
                }
                data={[
                  { value: "asc", label: t("designer.ascending") },
                  { value: "desc", label: t("designer.descending") },
                ]}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("designer.removeLine", { name: label })}
                onClick={() => write(order.filter((x) => x.field !== o.field))}
              >
                <IconX size={16} />
              </ActionIcon>
            </SortableLine>
          );
        })}
      </SortableList>
      <Select
        aria-label={t("designer.addOrder")}
        placeholder={t(order.length === 0 ? "designer.newestFirst" : "designer.addOrder")}
        leftSection={<IconPlus size={16} />}
        searchable
        disabled={left.length === 0}
        data={left.map((f) => ({ value: f.code, label: f.label }))}
        value={null}
        onChange={(field) => field && write([...order, { field, descending: false }])}
      />
    </div>
  );
}
