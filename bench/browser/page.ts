/**
 * The page of the browser benchmark: measures one family at a time when asked. Neither node:crypto nor start-up here.
 */
import * as wasm from 'mathmesh';
import * as js from 'mathmesh/js';
import { families } from '../families/index.ts';
import { measure, type Settings } from '../measure.ts';
import type { FamilyResult } from '../result.ts';

/** What the page offers to its driver. */
export interface Page {
  /** The backend that is live, and the clock's resolution is fine only where this is true. */
  status(): { backend: string; isolated: boolean };
  measure(family: string, settings: Settings): Promise<FamilyResult>;
}

const page: Page = {
  status: () => ({ backend: wasm.backend().name, isolated: crossOriginIsolated }),
  async measure(family, settings) {
    const make = families[family];
    if (make === undefined) throw new Error(`no family ${family}`);
    return measure(await make({ wasm, js }), settings, () => {});
  },
};

(globalThis as unknown as { page: Page }).page = page;
