import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { createService } from './service.js';
import { readConfig } from './config.js';
import { createLog } from './ops/log.js';
import { openApiDocument } from './rest/openapi.js';
import { Software } from './answer/software.js';

/** Writes schema/openapi.json and schema/schema.graphql from the code. */
const config = readConfig({ DATABASE_URL: ':memory:', LOG_LEVEL: 'error' });
const service = await createService(config, createLog(config.logLevel));
const document = await openApiDocument(service.app, service.app.get(Software).version);
await writeFile(new URL('../schema/openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
const { schema } = service.app.get(GraphQLSchemaHost);
await writeFile(new URL('../schema/schema.graphql', import.meta.url), `${printSchema(schema)}\n`);
await service.stop(0);
