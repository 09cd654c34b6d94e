import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failed } from "../../ui/toast";
import { changeMe, logout } from "./api";

const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** The items under a person's name: own settings, language, light or dark, help, log out. */
export function UserMenu({ onKeys }: { onKeys: () => void }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useMutation({ mutationFn: logout, onSuccess: () => location.assign("/login"), onError: failed });
  const speak = useMutation({
    mutationFn: (locale: string) => changeMe({ locale }),
    onSuccess: () => location.reload(),
    onError: failed,
  });
  const other = i18n.language === "ja" ? "en" : "ja";
  return (
    <>
      <Menu.Item leftSection={<IconSettings size={16} />} component="a" href="/k/#/me">
        {t("session.mySettings")}
      </Menu.Item>
      <Menu.Item leftSection={<IconLanguage size={16} />} lang={other} onClick={() => speak.mutate(other)}>
        {other === "en" ? "English" : "日本語"}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>{t("session.scheme")}</Menu.Label>
      {(["light", "dark", "auto"] as const).map((scheme) => {
        const Picture = schemes[scheme];
        return (
          <Menu.Item
            key={scheme}
            closeMenuOnClick={false}
            leftSection={<Picture size={16} />}
            aria-current={colorScheme === scheme}
            fw={colorScheme === scheme ? 600 : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`session.scheme.${scheme}`)}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
      <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
        {t("common.keys")}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
        {t("session.logout")}
      </Menu.Item>
    </>
  );
}
