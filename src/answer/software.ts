/** What this software is. */
export class Software {
  constructor(readonly version: string) {}
}
