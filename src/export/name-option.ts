import type { TextOption } from './option.js';

/** How the names of all that a format makes begin, where the device takes lower-case letters, digits and `-`. */
export function nameOption(most: number): TextOption {
  return {
    name: 'name',
    type: 'text',
    pattern: new RegExp(`^[a-z](?:[a-z0-9-]{0,${most - 2}}[a-z0-9])?$`),
    default: 'gatepost',
    description: `How the names of what is made begin: up to ${most} lower-case letters, digits and -.`,
  };
}
