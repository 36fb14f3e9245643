import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { createService } from './service.js';
import { readConfig } from './config.js';
import { createLog } from './ops/log.js';
import { openApiDocument } from './rest/openapi.js';
import { Software } from './rest/software.js';

/** Writes schema/openapi.json from the code. */
const config = readConfig({ DATABASE_URL: ':memory:', LOG_LEVEL: 'error' });
const service = await createService(config, createLog(config.logLevel));
const document = openApiDocument(service.app, service.app.get(Software).version);
await writeFile(new URL('../schema/openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
await service.stop(0);
