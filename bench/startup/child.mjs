/**
 * One sample of start-up, in a process of its own: imports a library, does one operation, prints what it took as JSON.
 *
 *     node bench/startup/child.mjs <specifier or -> <nothing, sign or verify>
 */
const [specifier, operation] = process.argv.slice(2);

const now = () => performance.now();
const secretKey = new Uint8Array(57).fill(1);
const message = new Uint8Array(64).fill(2);
// Made with secretKey over message.
const publicKey = Buffer.from(
  'e0758a33267939a394fb5ccb202ee851cebc2e89c91ac1289e2bfcddfd9ff9fc5694b0f569d7f7e9da16e1cde9301b29f48128b3cbd1168580',
  'hex',
);
const signature = Buffer.from(
  'd3d+CFrPf/hl6H3yNLeSVl8w27ND12xpLanfyxLeEQ1kr5sgtye/kdFPIO+8Zil1VMT9aq43WwmAnX8FjpuvvssjX+0FuVjDvEdoI/Ai/V+5u4H0Up7SIsaUmD9iGpfpcCpaxEvxrnrwDLunT3bOMyIA',
  'base64',
);

const started = now();
const library = specifier === '-' ? undefined : await import(specifier);
const imported = now();
if (operation === 'sign') library.ed448.sign(message, secretKey);
if (operation === 'verify' && !library.ed448.verify(signature, message, publicKey)) throw new Error('not verified');
const done = now();
console.log(
  JSON.stringify({
    import: imported - started,
    operation: done - imported,
    memory: process.memoryUsage.rss() / 2 ** 20,
  }),
);
