import { IconUser } from "@tabler/icons-react";
import { OutsideBadge } from "./outside-badge";
import css from "./ui.module.css";

/** A person: picture and name, with the outside mark for those who are not of the company. */
export function PersonChip({ name, outside }: { name: string; outside?: boolean }) {
  return (
    <span className={css.person}>
      <span className={css.personPicture} data-outside={outside || undefined} aria-hidden>
        {[...name][0] ?? <IconUser size={12} />}
      </span>
      <span className={css.personName}>{name}</span>
      {outside && <OutsideBadge />}
    </span>
  );
}
