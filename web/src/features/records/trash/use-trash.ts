import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failed, said } from "../../../ui/toast";
import { deleteRecords, restoreRecords } from "../api";

/** Deletes records and offers to take it back: they are in the trash. */
export function useTrash(app: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: ["records", app] });
    void cache.invalidateQueries({ queryKey: ["trash", app] });
  };
  return useMutation({
    mutationFn: async (ids: string[]) => {
      await deleteRecords(app, ids);
      return ids;
    },
    onSuccess: (ids) => {
      refresh();
      said(t("records.deleted", { count: ids.length }), () => {
        restoreRecords(app, ids).then(refresh, failed);
      });
    },
    onError: failed,
  });
}
