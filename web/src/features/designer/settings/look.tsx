import { Input } from "@mantine/core";
import { type CSSProperties, useId } from "react";
import { useTranslation } from "react-i18next";
import { appIcons } from "../../../ui/app-icon";
import type { Icon } from "../model/draft";
import css from "../sections.module.css";

/** The app's picture. The first is the first letter of its name. */
export function IconChoice({ value, name, onChange }: { value: Icon; name: string; onChange: (icon: Icon) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const chosen = value.type === "PRESET" ? value.key : "";
  const keys = Object.keys(appIcons);
  return (
    <div>
      <Input.Label id={id} component="div">
        {t("designer.setting.icon")}
      </Input.Label>
      <div className={css.icons} role="radiogroup" aria-labelledby={id}>
        {["APP1", ...keys].map((key) => {
          const Picture = appIcons[key];
          const on = key === "APP1" ? !keys.includes(chosen) : chosen === key;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a picture to press, not a dot
            <button
              key={key}
              type="button"
              role="radio"
              aria-checked={on}
              aria-label={t(`designer.icon.${key}`)}
              className={css.icon}
              onClick={() => onChange({ type: "PRESET", key })}
            >
              {Picture ? <Picture size={22} stroke={1.5} aria-hidden /> : ([...name][0] ?? "")}
            </button>
          );
        })}
      </div>
    </div>
  );
}

const themes: Record<string, string> = {
  WHITE: "#fffdf9",
  RED: "#b5493f",
  GREEN: "#4d7f52",
  BLUE: "#35689a",
  YELLOW: "#d3a53a",
  BLACK: "#35322c",
};

/** The colour that marks the app. */
export function ThemeChoice({ value, onChange }: { value: string; onChange: (theme: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <Input.Label id={id} component="div">
        {t("designer.setting.theme")}
      </Input.Label>
      <div className={css.themes} role="radiogroup" aria-labelledby={id}>
        {Object.entries(themes).map(([key, colour]) => (
          // biome-ignore lint/a11y/useSemanticElements: a colour to press, not a dot
          <button
            key={key}
            type="button"
            role="radio"
            aria-checked={key === value || (key === "WHITE" && !themes[value])}
            className={css.theme}
            onClick={() => onChange(key)}
          >
            <span className={css.swatch} style={{ "--swatch": colour } as CSSProperties} aria-hidden />
            {t(`designer.theme.${key}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
