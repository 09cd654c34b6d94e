import { ActionIcon, Button, Menu, Table, TextInput } from "@mantine/core";
import {
  IconDots,
  IconLockOpen,
  IconPencil,
  IconPlayerPlay,
  IconPlayerStop,
  IconSearch,
  IconUserPlus,
  IconUsers,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import { confirm } from "../../ui/confirm";
import { Problem } from "../../ui/errors";
import { EmptyState, PageHeader } from "../../ui/page";
import { PersonChip } from "../../ui/person";
import { failed, said } from "../../ui/toast";
import { suspendUser, type User, unlockUser, usersQuery } from "./api";
import { UserDialog } from "./dialog";
import css from "./users.module.css";

/** The accounts of the company. */
export function UsersPage() {
  const { t } = useTranslation();
  const users = useQuery(usersQuery);
  const [word, setWord] = useState("");
  const [edited, setEdited] = useState<User | "new">();
  const shown = find(users.data ?? [], word);
  return (
    <>
      <PageHeader title={t("users.title")} note={users.data && t("users.count", { count: users.data.length })}>
        <TextInput
          aria-label={t("users.search")}
          placeholder={t("users.search")}
          leftSection={<IconSearch size={16} />}
          value={word}
          onChange={(e) => setWord(e.currentTarget.value)}
        />
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setEdited("new")}>
          {t("users.add")}
        </Button>
      </PageHeader>
      {users.error && <Problem error={users.error} retry={() => users.refetch()} />}
      {users.isSuccess && shown.length === 0 && <EmptyState icon={IconUsers} title={t("users.none")} />}
      {shown.length > 0 && (
        <div className={css.scroll}>
          <Table verticalSpacing={4} highlightOnHover className={css.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("users.name")}</Table.Th>
                <Table.Th>{t("users.login")}</Table.Th>
                <Table.Th>{t("users.email")}</Table.Th>
                <Table.Th>{t("users.state")}</Table.Th>
                <Table.Th aria-label={t("users.acts")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((user) => (
                <Row key={user.code} user={user} onEdit={() => setEdited(user)} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {edited && <UserDialog user={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function find(users: User[], word: string): User[] {
  const wanted = word.normalize("NFKC").toLowerCase().trim();
  if (!wanted) return users;
  return users.filter((u) => `${u.name} ${u.code} ${u.email ?? ""}`.normalize("NFKC").toLowerCase().includes(wanted));
}

/** Who is suspended cannot log in, locked or not. */
function stateOf(user: User): "active" | "suspended" | "locked" {
  if (!user.valid) return "suspended";
  return user.lockedUntil ? "locked" : "active";
}

function Row({ user, onEdit }: { user: User; onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <Table.Tr data-suspended={!user.valid || undefined}>
      <Table.Td>
        <PersonChip name={user.name} />
        <div className={css.also}>
          {user.code}
          {user.email && user.email !== user.code && <div>{user.email}</div>}
        </div>
      </Table.Td>
      <Table.Td>{user.code}</Table.Td>
      <Table.Td>{user.email}</Table.Td>
      <Table.Td>
        <span className={css.state} data-state={stateOf(user)}>
          {t(`users.${stateOf(user)}`)}
        </span>
      </Table.Td>
      <Table.Td ta="right">
        <UserActs user={user} onEdit={onEdit} />
      </Table.Td>
    </Table.Tr>
  );
}

function UserActs({ user, onEdit }: { user: User; onEdit: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const done = () => cache.invalidateQueries({ queryKey: usersQuery.queryKey });
  const suspend = useMutation({
    mutationFn: (suspended: boolean) => suspendUser(user.code, suspended),
    onSuccess: (_, suspended) => {
      said(t(suspended ? "users.wasSuspended" : "users.wasRestored", { name: user.name }));
      return done();
    },
    onError: failed,
  });
  const unlock = useMutation({
    mutationFn: () => unlockUser(user.code),
    onSuccess: () => {
      said(t("users.wasUnlocked", { name: user.name }));
      return done();
    },
    onError: failed,
  });
  const ask = async () => {
    const yes = await confirm({
      title: t("users.suspendTitle", { name: user.name }),
      body: t("users.suspendText"),
      confirm: t("users.suspend"),
      danger: true,
    });
    if (yes) suspend.mutate(true);
  };
  const self = user.code === boot().user?.code;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("users.actsOf", { name: user.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t("common.edit")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLockOpen size={16} />} onClick={() => unlock.mutate()}>
          {t("users.unlock")}
        </Menu.Item>
        {user.valid && !self && (
          <Menu.Item leftSection={<IconPlayerStop size={16} />} color="var(--danger)" onClick={ask}>
            {t("users.suspend")}
          </Menu.Item>
        )}
        {!user.valid && (
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => suspend.mutate(false)}>
            {t("users.restore")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
