import { Modal, Table, UnstyledButton } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../lib/dates";
import { Problem } from "../../ui/errors";
import { EmptyState, PageHeader } from "../../ui/page";
import { type Mail, mailQuery, mailsQuery } from "./api";
import css from "./mails.module.css";

/** The mails written while no mail server is set: an administrator reads here what people would have got. */
export function MailsPage() {
  const { t } = useTranslation();
  const mails = useQuery(mailsQuery);
  const [opened, setOpened] = useState<Mail>();
  return (
    <>
      <PageHeader title={t("mails.title")} note={t("mails.note")} />
      {mails.error && <Problem error={mails.error} retry={() => mails.refetch()} />}
      {mails.data?.length === 0 && <EmptyState icon={IconMail} title={t("mails.empty")} />}
      {mails.data && mails.data.length > 0 && (
        <Table verticalSpacing={4} highlightOnHover className={css.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("mails.subject")}</Table.Th>
              <Table.Th>{t("mails.to")}</Table.Th>
              <Table.Th>{t("mails.at")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {mails.data.map((mail) => (
              <Table.Tr key={mail.id}>
                <Table.Td>
                  <UnstyledButton className={css.subject} onClick={() => setOpened(mail)}>
                    {mail.subject}
                  </UnstyledButton>
                  <div className={css.also}>
                    {[mail.to].flat().join(", ")} · {formatDateTime(mail.at)}
                  </div>
                </Table.Td>
                <Table.Td>{[mail.to].flat().join(", ")}</Table.Td>
                <Table.Td>{formatDateTime(mail.at)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {opened && <MailDialog mail={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function MailDialog({ mail, onClose }: { mail: Mail; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(mailQuery(mail.id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={mail.subject}
      size="lg"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {error && <Problem error={error} />}
      {data && <pre className={css.text}>{data.text}</pre>}
    </Modal>
  );
}
