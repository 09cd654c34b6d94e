export { default } from "../datetime/display";
