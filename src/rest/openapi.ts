import type { INestApplication } from '@nestjs/common';
import { decoratedSwagger } from '../answer/openapi-decorators.js';

const ABOUT = `Which hosts, ports and addresses a customer's firewall must open, for which task, in which install mode.

Ignore members that you do not know. An enum value that you do not know means "look at it", never "nothing to do".

Every answer has the headers \`Gatepost-Revision\` and \`Gatepost-Freshness\`; what follows from a revision has a strong \`ETag\`.
Lists of parameters are OR inside one parameter and AND between them; repeat a parameter, or separate its values by commas.
HEAD works wherever GET does.`;

/** The OpenAPI document of the application, as its decorators say it. */
export async function openApiDocument(app: INestApplication, version: string): Promise<object> {
  const { DocumentBuilder, SwaggerModule } = await decoratedSwagger();
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Gatepost')
    .setDescription(ABOUT)
    .setVersion(version)
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'One of the tokens of ADMIN_TOKENS.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}-${method}`,
  });
  // Without the members that are undefined, as the file has it.
  return JSON.parse(JSON.stringify(document)) as object;
}
