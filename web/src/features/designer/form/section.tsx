import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { refusal } from "../model/places";
import { useDesigner } from "../state";
import { FormActsContext, useFormActs } from "./acts";
import { useDragWords } from "./announce";
import { Canvas } from "./canvas";
import { type Dragged, type DropData, meantZone, nextZone } from "./dragging";
import css from "./form.module.css";
import { Panel } from "./panel/panel";
import { Parts } from "./parts";
import { PhoneBar } from "./phone-bar";
import { PartIcon } from "./sample";

// The same objects for good: new ones would make every part on the form be drawn anew.
const mouse = { activationConstraint: { distance: 6 } };
const touch = { activationConstraint: { delay: 220, tolerance: 8 } };
const keyboard = {
  coordinateGetter: nextZone,
  keyboardCodes: { start: ["Space"], end: ["Space", "Enter"], cancel: ["Escape"] },
};

/** The form designer: parts on the left, the form at its true size, and on the right what is selected. */
export function FormSection() {
  const { t } = useTranslation();
  const designer = useDesigner();
  const { acts, message, panelOpen, closePanel } = useFormActs();
  const narrow = useMediaQuery("(max-width: 960px)");
  const [dragged, setDragged] = useState<Dragged>();
  const [refused, setRefused] = useState<string>();
  const [partsOpen, setPartsOpen] = useState(false);
  const { form } = designer.draft;
  const words = useDragWords(form);
  const sensors = useSensors(
    useSensor(MouseSensor, mouse),
    useSensor(TouchSensor, touch),
    useSensor(KeyboardSensor, keyboard),
  );
  const end = () => {
    setDragged(undefined);
    setRefused(undefined);
  };
  return (
    <FormActsContext value={acts}>
      <DndContext
        sensors={sensors}
        collisionDetection={meantZone}
        accessibility={{ announcements: words.announcements, screenReaderInstructions: words.instructions }}
        onDragStart={({ active }) => setDragged(active.data.current as Dragged)}
        onDragOver={({ active, over }) => {
          const zone = zoneOf(over?.data.current);
          const reason = zone && refusal(form, (active.data.current as Dragged).thing, zone.place);
          setRefused(reason && t(`designer.refusal.${reason}`));
        }}
        onDragCancel={end}
        onDragEnd={({ active, over }) => {
          end();
          const { thing, part } = active.data.current as Dragged;
          const zone = zoneOf(over?.data.current);
          if (!zone) return;
          const reason = refusal(form, thing, zone.place);
          if (part && !reason) acts.add(part, zone.place);
          else acts.drop(thing, zone.place);
        }}
      >
        <div className={css.columns} data-refused={refused ? true : undefined}>
          {!narrow && (
            <aside className={css.parts} aria-label={t("designer.parts")}>
              <Parts onAdd={acts.add} />
            </aside>
          )}
          <Canvas onParts={() => setPartsOpen(true)} />
          {!narrow && (
            <aside className={css.panel} aria-label={t("designer.settingsOf")} data-panel>
              <Panel />
            </aside>
          )}
        </div>
        {narrow && <PhoneBar onParts={() => setPartsOpen(true)} />}
        <DragOverlay dropAnimation={null} className={css.overlay}>
          {dragged && (
            <div className={css.chip} data-refused={refused ? true : undefined}>
              <PartIcon type={dragged.thing.type} />
              <span>{dragged.label}</span>
              {refused && <span className={css.chipNote}>{refused}</span>}
            </div>
          )}
        </DragOverlay>
      </DndContext>
      <div className="visually-hidden" role="status" aria-live="polite">
        {message}
      </div>
      {narrow && (
        <>
          <Drawer
            opened={partsOpen}
            onClose={() => setPartsOpen(false)}
            position="bottom"
            size="75%"
            title={t("designer.parts")}
            closeButtonProps={{ "aria-label": t("common.close") }}
          >
            <Parts
              still
              onAdd={(type) => {
                setPartsOpen(false);
                acts.add(type);
              }}
            />
          </Drawer>
          <Drawer
            opened={panelOpen && designer.selected !== undefined}
            onClose={closePanel}
            position="bottom"
            size="80%"
            title={t("designer.settingsOf")}
            closeButtonProps={{ "aria-label": t("common.close") }}
          >
            <div data-panel>
              <Panel />
            </div>
          </Drawer>
        </>
      )}
    </FormActsContext>
  );
}

function zoneOf(data: unknown) {
  const to = data as DropData | undefined;
  return to && "zone" in to ? to.zone : undefined;
}
