import { Button } from "@mantine/core";
import { IconMapSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import { EmptyState } from "../../ui/page";
import { mount } from "../providers";
import { staffPage } from "../staff";

/** The page of an address that leads nowhere, or nowhere this person may go: the two are not told apart. */
function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconMapSearch} title={t("common.notFound")} text={t("common.notFoundText")}>
      <Button component="a" href="/k/">
        {t("common.toHome")}
      </Button>
    </EmptyState>
  );
}

export default (root: HTMLElement) => (boot().user ? staffPage(<NotFound />)(root) : mount(root, <NotFound />));
