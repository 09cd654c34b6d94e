import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import { ApiError } from "../../lib/http";
import { zones } from "../../lib/zones";
import { Problem } from "../../ui/errors";
import { said } from "../../ui/toast";
import { addUser, changeUser, type User, usersQuery } from "./api";

/** Adds an account, or changes one. */
export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const form = useForm({
    initialValues: {
      code: user?.code ?? "",
      name: user?.name ?? "",
      email: user?.email ?? "",
      locale: user?.locale ?? boot().lang,
      timezone: user?.timezone ?? boot().user?.timezone ?? "Asia/Tokyo",
      password: "",
    },
    validate: {
      code: (v) => (v.trim() ? null : t("users.needed")),
      name: (v) => (v.trim() ? null : t("users.needed")),
      email: (v) => (!v || /^\S+@\S+$/.test(v) ? null : t("users.emailWrong")),
      password: (v) => (user || v.length >= 8 ? null : t("users.passwordShort")),
    },
  });
  const save = useMutation({
    mutationFn: user ? changeUser : addUser,
    onSuccess: (_, values) => {
      said(t(user ? "users.wasChanged" : "users.wasAdded", { name: values.name }));
      onClose();
      return cache.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return;
      for (const [path, { messages }] of Object.entries(error.errors)) {
        form.setFieldError(path.replace(/^users\[0\]\./, ""), messages.join(" "));
      }
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(user ? "users.editTitle" : "users.addTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack gap="md">
          {save.error && <Problem error={save.error} />}
          <TextInput label={t("users.name")} autoComplete="off" data-autofocus {...form.getInputProps("name")} />
          <TextInput
            label={t("users.login")}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            disabled={!!user}
            {...form.getInputProps("code")}
          />
          {!user && (
            <PasswordInput
              label={t("users.password")}
              description={t("users.passwordHint")}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ "aria-label": t("users.reveal") }}
              {...form.getInputProps("password")}
            />
          )}
          <TextInput label={t("users.email")} type="email" autoComplete="off" {...form.getInputProps("email")} />
          <Select
            label={t("users.locale")}
            allowDeselect={false}
            data={[
              { value: "auto", label: t("users.localeAuto") },
              { value: "ja", label: "日本語" },
              { value: "en", label: "English" },
            ]}
            {...form.getInputProps("locale")}
          />
          <Select
            label={t("users.timezone")}
            searchable
            allowDeselect={false}
            data={zones()}
            {...form.getInputProps("timezone")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(user ? "common.save" : "users.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
