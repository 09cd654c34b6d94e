import { ActionIcon, Avatar, Menu, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import type { Icon } from "@tabler/icons-react";
import { IconBell, IconMenu2, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "./keys-help";
import css from "./shell.module.css";

export type NavItem = { label: string; href: string; icon?: Icon; count?: number; current?: boolean };
export type NavSection = { id: string; title?: string; items: NavItem[] };

type Props = {
  company: string;
  person: string;
  unread: number;
  nav: NavSection[];
  /** The items of the user's menu. */
  menu: ReactNode;
  /** A screen that uses the whole width and scrolls inside itself (the list, the designer). */
  wide?: boolean;
  children: ReactNode;
};

/** The frame of every staff screen: bar, side navigation (off-canvas on phones) and the screen itself. */
export function Shell({ company, person, unread, nav, menu, wide, children }: Props) {
  const { t } = useTranslation();
  const [open, side] = useDisclosure(false);

  useEffect(() => {
    if (!open) return;
    const close = (e: KeyboardEvent) => e.key === "Escape" && side.close();
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [open, side]);

  return (
    <div className={css.shell} data-open={open || undefined}>
      <a className={css.skip} href="#main">
        {t("common.skip")}
      </a>
      <header className={css.bar}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={css.menu}
          aria-label={t("common.menu")}
          aria-expanded={open}
          aria-controls="side"
          onClick={side.toggle}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <a href="/k/" className={css.brand}>
          <span className={css.product}>Engawa</span>
          <span className={css.company}>{company}</span>
        </a>
        <UnstyledButton className={css.search} onClick={spotlight.open} aria-label={t("common.search")}>
          <IconSearch size={16} aria-hidden />
          <span className={css.searchText}>{t("common.search")}</span>
          <span className={css.searchKeys}>
            <Keys shortcut="mod+k" />
          </span>
        </UnstyledButton>
        <a
          className={css.bell}
          href="/k/#/ntf"
          aria-label={unread ? t("common.unread", { count: unread }) : t("common.notifications")}
        >
          <IconBell size={20} aria-hidden />
          {unread > 0 && <span className={css.count}>{unread > 99 ? "99+" : unread}</span>}
        </a>
        <Menu width={240}>
          <Menu.Target>
            <UnstyledButton className={css.person} aria-label={t("common.userMenu", { name: person })}>
              <Avatar size={28} color="indigo">
                {[...person][0]}
              </Avatar>
              <span className={css.personName}>{person}</span>
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>{menu}</Menu.Dropdown>
        </Menu>
      </header>
      <nav id="side" className={css.side} aria-label={t("common.menu")}>
        {nav.map((section) => (
          <Section key={section.id} section={section} onFollow={side.close} />
        ))}
      </nav>
      {open && <button type="button" className={css.veil} aria-label={t("common.close")} onClick={side.close} />}
      <main id="main" className={css.main} data-wide={wide || undefined} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Section({ section, onFollow }: { section: NavSection; onFollow: () => void }) {
  return (
    <div className={css.section}>
      {section.title && <h2 className={css.sectionTitle}>{section.title}</h2>}
      <ul className={css.items}>
        {section.items.map((item) => (
          <li key={item.href}>
            <a
              href={item.href}
              className={css.item}
              aria-current={item.current ? "page" : undefined}
              onClick={onFollow}
            >
              {item.icon && <item.icon size={18} aria-hidden className={css.itemIcon} />}
              <span className={css.itemLabel}>{item.label}</span>
              {item.count ? <span className={css.itemCount}>{item.count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
