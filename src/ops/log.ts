import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';

/** JSON lines on standard output. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Nest's own messages in the same log; its chatter about modules and routes only where details are asked for. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown) => log.debug(String(message)),
    debug: (message: unknown) => log.debug(String(message)),
    verbose: (message: unknown) => log.trace(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown) => log.error(String(message)),
    fatal: (message: unknown) => log.fatal(String(message)),
  };
}
