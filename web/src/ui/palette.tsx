import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useOffered } from "./command";
import { Keys } from "./keys-help";

/** A place the palette can lead to. */
export type Place = { id: string; label: string; group: string; href: string };

/** The command palette (Ctrl K): every act of the screen and every place, found by typing. */
export function Palette({ places }: { places: Place[] }) {
  const { t } = useTranslation();
  const acts: SpotlightActionData[] = useOffered()
    .filter((c) => c.enabled())
    .map((c) => ({
      id: c.id,
      label: t(c.label),
      leftSection: c.icon && <c.icon size={18} />,
      rightSection: c.shortcut && <Keys shortcut={c.shortcut} />,
      onClick: c.run,
    }));
  const groups = new Map<string, SpotlightActionData[]>();
  for (const p of places) {
    const list = groups.get(p.group) ?? [];
    list.push({ id: `place ${p.id}`, label: p.label, onClick: () => location.assign(p.href) });
    groups.set(p.group, list);
  }
  return (
    <Spotlight
      actions={[
        { group: t("common.acts"), actions: acts },
        ...[...groups].map(([group, actions]) => ({ group, actions })),
      ]}
      shortcut={["mod + K"]}
      limit={40}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound={t("common.nothingFound")}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t("common.searchHint"),
        "aria-label": t("common.search"),
      }}
    />
  );
}
