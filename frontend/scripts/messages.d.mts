import type { Plugin } from "vite";

export function messages(root: string): Plugin;
export function compileAll(root: string): Record<string, unknown>;
