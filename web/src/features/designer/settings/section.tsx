import { Button, Checkbox, Input, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { go } from "../../../lib/location";
import { confirm } from "../../../ui/confirm";
import { failed } from "../../../ui/toast";
import { deleteApp } from "../api";
import type { General } from "../model/draft";
import { reading } from "../model/form";
import { appKey } from "../model/problems";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { IconChoice, ThemeChoice } from "./look";
import { plainOf, richOf } from "./plain";

const switches = [
  "enableComments",
  "enableDuplicateRecord",
  "enableInlineRecordEditing",
  "enableBulkDeletion",
  "enableThumbnails",
] as const;

/** What the app is called, how it looks, and what its records can do. */
export function SettingsSection() {
  const { t } = useTranslation();
  const { draft, change, problems } = useDesigner();
  const { general, form } = draft;
  const set = (next: Partial<General>, mark?: string) =>
    change((d) => ({ ...d, general: { ...d.general, ...next } }), mark);
  const problem = (at: string) => {
    const found = problems.get(appKey)?.find((p) => p.at === at);
    return found && t(`designer.problem.${found.name}`);
  };
  const precision = (next: Partial<General["numberPrecision"]>) =>
    set({ numberPrecision: { ...general.numberPrecision, ...next } }, "precision");
  const titles = reading(form).flatMap((key) => form.fields[key] ?? []);
  const { description } = general;
  return (
    <div className={css.page}>
      <div className={css.stack}>
        <TextInput
          label={t("designer.setting.name")}
          autoComplete="off"
          maw={480}
          value={general.name}
          error={problem("name")}
          onChange={(e) => set({ name: e.currentTarget.value }, "app name")}
        />
        <Textarea
          label={t("designer.setting.description")}
          description={t("designer.descriptionNote")}
          autosize
          minRows={2}
          maw={640}
          value={plainOf(description)}
          error={problem("description")}
          onChange={(e) => set({ description: richOf(e.currentTarget.value) }, "description")}
        />
        <IconChoice value={general.icon} name={general.name} onChange={(icon) => set({ icon })} />
        <ThemeChoice value={general.theme} onChange={(theme) => set({ theme })} />
        <h2>{t("designer.records")}</h2>
        <Select
          label={t("designer.setting.titleField")}
          description={t("designer.titleNote")}
          allowDeselect={false}
          maw={480}
          data={[
            { value: "", label: t("designer.titleAuto") },
            ...titles.filter((f) => titleTypes.has(f.type)).map((f) => ({ value: f.code, label: f.label })),
          ]}
          value={general.titleField.selectionMode === "MANUAL" ? (general.titleField.code ?? "") : ""}
          onChange={(code) => set({ titleField: code ? { selectionMode: "MANUAL", code } : { selectionMode: "AUTO" } })}
        />
        {switches.map((name) => (
          <Checkbox
            key={name}
            label={t(`designer.setting.${name}`)}
            checked={general[name]}
            onChange={(e) => set({ [name]: e.currentTarget.checked })}
          />
        ))}
        <h2>{t("designer.setting.numberPrecision")}</h2>
        <div className={css.row}>
          <NumberInput
            label={t("designer.digits")}
            w={140}
            min={1}
            max={30}
            allowDecimal={false}
            value={Number(general.numberPrecision.digits)}
            onChange={(v) => typeof v === "number" && v >= 1 && precision({ digits: String(v) })}
          />
          <NumberInput
            label={t("designer.decimalPlaces")}
            w={140}
            min={0}
            max={10}
            allowDecimal={false}
            value={Number(general.numberPrecision.decimalPlaces)}
            onChange={(v) => typeof v === "number" && precision({ decimalPlaces: String(v) })}
          />
          <Select
            label={t("designer.rounding")}
            w={180}
            allowDeselect={false}
            data={["HALF_EVEN", "UP", "DOWN"].map((r) => ({ value: r, label: t(`designer.roundingMode.${r}`) }))}
            value={general.numberPrecision.roundingMode}
            onChange={(r) => r && precision({ roundingMode: r })}
          />
        </div>
        <Select
          label={t("designer.setting.firstMonthOfFiscalYear")}
          w={180}
          allowDeselect={false}
          data={Array.from({ length: 12 }, (_, i) => ({
            value: String(i + 1),
            label: t("designer.month", { month: i + 1 }),
          }))}
          value={general.firstMonthOfFiscalYear}
          onChange={(m) => m && set({ firstMonthOfFiscalYear: m })}
        />
        <DeleteApp />
      </div>
    </div>
  );
}

const titleTypes = new Set([
  "RECORD_NUMBER",
  "SINGLE_LINE_TEXT",
  "MULTI_LINE_TEXT",
  "RICH_TEXT",
  "NUMBER",
  "DROP_DOWN",
  "RADIO_BUTTON",
  "DATE",
  "DATETIME",
  "LINK",
]);

function DeleteApp() {
  const { t } = useTranslation();
  const { app, draft } = useDesigner();
  const remove = async () => {
    const yes = await confirm({
      title: t("designer.deleteAppTitle", { name: draft.general.name }),
      body: t("designer.deleteAppText"),
      confirm: t("designer.deleteApp"),
      danger: true,
    });
    if (!yes) return;
    try {
      await deleteApp(app);
      go("/k/");
    } catch (error) {
      failed(error);
    }
  };
  return (
    <div className={css.danger}>
      <Input.Description mb={8}>{t("designer.deleteAppNote")}</Input.Description>
      <Button variant="default" c="var(--danger)" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
        {t("designer.deleteApp")}
      </Button>
    </div>
  );
}
