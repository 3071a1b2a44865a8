/**
 * Oracle Health's communication preference, as its Patient example shows it: a communication-type with the topic
 * `appointment-reminder`, and a contact-method. Source: Oracle Health "Patient | R4 API", custom extensions.
 */
const URL = 'https://fhir-ehr.cerner.com/r4/StructureDefinition/communication-preference'

function preference(method: fhir4.CodeableConcept): fhir4.Extension {
  return {
    url: URL,
    extension: [
      {
        url: 'communication-type',
        valueCodeableConcept: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/communication-topic',
              code: 'appointment-reminder',
              display: 'Appointment Reminder',
            },
          ],
          text: 'Appointment Reminders',
        },
      },
      { url: 'contact-method', valueCodeableConcept: method },
    ],
  }
}

/** Wants no reminders: a contact method of the site's own code set, outside HL7's contact-point systems. */
export function optedOut(): fhir4.Extension {
  return preference({
    coding: [
      {
        system: 'https://fhir.cerner.com/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41/codeSet/23042',
        code: '495085599',
        display: 'Declined',
        userSelected: true,
      },
    ],
    text: 'Declined',
  })
}

/** Wants reminders as text messages: the extension alone is no opt-out. */
export function prefersTexts(): fhir4.Extension {
  return preference({
    coding: [{ system: 'http://hl7.org/fhir/contact-point-system', code: 'sms', display: 'SMS' }],
    text: 'Text Message',
  })
}
