import { Button, Table } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { Problem } from "../../../ui/errors";
import { EmptyState, PageHeader } from "../../../ui/page";
import { PersonChip } from "../../../ui/person";
import { failed, said } from "../../../ui/toast";
import { type App, restoreRecords, trashQuery } from "../api";
import css from "../list/list.module.css";

/** The deleted records of an app, each one click from being back. */
export function TrashPage({ app }: { app: App }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const trash = useQuery(trashQuery(app.id));
  const restore = useMutation({
    mutationFn: (id: string) => restoreRecords(app.id, [id]),
    onSuccess: (_, id) => {
      said(t("records.restored", { id }));
      void cache.invalidateQueries({ queryKey: ["records", app.id] });
      return cache.invalidateQueries({ queryKey: ["trash", app.id] });
    },
    onError: failed,
  });
  return (
    <div className={css.trash}>
      <PageHeader title={t("records.trashOf", { app: app.name })} note={t("records.trashNote")}>
        <Button variant="default" component="a" href={`/k/${app.id}/`}>
          {t("records.toList")}
        </Button>
      </PageHeader>
      {trash.error && <Problem error={trash.error} retry={() => trash.refetch()} />}
      {trash.data?.length === 0 && <EmptyState icon={IconTrash} title={t("records.trashEmpty")} />}
      {trash.data && trash.data.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("records.record")}</Table.Th>
              <Table.Th>{t("records.deletedBy")}</Table.Th>
              <Table.Th>{t("records.deletedAt")}</Table.Th>
              <Table.Th aria-label={t("records.restore")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {trash.data.map((r) => (
              <Table.Tr key={r.id} data-record={r.id}>
                <Table.Td>{r.title || `#${r.id}`}</Table.Td>
                <Table.Td>
                  <PersonChip name={r.deletedBy.name} />
                </Table.Td>
                <Table.Td>{formatDateTime(r.deletedAt)}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={restore.isPending && restore.variables === r.id}
                    onClick={() => restore.mutate(r.id)}
                  >
                    {t("records.restore")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
