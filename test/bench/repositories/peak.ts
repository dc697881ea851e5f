/** Loaded into a measured process before its own code: at its end it writes to a file the peak of its resident memory, in KiB, and its processor time, in microseconds. */
import { writeFileSync } from 'node:fs';

const target = process.env['BENCH_PEAK_FILE'];
if (target !== undefined) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(target, `${String(maxRSS)} ${String(userCPUTime + systemCPUTime)}`);
  });
}
