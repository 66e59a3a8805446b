#!/usr/bin/env node
/**
 * The program `mathmesh`.
 */
import { cli } from './cli.ts';
import { makeTerminal } from './terminal.ts';

process.exitCode = await cli(process.argv.slice(2), makeTerminal(process.stdout, process.stderr, process.env));
