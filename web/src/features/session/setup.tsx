import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { language } from "../../lib/i18n";
import { Problem } from "../../ui/errors";
import { setup } from "./api";
import { SessionFrame } from "./frame";
import { Password } from "./password";
import css from "./session.module.css";

/** The one-time page on which the first administrator and the company's name are set. */
export function SetupPage() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { company: "", name: "", login: "", password: "" },
    validate: {
      company: (v) => (v.trim() ? null : t("session.needed")),
      name: (v) => (v.trim() ? null : t("session.needed")),
      login: (v) => (v.trim() ? null : t("session.needed")),
      password: (v) => (v.length >= 8 ? null : t("session.passwordShort")),
    },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      setup({
        ...values,
        secret: location.pathname.split("/")[2] ?? "",
        locale: language(),
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    onSuccess: () => location.assign("/k/"),
    onError: (error) => {
      if (!(error instanceof ApiError)) return;
      for (const [path, { messages }] of Object.entries(error.errors)) form.setFieldError(path, messages.join(" "));
    },
  });
  return (
    <SessionFrame title={t("session.setupTitle")} note={t("session.setupNote")}>
      <form className={css.form} onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        {create.error && <Problem error={create.error} />}
        <TextInput
          label={t("session.company")}
          autoComplete="organization"
          autoFocus
          {...form.getInputProps("company")}
        />
        <TextInput label={t("session.yourName")} autoComplete="name" {...form.getInputProps("name")} />
        <TextInput
          label={t("session.loginName")}
          description={t("session.loginNameHint")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps("login")}
        />
        <Password
          label={t("session.password")}
          description={t("session.passwordHint")}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={create.isPending}>
          {t("session.start")}
        </Button>
      </form>
    </SessionFrame>
  );
}
