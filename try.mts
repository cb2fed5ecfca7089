import {cpSync,mkdtempSync,symlinkSync,writeFileSync} from 'node:fs'
import {generate} from './src/tooling/generate/generate.js'
const d=mkdtempSync('/tmp/w/spec-')
cpSync('test/support/specs/base.yaml',d+'/base.yaml');cpSync('test/support/specs/parts.yaml',d+'/parts.yaml');cpSync('redocly.yaml',d+'/redocly.yaml')
symlinkSync(process.cwd()+'/src',d+'/src')
for(let i=0;i<4;i++){const t=performance.now()
try{const r=await generate('base.yaml',d);console.log(r.warnings, [...r.files].map(([n,t])=>n+' '+t.length).join(', '))
if(i==0)console.log(r.files.get('contract.ts'))}catch(e){console.log(String(e.message))}
console.log(performance.now()-t)}
