import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { minWidth, resize, step } from "../../model/edit";
import type { Cell } from "../../model/form";
import { hasInnerHeight, usualInnerHeight, usualWidth } from "../../model/kinds";
import { useDesigner } from "../../state";
import css from "./panel.module.css";

/** The sizes of a part, in px. */
export function Sizes({ cell }: { cell: Cell }) {
  const { t } = useTranslation();
  const { changeForm } = useDesigner();
  const input = (name: "width" | "height" | "innerHeight", usual: number, min: number) => (
    <NumberInput
      label={t(`designer.size.${name}`)}
      suffix=" px"
      min={min}
      max={3000}
      step={step}
      clampBehavior="blur"
      allowDecimal={false}
      value={cell[name] ?? usual}
      onChange={(value) => {
        // what is being typed may still be too small; it is taken once it is a size
        if (typeof value === "number" && value >= min) {
          changeForm((f) => resize(f, cell.key, { [name]: value }), `${name} ${cell.key}`);
        }
      }}
    />
  );
  return (
    <div className={css.two}>
      {input("width", usualWidth(cell.type), minWidth)}
      {cell.type === "SPACER" && input("height", 60, step)}
      {hasInnerHeight(cell.type) && input("innerHeight", usualInnerHeight(cell.type), 40)}
    </div>
  );
}
