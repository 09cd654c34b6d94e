import { IconUserStar, IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { PeopleInput } from "../../../fields/shared/people-input";
import { PersonChip } from "../../../ui/person";
import { usePeople } from "../form/panel/people";
import type { Who } from "../model/draft";
import css from "../sections.module.css";
import { everyone, isEveryone } from "./rights";

/** Whom a permission is about, in words. */
export function useWhoName(list: Who[]): (who: Who) => string {
  const { t } = useTranslation();
  const known = usePeople(list.flatMap((w) => (w.type === "USER" && w.code ? w.code : [])));
  return (who) => {
    if (who.type === "CREATOR") return t("designer.appCreator");
    if (isEveryone(who)) return t("designer.everyone");
    return who.type === "USER" ? known(who.code ?? "").name : (who.code ?? "");
  };
}

export function WhoChip({ who, name }: { who: Who; name: string }) {
  if (who.type === "USER") return <PersonChip name={name} />;
  const Icon = who.type === "CREATOR" ? IconUserStar : IconUsersGroup;
  return (
    <span className={css.row}>
      <Icon size={18} aria-hidden />
      {name}
    </span>
  );
}

type Props = { label: string; creator?: boolean; onAdd: (who: Who) => void };

/** Names one more: a person, everybody, or whoever made the app. */
export function AddWho({ label, creator, onAdd }: Props) {
  const { t } = useTranslation();
  const special = [
    { code: "\u0000everyone", name: t("designer.everyone"), who: everyone },
    ...(creator
      ? [{ code: "\u0000creator", name: t("designer.appCreator"), who: { type: "CREATOR", code: null } as Who }]
      : []),
  ];
  return (
    <PeopleInput
      aria-label={label}
      placeholder={label}
      maw={360}
      extra={special}
      value={[]}
      onChange={([person]) => {
        if (!person) return;
        onAdd(special.find((s) => s.code === person.code)?.who ?? { type: "USER", code: person.code });
      }}
    />
  );
}
