import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiParam, ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { addressList, hostList, portList } from '../answer/lists.js';
import { AddressesQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { AddressListShape, HostListShape, HostShape, PortListShape } from '../answer/shapes/listing.js';
import { alteredForHost, hostNamed } from '../answer/single.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Hosts, addresses and ports')
@Controller()
export class HostsController {
  constructor(private readonly answers: Answers) {}

  @Get('hosts')
  @ApiAnswer('The DNS names and wildcards of a selection, companions marked.', HostListShape, [400, 404, 406])
  async hosts(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `hosts ${JSON.stringify(selection)}`, () =>
      hostList(snapshot, selection),
    );
  }

  @Get('hosts/:name')
  @ApiParam({ name: 'name', example: 'api.replicated.com' })
  @ApiAnswer(
    'One host. A host of the upstream list that the catalog does not name has no requirements.',
    HostShape,
    [400, 404, 406],
  )
  async host(
    @Param('name') name: string,
    @Query(QueryPipe) query: SelectionQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { snapshot, selection } = query.asked;
    const { host, aliases: names } = hostNamed(snapshot, name, selection);
    const aliases = [...names, ...query.asked.aliases];
    const altered = alteredForHost(snapshot, host.name, selection);
    const question = `host ${host.name} ${JSON.stringify(selection)}`;
    await this.answers.send(request, reply, { ...query.asked, aliases }, question, () => host, altered);
  }

  @Get('addresses')
  @ApiAnswer(
    'The addresses of a selection as a flat list. Unless other needs are named, those of required rows.',
    AddressListShape,
    [400, 404, 406],
  )
  async addresses(@Query(QueryPipe) query: AddressesQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    const aggregated = query.aggregate === 'true';
    const question = `addresses ${aggregated} ${JSON.stringify(selection)}`;
    await this.answers.send(request, reply, query.asked, question, () => addressList(snapshot, selection, aggregated));
  }

  @Get('ports')
  @ApiAnswer('The ports of a selection: each distinct range, zone and direction once.', PortListShape, [400, 404, 406])
  async ports(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `ports ${JSON.stringify(selection)}`, () =>
      portList(snapshot, selection),
    );
  }
}
