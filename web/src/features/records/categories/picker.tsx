import { Button, Checkbox, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../../ui/errors";
import { failed } from "../../../ui/toast";
import { type Category, categoriesQuery, fileRecord } from "./api";
import css from "./categories.module.css";

type Props = {
  app: string;
  record: string;
  revision: string;
  label: string;
  chosen: string[];
  onDone: () => void;
};

/** The tree of an app's categories, of which any number can be chosen for a record. */
export function CategoryPicker({ app, record, revision, label, chosen, onDone }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const tree = useQuery(categoriesQuery(app));
  const [names, setNames] = useState(chosen);
  const save = useMutation({
    mutationFn: () => fileRecord(app, record, revision, names),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["record", app, record] });
      onDone();
    },
    onError: failed,
  });
  if (tree.error) return <Problem error={tree.error} retry={() => tree.refetch()} />;
  if (!tree.data) return null;
  const toggle = (name: string, on: boolean) =>
    setNames((all) => (on ? [...all, name] : all.filter((other) => other !== name)));
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className={css.tree}>
        <legend className="visually-hidden">{label}</legend>
        {tree.data.length === 0 && <p className={css.blank}>{t("records.categories.none")}</p>}
        <Level list={tree.data} names={names} onToggle={toggle} />
      </fieldset>
      <Group justify="flex-end" gap={8}>
        <Button size="xs" variant="default" onClick={onDone}>
          {t("common.cancel")}
        </Button>
        <Button size="xs" type="submit" loading={save.isPending}>
          {t("common.save")}
        </Button>
      </Group>
    </form>
  );
}

type LevelProps = { list: Category[]; names: string[]; onToggle: (name: string, on: boolean) => void };

function Level({ list, names, onToggle }: LevelProps) {
  if (list.length === 0) return null;
  return (
    <ul className={css.level}>
      {list.map(({ name, children }) => (
        <li key={name}>
          <Checkbox
            label={name}
            checked={names.includes(name)}
            onChange={(e) => onToggle(name, e.currentTarget.checked)}
          />
          <Level list={children} names={names} onToggle={onToggle} />
        </li>
      ))}
    </ul>
  );
}
