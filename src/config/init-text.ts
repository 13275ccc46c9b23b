import { z } from 'zod';
import { ConfigFile } from './config.ts';

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** Text of a commented plumbline.yaml with every key at its default, made from the schema so that it cannot drift. */
export function renderInitText(): string {
  const schema = z.toJSONSchema(ConfigFile, { io: 'input' }) as JsonSchema;
  const lines = ['# Plumbline configuration. Every key is optional; the values shown are the defaults.', ''];
  const walk = (properties: Readonly<Record<string, JsonSchema>>, indent: string): void => {
    for (const [key, value] of Object.entries(properties)) {
      if (value.properties !== undefined) {
        lines.push(`${indent}${key}:`);
        walk(value.properties, `${indent}  `);
        continue;
      }
      if (value.description !== undefined) lines.push(`${indent}# ${value.description}`);
      lines.push(`${indent}${key}: ${JSON.stringify(value.default)}`);
    }
  };
  walk(schema.properties ?? {}, '');
  return `${lines.join('\n')}\n`;
}
