import { ActionIcon, Button, Checkbox, Switch, TextInput, Tooltip } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DayInput } from "../../fields/shared/date-input";
import { today } from "../../lib/dates";
import { CopyIcon } from "./copy";
import { type Draft, dayChoices, dayIn } from "./draft";
import { makePassword } from "./password";
import css from "./share.module.css";

type Props = { draft: Draft; hasPassword: boolean; onChange: (next: Partial<Draft>) => void };

/** Until when, behind which password, and what may be done. */
export function Limits({ draft, hasPassword, onChange }: Props) {
  const { t } = useTranslation();
  const kept = hasPassword && draft.password === undefined;
  return (
    <>
      <fieldset className={css.part}>
        <legend>{t("share.howLong")}</legend>
        <div className={css.days}>
          {dayChoices.map((days) => (
            <Button
              key={days}
              size="compact-sm"
              variant="default"
              aria-pressed={draft.lastDay === dayIn(days)}
              onClick={() => onChange({ lastDay: dayIn(days) })}
            >
              {t("share.days", { count: days })}
            </Button>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            aria-pressed={draft.lastDay === ""}
            onClick={() => onChange({ lastDay: "" })}
          >
            {t("share.forever")}
          </Button>
        </div>
        <DayInput
          label={t("share.lastDay")}
          value={draft.lastDay}
          minDate={today()}
          clearButtonProps={{ "aria-label": t("share.forever") }}
          onChange={(lastDay) => onChange({ lastDay })}
        />
      </fieldset>
      <fieldset className={css.part}>
        <legend>{t("share.password")}</legend>
        <Switch
          color="kaki"
          label={t("share.usePassword")}
          checked={draft.password !== ""}
          onChange={(e) => onChange({ password: e.currentTarget.checked ? makePassword() : "" })}
        />
        {kept && (
          <p className={css.soft}>
            {t("share.passwordKept")}{" "}
            <button type="button" className={css.textButton} onClick={() => onChange({ password: makePassword() })}>
              {t("share.passwordNew")}
            </button>
          </p>
        )}
        {draft.password && (
          <TextInput
            aria-label={t("share.password")}
            description={t("share.passwordHint")}
            value={draft.password}
            autoComplete="off"
            spellCheck={false}
            onChange={(e) => onChange({ password: e.currentTarget.value })}
            rightSectionWidth={72}
            rightSection={
              <>
                <Tooltip label={t("share.passwordNew")}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("share.passwordNew")}
                    onClick={() => onChange({ password: makePassword() })}
                  >
                    <IconRefresh size={16} />
                  </ActionIcon>
                </Tooltip>
                <CopyIcon value={draft.password} />
              </>
            }
          />
        )}
      </fieldset>
      <fieldset className={css.part}>
        <legend>{t("share.may")}</legend>
        <Checkbox
          color="kaki"
          label={t("share.allowComment")}
          checked={draft.mayComment}
          onChange={(e) => onChange({ mayComment: e.currentTarget.checked })}
        />
        <Checkbox
          color="kaki"
          label={t("share.allowDownload")}
          checked={draft.mayDownload}
          onChange={(e) => onChange({ mayDownload: e.currentTarget.checked })}
        />
      </fieldset>
    </>
  );
}
