import { Button, Popover, Textarea, UnstyledButton } from "@mantine/core";
import { IconBuilding, IconDoorExit, IconSend } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../lib/kintone";
import { peopleQuery } from "../../../lib/people";
import { problemText } from "../../../lib/problem";
import { storage } from "../../../lib/storage";
import { FieldError } from "../../../ui/errors";
import { addComment, commentsQuery, type Lane } from "./api";
import css from "./comments.module.css";
import { insertMention, mentionAt, mentionedIn } from "./mention";

type Props = { app: string; record: string; outside: boolean };

/**
 * Writes a comment. It stays inside the company unless someone switches lanes, which only a shared record offers; in the
 * outside lane frame, button and word are persimmon, and after sending the lane is internal again.
 */
export function Composer({ app, record, outside }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const draft = `comment:${app}:${record}`;
  const [text, setText] = useState(() => storage.get(draft, ""));
  const [lane, setLane] = useState<Lane>("internal");
  const [known, setKnown] = useState<Person[]>([]);
  const [caret, setCaret] = useState(0);
  const [picked, setPicked] = useState(0);
  const input = useRef<HTMLTextAreaElement>(null);
  const open = lane === "shared" && outside;

  const mention = mentionAt(text, caret);
  const people = useQuery({ ...peopleQuery(mention?.word ?? ""), enabled: mention !== undefined });
  const offered = (mention && people.data?.slice(0, 6)) || [];

  const write = (next: string) => {
    setText(next);
    if (next) storage.set(draft, next);
    else storage.remove(draft);
  };
  const send = useMutation({
    mutationFn: () =>
      addComment(app, record, {
        text: text.trim(),
        mentions: mentionedIn(text, known),
        lane: open ? "shared" : "internal",
      }),
    onSuccess: () => {
      write("");
      setLane("internal");
      return cache.invalidateQueries({ queryKey: commentsQuery(app, record).queryKey });
    },
  });
  const choose = (person: Person) => {
    if (!mention) return;
    const next = insertMention(text, mention, person);
    setKnown((all) => [...all, person]);
    write(next.text);
    setCaret(next.caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
    input.current?.focus();
  };
  const keys = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if ((e.ctrlKey || e.metaKey) && e.key === "Enter" && text.trim()) {
      e.preventDefault();
      send.mutate();
      return;
    }
    if (offered.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      e.preventDefault();
      setPicked((i) => (i + step + offered.length) % offered.length);
    } else if (e.key === "Enter" || e.key === "Tab") {
      const person = offered[picked];
      if (!person) return;
      e.preventDefault();
      choose(person);
    } else if (e.key === "Escape") {
      setCaret(-1);
    }
  };

  return (
    <div className={css.composer} data-lane={open ? "shared" : "internal"}>
      {outside && <LaneSwitch lane={lane} onChange={setLane} />}
      <Popover
        opened={offered.length > 0}
        position="bottom-start"
        width="target"
        withRoles={false}
        trapFocus={false}
        returnFocus={false}
      >
        <Popover.Target>
          <Textarea
            ref={input}
            id="comment"
            autosize
            minRows={2}
            maxRows={12}
            aria-label={t(open ? "records.comment.writeOutside" : "records.comment.writeInside")}
            placeholder={t(open ? "records.comment.hintOutside" : "records.comment.hint")}
            value={text}
            onChange={(e) => {
              write(e.currentTarget.value);
              setCaret(e.currentTarget.selectionStart);
              setPicked(0);
            }}
            onKeyDown={keys}
            onBlur={() => setCaret(-1)}
          />
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <div role="listbox" aria-label={t("records.comment.people")}>
            {offered.map((p, i) => (
              <UnstyledButton
                key={p.code}
                role="option"
                aria-selected={i === picked}
                className={css.person}
                onMouseDown={(e) => e.preventDefault()} // the text keeps the focus
                onClick={() => choose(p)}
              >
                {p.name}
              </UnstyledButton>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
      <FieldError messages={send.error ? [problemText(send.error, t)] : undefined} />
      <div className={css.sending}>
        <Button
          color={open ? "kaki" : undefined}
          leftSection={open ? <IconDoorExit size={16} /> : <IconSend size={16} />}
          loading={send.isPending}
          disabled={!text.trim()}
          onClick={() => send.mutate()}
        >
          {t(open ? "records.comment.sendOutside" : "records.comment.send")}
        </Button>
      </div>
    </div>
  );
}

function LaneSwitch({ lane, onChange }: { lane: Lane; onChange: (lane: Lane) => void }) {
  const { t } = useTranslation();
  return (
    <div className={css.lanes} role="radiogroup" aria-label={t("records.comment.lane")}>
      {(["internal", "shared"] as const).map((l) => (
        <label key={l} className={css.lane} data-lane={l}>
          <input type="radio" name="lane" checked={lane === l} onChange={() => onChange(l)} />
          {l === "shared" ? <IconDoorExit size={16} aria-hidden /> : <IconBuilding size={16} aria-hidden />}
          {t(l === "shared" ? "common.outside" : "common.inside")}
        </label>
      ))}
    </div>
  );
}
