/** Loaded into a measured process before its own code: at its end it writes the peak of its resident memory, in KiB, to a file. */
import { writeFileSync } from 'node:fs';

const target = process.env['BENCH_PEAK_FILE'];
if (target !== undefined) process.on('exit', () => { writeFileSync(target, String(process.resourceUsage().maxRSS)); });
