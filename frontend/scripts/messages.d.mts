import type { Plugin } from "vite";

export function messages(): Plugin;
export function compiled(code: string): Record<string, unknown>;
