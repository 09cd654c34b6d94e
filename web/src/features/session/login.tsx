import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { problemText } from "../../lib/problem";
import { ProblemBox } from "../../ui/errors";
import { login } from "./api";
import { SessionFrame } from "./frame";
import { nextAddress } from "./next";
import { Password } from "./password";
import css from "./session.module.css";

/** The login page. Afterwards it goes where the visitor wanted to be. */
export function LoginPage() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: () => login(name.trim(), password),
    onSuccess: () => location.assign(nextAddress(location.search, location.hash)),
  });
  const submit = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const empty = !name ? "login" : !password ? "password" : undefined;
    if (empty) e.currentTarget.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus();
    else enter.mutate();
  };
  return (
    <SessionFrame title={t("session.loginTitle")}>
      <form className={css.form} onSubmit={submit} noValidate>
        {enter.error && <ProblemBox>{refusal(enter.error, t)}</ProblemBox>}
        <TextInput
          label={t("session.loginName")}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Password
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <Button type="submit" loading={enter.isPending}>
          {t("session.login")}
        </Button>
      </form>
    </SessionFrame>
  );
}

/** Says plainly whether the password was wrong or the account is locked, and for how long. */
function refusal(error: unknown, t: (key: string, args?: Record<string, unknown>) => string): string {
  if (!(error instanceof ApiError)) return problemText(error, t);
  if (error.status === 429) {
    return error.retryAfter
      ? t("session.locked", { minutes: Math.max(1, Math.ceil(error.retryAfter / 60)) })
      : t("session.lockedByAdmin");
  }
  if (error.status === 401) return t("session.wrong");
  return problemText(error, t);
}
