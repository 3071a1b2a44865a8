import { createRequire, Module } from 'node:module'
import * as crossFetch from '../../src/core/http/cross-fetch.ts'

/**
 * In the bundle esbuild resolves `cross-fetch` to ours. Under the test runner fhirclient is CommonJS that Node itself
 * loads, and its `require('cross-fetch')` knows no alias; so the module is put where `require` looks first. To be
 * imported before fhirclient.
 */
const path = createRequire(createRequire(import.meta.url).resolve('fhirclient')).resolve('cross-fetch')
const replacement = new Module(path)
replacement.filename = path
replacement.loaded = true
replacement.exports = crossFetch
createRequire(import.meta.url).cache[path] = replacement
