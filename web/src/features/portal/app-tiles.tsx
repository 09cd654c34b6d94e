import { TextInput } from "@mantine/core";
import { IconSearch, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { plainText } from "../../lib/html";
import { formatCount } from "../../lib/numbers";
import { appIcons } from "../../ui/app-icon";
import type { PortalApp } from "./api";
import css from "./portal.module.css";
import { toggleStar, useStars } from "./stars";

/** Apps as tiles big enough for a thumb. */
export function AppTiles({ title, apps, findable }: { title: string; apps: PortalApp[]; findable?: boolean }) {
  const { t } = useTranslation();
  const [word, setWord] = useState("");
  const wanted = word.normalize("NFKC").toLowerCase();
  const shown = wanted ? apps.filter((a) => a.name.normalize("NFKC").toLowerCase().includes(wanted)) : apps;
  return (
    <section>
      <div className={css.tilesHead}>
        <h2 className={css.heading}>{title}</h2>
        {findable && (
          <TextInput
            size="xs"
            aria-label={t("portal.findApp")}
            placeholder={t("portal.findApp")}
            leftSection={<IconSearch size={14} />}
            value={word}
            onChange={(e) => setWord(e.currentTarget.value)}
          />
        )}
      </div>
      <ul className={css.tiles}>
        {shown.map((app) => (
          <Tile key={app.id} app={app} />
        ))}
      </ul>
    </section>
  );
}

/** The app's icon, or the first letter of its name. */
function AppPicture({ app }: { app: PortalApp }) {
  const Icon = appIcons[app.icon?.key ?? ""];
  return Icon ? <Icon size={22} /> : [...app.name][0];
}

function Tile({ app }: { app: PortalApp }) {
  const { t } = useTranslation();
  const starred = useStars().has(app.id);
  const count = app.recordCount === null ? undefined : Number(app.recordCount);
  return (
    <li className={css.tile}>
      <a href={`/k/${app.id}/`} className={css.tileLink}>
        <span className={css.tilePicture} aria-hidden>
          <AppPicture app={app} />
        </span>
        <span className={css.tileText}>
          <span className={css.tileName}>{app.name}</span>
          <span className={css.tileNote}>
            {count === undefined
              ? plainText(app.description)
              : t("portal.records", { count, number: formatCount(count) })}
          </span>
        </span>
      </a>
      <button
        type="button"
        className={css.star}
        aria-pressed={starred}
        aria-label={t("portal.star", { name: app.name })}
        onClick={() => toggleStar(app.id)}
      >
        {starred ? <IconStarFilled size={16} /> : <IconStar size={16} />}
      </button>
    </li>
  );
}
