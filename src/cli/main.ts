#!/usr/bin/env node
/**
 * The command line as a program: runs it with the arguments, environment, streams and signals of this process.
 *
 * @module
 */
import process from 'node:process'
import { ioOf } from './io.js'
import { runCli } from './run.js'

process.exitCode = await runCli(process.argv.slice(2), ioOf(process))
