/**
 * The page: says which backend is in use and why, and starts its five parts.
 */
import { backend, use } from '../../src/entry/backend.ts';
import type { BackendName } from '../messages.ts';
import { benchmark } from './bench.ts';
import { byId } from './dom.ts';
import { fingerprints } from './fingerprint.ts';
import { keys } from './keys.ts';
import { shares } from './shares.ts';
import { conformance } from './suite.ts';

/** What `?backend=js` asks for. */
const asked = new URLSearchParams(location.search).get('backend') === 'js';

function status(): BackendName {
  if (asked) use('js');
  const { name, reason } = backend();
  const [badge, why] = [byId('backend'), byId('why')];
  const other = byId<HTMLAnchorElement>('other-backend');
  badge.textContent = name === 'wasm' ? 'WebAssembly' : 'JavaScript';
  badge.dataset['backend'] = name;
  if (name === 'wasm') {
    why.textContent = 'The compiled backend runs in this browser, and is used wherever it can.';
    other.textContent = 'Use JavaScript';
    other.href = '?backend=js';
  } else {
    why.textContent = asked
      ? 'Chosen in the address of this page. Results are the same, most of them take longer.'
      : `WebAssembly cannot run here: ${reason}. Results are the same, most of them take longer.`;
    other.textContent = 'Use WebAssembly';
    other.href = './';
    other.hidden = !asked;
  }
  return name;
}

const name = status();
fingerprints(name);
shares();
keys();
conformance(name === 'wasm' ? ['wasm', 'js'] : ['js']);
benchmark();
document.documentElement.dataset['ready'] = '';
