import { Checkbox, Input, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../../model/form";
import css from "./panel.module.css";
import { useSetting } from "./setting";

type Props = { field: Field };

/** How values are shown. */
export function NumberLook({ field }: Props) {
  const { t } = useTranslation();
  const { set, problem } = useSetting(field);
  const decimals = ["", ...Array.from({ length: 11 }, (_, n) => String(n))];
  return (
    <>
      <Checkbox
        label={t("designer.setting.digit")}
        checked={!!field.digit}
        onChange={(e) => set({ digit: e.currentTarget.checked })}
      />
      <div className={css.two}>
        <TextInput
          label={t("designer.setting.unit")}
          placeholder={t("designer.unitHint")}
          autoComplete="off"
          value={field.unit ?? ""}
          error={problem("unit")}
          onChange={(e) => set({ unit: e.currentTarget.value }, "unit")}
        />
        <Segments
          label={t("designer.setting.unitPosition")}
          value={field.unitPosition ?? "BEFORE"}
          options={["BEFORE", "AFTER"]}
          word={(o) => t(`designer.unitPosition.${o}`)}
          onChange={(unitPosition) => set({ unitPosition: unitPosition as Field["unitPosition"] })}
        />
      </div>
      <Select
        label={t("designer.setting.displayScale")}
        allowDeselect={false}
        data={decimals.map((n) => ({ value: n, label: n === "" ? t("designer.decimalsAll") : n }))}
        value={field.displayScale ?? ""}
        onChange={(displayScale) => set({ displayScale: displayScale ?? "" })}
      />
    </>
  );
}

export function Align({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Segments
      label={t("designer.setting.align")}
      value={field.align ?? "HORIZONTAL"}
      options={["HORIZONTAL", "VERTICAL"]}
      word={(o) => t(`designer.align.${o}`)}
      onChange={(align) => set({ align: align as Field["align"] })}
    />
  );
}

export function Protocol({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Segments
      label={t("designer.setting.protocol")}
      value={field.protocol ?? "WEB"}
      options={["WEB", "MAIL", "CALL"]}
      word={(o) => t(`designer.protocol.${o}`)}
      onChange={(protocol) => set({ protocol: protocol as Field["protocol"] })}
    />
  );
}

export function Thumbnails({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Segments
      label={t("designer.setting.thumbnailSize")}
      value={field.thumbnailSize ?? "150"}
      options={["50", "150", "250", "500"]}
      word={(o) => t(`designer.thumbnail.${o}`)}
      onChange={(thumbnailSize) => set({ thumbnailSize })}
    />
  );
}

export function OpenGroup({ field }: Props) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  return (
    <Checkbox
      label={t("designer.setting.openGroup")}
      checked={!!field.openGroup}
      onChange={(e) => set({ openGroup: e.currentTarget.checked })}
    />
  );
}

type SegmentsProps = {
  label: string;
  value: string;
  options: string[];
  word: (option: string) => string;
  onChange: (value: string) => void;
};

function Segments({ label, value, options, word, onChange }: SegmentsProps) {
  const id = useId();
  return (
    <div>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={value}
        onChange={onChange}
        data={options.map((o) => ({ value: o, label: word(o) }))}
      />
    </div>
  );
}
