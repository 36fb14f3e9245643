import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../model/error.js';
import { PROBLEM_TYPE, Refusal, problemOf } from './problem.js';
import { Routes } from './routes.js';

/** Answers whatever was thrown as a problem. What is our own fault is logged; the client is told that it is. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: Routes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // An operation has a way of its own to tell of errors.
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // Nothing of ours throws this: it is the framework's word for a request that no route fits.
    const refused =
      error instanceof NotFoundException ? this.routes.refusalOf(request.method, request.raw.url ?? '/') : error;
    sendProblem(request, http.getResponse<FastifyReply>(), refused);
  }
}

/** Sends an error as a problem, never cached, under the id by which the log knows it. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const body = problemOf(error, request.raw.url ?? '/');
  const isOurFault = body.status >= 500 && !(error instanceof DomainError || error instanceof Refusal);
  if (isOurFault) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  if (error instanceof Refusal) void reply.headers(error.headers);
  if (body.status === 503) void reply.header('retry-after', '5');
  for (const header of ['etag', 'last-modified', 'vary', 'content-encoding']) void reply.removeHeader(header);
  void reply
    .code(body.status)
    .headers({ 'access-control-allow-origin': '*', 'cache-control': 'no-store', 'x-request-id': request.id })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(body));
}
