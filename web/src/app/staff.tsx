import { IconBell, IconHome, IconMail, IconStarFilled, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { unreadQuery, useLiveNotices } from "../features/notifications/api";
import { portalQuery } from "../features/portal/api";
import { useStars } from "../features/portal/stars";
import { UserMenu } from "../features/session/user-menu";
import { boot, currentUser } from "../lib/boot";
import { useRawHash } from "../lib/location";
import { type Command, command, useCommands } from "../ui/command";
import { Crash } from "../ui/crash";
import { KeysHelp } from "../ui/keys-help";
import { Palette, type Place } from "../ui/palette";
import { type NavSection, Shell } from "../ui/shell";
import { useKeyboard } from "./keyboard";
import { mount } from "./providers";

type Props = { wide?: boolean; children: ReactNode };

/** A staff screen in its frame, with navigation, palette and help composed from the features. */
function Staff({ wide, children }: Props) {
  const { t } = useTranslation();
  const [help, setHelp] = useState(false);
  const { nav, places, unread } = useNavigation();
  const context = useMemo(() => ({ showHelp: () => setHelp(true) }), []);
  useKeyboard();
  useCommands(everywhere, context, true);
  return (
    <Shell
      company={boot().site.name}
      person={currentUser().name}
      unread={unread}
      nav={nav}
      menu={<UserMenu onKeys={context.showHelp} />}
      wide={wide}
    >
      <Crash>{children}</Crash>
      <Palette places={places.map((p) => ({ ...p, group: t(p.group) }))} />
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </Shell>
  );
}

type Everywhere = { showHelp: () => void };
const everywhere: Command<Everywhere>[] = [
  command<Everywhere>({
    id: "go.home",
    label: "nav.goHome",
    icon: IconHome,
    shortcut: "alt+h",
    run: () => location.assign("/k/"),
  }),
  command<Everywhere>({
    id: "go.notifications",
    label: "nav.goNotifications",
    icon: IconBell,
    shortcut: "alt+n",
    run: () => location.assign("/k/#/ntf"),
  }),
  command<Everywhere>({ id: "help.keys", label: "common.keys", shortcut: "?", run: (c) => c.showHelp() }),
];

function useNavigation(): { nav: NavSection[]; places: Place[]; unread: number } {
  const { t } = useTranslation();
  const portal = useQuery(portalQuery);
  const { data: unread = 0 } = useQuery(unreadQuery);
  const hash = useRawHash();
  const stars = useStars();
  useLiveNotices();
  const { user, page, app, devMail } = boot();
  const apps = portal.data?.apps ?? [];
  const starred = apps.filter((a) => stars.has(a.id));
  const shown = starred.length > 0 ? starred : apps.slice(0, 8);
  const nav: NavSection[] = [
    {
      id: "main",
      items: [
        { label: t("nav.home"), href: "/k/", icon: IconHome, current: page === "portal" && hash === "" },
        {
          label: t("nav.notifications"),
          href: "/k/#/ntf",
          icon: IconBell,
          count: unread,
          current: page === "portal" && hash === "/ntf",
        },
      ],
    },
    {
      id: "apps",
      title: starred.length > 0 ? t("nav.starred") : t("nav.apps"),
      items: shown.map((a) => ({
        label: a.name,
        href: `/k/${a.id}/`,
        icon: stars.has(a.id) ? IconStarFilled : undefined,
        current: app?.id === a.id,
      })),
    },
  ];
  const places: Place[] = apps.map((a) => ({ id: a.id, label: a.name, group: "nav.apps", href: `/k/${a.id}/` }));
  if (user?.admin) {
    const admin = [
      { label: t("nav.users"), href: "/admin/users", icon: IconUsers, current: location.pathname === "/admin/users" },
      ...(devMail
        ? [
            {
              label: t("nav.mails"),
              href: "/admin/mails",
              icon: IconMail,
              current: location.pathname === "/admin/mails",
            },
          ]
        : []),
    ];
    nav.push({ id: "admin", title: t("nav.admin"), items: admin });
    for (const a of admin) places.push({ id: a.href, label: a.label, group: "nav.admin", href: a.href });
  }
  return { nav: nav.filter((s) => s.items.length > 0), places, unread };
}

/** Mounts a staff screen. */
export const staffPage =
  (screen: ReactNode, options: { wide?: boolean } = {}) =>
  (root: HTMLElement): Promise<void> =>
    mount(root, <Staff wide={options.wide}>{screen}</Staff>);
