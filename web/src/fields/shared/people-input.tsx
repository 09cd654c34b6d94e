import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../lib/kintone";
import { peopleQuery } from "../../lib/people";

type Props = Omit<MultiSelectProps<string>, "data" | "value" | "onChange"> & {
  value: Person[];
  onChange: (people: Person[]) => void;
  /** Offered besides people, e.g. "whoever is logged in". */
  extra?: Person[];
};

/** Chooses people by typing a part of their name. */
export function PeopleInput({ value, onChange, extra = [], ...rest }: Props) {
  const { t } = useTranslation();
  const [word, setWord] = useState("");
  const [asked] = useDebouncedValue(word, 150);
  const { data = [], isFetching } = useQuery(peopleQuery(asked));
  const known = new Map([...value, ...extra, ...data].map((p) => [p.code, p]));
  return (
    <MultiSelect
      {...rest}
      searchable
      styles={{ inputField: { minWidth: 40 } }}
      hidePickedOptions
      data={[...known.values()].map((p) => ({ value: p.code, label: p.name }))}
      filter={({ options }) => options} // the server has matched readings and widths already
      searchValue={word}
      onSearchChange={setWord}
      nothingFoundMessage={isFetching ? t("common.loading") : t("common.nothingFound")}
      value={value.map((p) => p.code)}
      onChange={(codes) => {
        onChange(codes.flatMap((code) => known.get(code) ?? []));
        setWord("");
      }}
    />
  );
}
