import { ActionIcon, Table } from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { confirm } from "../../../ui/confirm";
import { Problem } from "../../../ui/errors";
import { EmptyState } from "../../../ui/page";
import { failed, said } from "../../../ui/toast";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { deleteToken, type Token, tokenRights, tokensQuery } from "./api";
import { NewTokenForm } from "./new-token";

/** Keys with which programs work with this app. They are made and deleted at once, not with the draft. */
export function TokensSection() {
  const { t } = useTranslation();
  const { app } = useDesigner();
  const cache = useQueryClient();
  const tokens = useQuery(tokensQuery(app));
  const remove = useMutation({
    mutationFn: (token: Token) => deleteToken(app, token.id),
    onSuccess: () => {
      said(t("designer.tokenDeleted"));
      return cache.invalidateQueries({ queryKey: tokensQuery(app).queryKey });
    },
    onError: failed,
  });
  const ask = async (token: Token) => {
    const yes = await confirm({
      title: t("designer.deleteTokenTitle", { name: token.note || t("designer.noNote") }),
      body: t("designer.deleteTokenText"),
      confirm: t("common.delete"),
      danger: true,
    });
    if (yes) remove.mutate(token);
  };
  return (
    <div className={css.page}>
      <div className={css.stack}>
        <p className={css.soft}>{t("designer.tokensNote")}</p>
        {tokens.error && <Problem error={tokens.error} retry={() => tokens.refetch()} />}
        {tokens.data?.length === 0 && <EmptyState icon={IconKey} title={t("designer.noTokens")} />}
        {tokens.data && tokens.data.length > 0 && (
          <div className={css.scroll}>
            <Table verticalSpacing={4} miw={520}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("designer.tokenNote")}</Table.Th>
                  <Table.Th>{t("designer.tokenRights")}</Table.Th>
                  <Table.Th>{t("designer.tokenMade")}</Table.Th>
                  <Table.Th aria-label={t("designer.acts")} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {tokens.data.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td>{token.note || <span className={css.soft}>{t("designer.noNote")}</span>}</Table.Td>
                    <Table.Td>
                      {tokenRights
                        .filter((r) => token.rights[r])
                        .map((r) => t(`designer.tokenRight.${r}`))
                        .join(t("designer.comma"))}
                    </Table.Td>
                    <Table.Td>{formatDateTime(token.createdAt)}</Table.Td>
                    <Table.Td ta="right">
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t("designer.deleteToken", { name: token.note || t("designer.noNote") })}
                        onClick={() => void ask(token)}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        <NewTokenForm />
      </div>
    </div>
  );
}
