#!/usr/bin/env node
/**
 * The program: runs the command line with the arguments, environment, streams and signals of this process.
 *
 * @module
 */
import process from 'node:process'
import { runCli } from './cli.js'
import { createIo } from './io.js'

process.exitCode = await runCli(process.argv.slice(2), createIo(process))
