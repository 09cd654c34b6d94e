export { TextDisplay as default } from "../shared/text";
