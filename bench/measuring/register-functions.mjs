// A process that loads an app as the Node worker does and says on its last line how many functions it registered and
// how many milliseconds after the start of the process: `node register-functions.mjs <main file>`.
import Module from 'node:module'
import { pathToFileURL } from 'node:url'

let functions = 0
const core = {
  version: '1.0.0',
  setProgrammingModel() {},
  registerFunction() {
    functions += 1
    return { dispose() {} }
  },
  registerHook: () => ({ dispose() {} }),
  log() {},
}
const load = Module._load
Module._load = (request, ...rest) =>
  request === '@azure/functions-core' ? core : Reflect.apply(load, Module, [request, ...rest])

await import(pathToFileURL(process.argv[2]).href)
process.stdout.write(`${JSON.stringify({ functions, milliseconds: performance.now() })}\n`)
