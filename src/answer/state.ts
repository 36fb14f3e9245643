import { Injectable } from '@nestjs/common';
import { Standing } from '../publish/standing.js';
import { Current } from '../store/current.js';
import type { StatusShape } from './shapes/status.js';
import { Software } from './software.js';

/** How things stand with the service, as both doors show it. Nothing of it is ever cached. */
@Injectable()
export class State {
  constructor(
    private readonly standing: Standing,
    private readonly current: Current,
    private readonly software: Software,
  ) {}

  status(): StatusShape {
    const { freshness, checkedAt, ...rest } = this.standing.status();
    const publishedAt = this.current.snapshot?.revision.publishedAt ?? null;
    return { freshness, checkedAt, publishedAt, ...rest, software: { version: this.software.version } };
  }
}
