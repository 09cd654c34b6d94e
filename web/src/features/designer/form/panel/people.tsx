import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PeopleInput } from "../../../../fields/shared/people-input";
import type { Person } from "../../../../lib/kintone";
import { peopleQuery } from "../../../../lib/people";
import type { Field } from "../../model/form";
import { useSetting } from "./setting";

/** People by their login names: settings keep no others. */
export function usePeople(codes: string[]): (code: string) => Person {
  const answers = useQueries({ queries: codes.map((code) => peopleQuery(code)) });
  const known = new Map(answers.flatMap((a) => a.data ?? []).map((p) => [p.code, p]));
  return (code) => known.get(code) ?? { code, name: code };
}

/** Who may be chosen; nobody named means everybody. */
export function Candidates({ field }: { field: Field }) {
  const { t } = useTranslation();
  const { set } = useSetting(field);
  const users = (field.entities ?? []).filter((e) => e.type === "USER");
  const others = (field.entities ?? []).filter((e) => e.type !== "USER");
  const known = usePeople(users.map((e) => e.code));
  return (
    <PeopleInput
      label={t("designer.setting.entities")}
      description={t("designer.candidatesNote")}
      value={users.map((e) => known(e.code))}
      onChange={(people) =>
        set({ entities: [...people.map(({ code }) => ({ type: "USER" as const, code })), ...others] })
      }
    />
  );
}
