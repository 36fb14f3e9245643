import { DomainError } from '../model/error.js';

/**
 * Reads of the history that a question needs.
 *
 * @throws DomainError `store-unavailable` where the store does not answer, or has not what was written.
 */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const detail = 'The history cannot be read just now. What is served goes on being answered.';
    throw Object.assign(new DomainError('store-unavailable', detail), { cause });
  }
}
