import type { Operator } from "../types";

export const textOperators: readonly Operator[] = ["like", "not like", "=", "!=", "in", "not in"];
export const longTextOperators: readonly Operator[] = ["like", "not like", "is empty", "is not empty"];
export const orderedOperators: readonly Operator[] = ["=", "!=", ">=", "<=", ">", "<"];
export const choiceOperators: readonly Operator[] = ["in", "not in"];
