import { ActionIcon, Checkbox, Table } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type AppRight, appVerbs } from "../model/draft";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import { newRight, sameWho, withEntity, withVerb } from "./rights";
import { AddWho, useWhoName, WhoChip } from "./who";

/** The grid of who may do what; the first line that names a person counts. */
export function AppRights() {
  const { t } = useTranslation();
  const { draft, change } = useDesigner();
  const { appRights } = draft;
  const nameOf = useWhoName(appRights.map((r) => r.entity));
  const set = (fn: (list: AppRight[]) => AppRight[]) => change((d) => ({ ...d, appRights: fn(d.appRights) }));
  const managed = appRights.some((r) => r.appEditable);
  return (
    <>
      <div className={css.scroll}>
        <Table verticalSpacing={4} className={css.grid}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("designer.who")}</Table.Th>
              {appVerbs.map((v) => (
                <Table.Th key={v}>{t(`designer.verb.${v}`)}</Table.Th>
              ))}
              <Table.Th aria-label={t("designer.acts")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {appRights.map((right) => {
              const name = nameOf(right.entity);
              return (
                <Table.Tr key={`${right.entity.type} ${right.entity.code}`}>
                  <Table.Th scope="row">
                    <WhoChip who={right.entity} name={name} />
                  </Table.Th>
                  {appVerbs.map((verb) => (
                    <Table.Td key={verb}>
                      <Checkbox
                        className={css.tick}
                        aria-label={`${name}: ${t(`designer.verb.${verb}`)}`}
                        checked={right[verb]}
                        onChange={(e) => {
                          const on = e.currentTarget.checked;
                          set((list) => list.map((r) => (sameWho(r.entity, right.entity) ? withVerb(r, verb, on) : r)));
                        }}
                      />
                    </Table.Td>
                  ))}
                  <Table.Td>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("designer.removeLine", { name })}
                      onClick={() => set((list) => list.filter((r) => !sameWho(r.entity, right.entity)))}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {!managed && <p className={css.bad}>{t("designer.nobodyManages")}</p>}
      <AddWho creator label={t("designer.addWho")} onAdd={(who) => set((list) => withEntity(list, newRight(who)))} />
    </>
  );
}
