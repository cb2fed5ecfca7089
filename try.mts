import {readFileSync,writeFileSync} from 'node:fs'
import {generateValidators} from './src/tooling/generate/validators.js'
const spec=JSON.parse(readFileSync('generated/openapi.json','utf8'))
const t=performance.now()
const {js}=await generateValidators(spec)
console.log(performance.now()-t, js.length)
writeFileSync('/tmp/w/v.mjs',js)
