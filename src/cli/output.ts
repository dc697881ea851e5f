import type { Writable } from 'node:stream';

/**
 * Writes to a stream and waits until the text is handed over, so that nothing is cut off when the process ends. A reader that has
 * gone away (`| head`) is no error: there is nobody left to tell.
 */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isBrokenPipe(error)) reject(error);
      else resolve();
    });
  });
}

/** Keeps a reader's going away from ending the process with a stack trace. */
export function tolerateBrokenPipe(stream: Writable): void {
  stream.on('error', (error) => {
    if (!isBrokenPipe(error)) throw error;
  });
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
