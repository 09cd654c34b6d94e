import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

type Question = { title: string; body?: ReactNode; confirm: string; danger?: boolean };
type Asked = Question & { answer: (yes: boolean) => void };

let asked: Asked | undefined;
const watchers = new Set<() => void>();

function set(next: Asked | undefined): void {
  asked = next;
  for (const fn of watchers) fn();
}

/** Asks before an act that reaches far; resolves to the answer. Acts that can be undone are not asked about. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((answer) => {
    set({ ...question, answer });
  });

/** The place where questions appear; once in a document. */
export function ConfirmHost() {
  const { t } = useTranslation();
  const question = useSyncExternalStore(
    (fn) => {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    () => asked,
  );
  const close = (yes: boolean) => {
    question?.answer(yes);
    set(undefined);
  };
  return (
    <Modal opened={!!question} onClose={() => close(false)} title={question?.title} withCloseButton={false}>
      {question?.body && <Text size="sm">{question.body}</Text>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => close(false)} data-autofocus>
          {t("common.cancel")}
        </Button>
        <Button color={question?.danger ? "red.9" : undefined} onClick={() => close(true)}>
          {question?.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
