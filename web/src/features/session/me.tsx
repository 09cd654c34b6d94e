import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { zones } from "../../lib/zones";
import { Problem } from "../../ui/errors";
import { PageHeader } from "../../ui/page";
import { said } from "../../ui/toast";
import { changeMe, changePassword, type Me, meQuery } from "./api";
import { Password } from "./password";
import css from "./session.module.css";

/** A person's own settings. */
export function MyPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  return (
    <>
      <PageHeader title={t("session.mySettings")} />
      {me.error && <Problem error={me.error} retry={() => me.refetch()} />}
      {me.data && (
        <div className={css.settings}>
          <ProfileForm me={me.data} />
          <PasswordForm />
        </div>
      )}
    </>
  );
}

function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: me.name, email: me.email ?? "", locale: me.locale, timezone: me.timezone },
    validate: { name: (v) => (v.trim() ? null : t("session.needed")) },
  });
  const save = useMutation({
    mutationFn: changeMe,
    onSuccess: () => location.reload(), // language and time zone are in the document
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      {save.error && <Problem error={save.error} />}
      <TextInput label={t("session.yourName")} autoComplete="name" {...form.getInputProps("name")} />
      <TextInput label={t("session.email")} type="email" autoComplete="email" {...form.getInputProps("email")} />
      <Select
        label={t("session.language")}
        allowDeselect={false}
        data={[
          { value: "auto", label: t("session.languageAuto") },
          { value: "ja", label: "日本語" },
          { value: "en", label: "English" },
        ]}
        {...form.getInputProps("locale")}
      />
      <Select
        label={t("session.timezone")}
        searchable
        allowDeselect={false}
        data={zones()}
        {...form.getInputProps("timezone")}
      />
      <Button type="submit" loading={save.isPending} style={{ justifySelf: "start" }}>
        {t("common.save")}
      </Button>
    </form>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: {
      current: (v) => (v ? null : t("session.needed")),
      next: (v) => (v.length >= 8 ? null : t("session.passwordShort")),
    },
  });
  const save = useMutation({
    mutationFn: (v: typeof form.values) => changePassword(v.current, v.next),
    onSuccess: () => {
      form.reset();
      said(t("session.passwordChanged"));
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return;
      for (const [path, { messages }] of Object.entries(error.errors)) form.setFieldError(path, messages.join(" "));
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <h2>{t("session.changePassword")}</h2>
      {save.error && <Problem error={save.error} />}
      <Password
        label={t("session.currentPassword")}
        autoComplete="current-password"
        {...form.getInputProps("current")}
      />
      <Password
        label={t("session.newPassword")}
        description={t("session.passwordHint")}
        autoComplete="new-password"
        {...form.getInputProps("next")}
      />
      <Button type="submit" variant="default" loading={save.isPending} style={{ justifySelf: "start" }}>
        {t("session.changePassword")}
      </Button>
    </form>
  );
}
