// What wakes somebody. Each rule reads the app's own log lines (src/core/log.ts), one JSON object with an "event";
// docs/operations.md says for every rule what it means and what to do. A guard test looks each event up in src/.

param groupName string
param location string
param tags object
param workspaceId string

@description('Who is told, besides whoever looks at the portal; empty = nobody.')
param emails string[]

@export()
@description('One alert: it fires when the count of lines compares so to the threshold within the window.')
type rule = {
  name: string
  description: string
  severity: 0 | 1 | 2 | 3
  query: string
  window: 'PT5M' | 'PT10M' | 'PT15M' | 'PT30M' | 'PT1H'
  operator: 'GreaterThan' | 'LessThan'
  threshold: int
  @description('A column of the query: each of its values alerts by itself, and the alert names it.')
  dimension: string?
}

var lines = 'AppTraces | where Message startswith \'{"event":\' | extend line = parse_json(Message) | extend event = tostring(line.event)'

var rules rule[] = [
  {
    name: 'heartbeat'
    description: 'The timers have not run: no sweep was fanned out. No visit is found and no text is sent.'
    severity: 0
    query: '${lines} | where event == "sweep_fanned_out"'
    window: 'PT10M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'site-heartbeat'
    description: 'Sweeps of a site have stopped while others go on: its new and moved visits are not found. Named by dimension.'
    severity: 1
    query: '${lines} | where event == "site_late" | extend site = tostring(line.site) | summarize looks = count() by site | where looks > 1'
    window: 'PT30M'
    operator: 'GreaterThan'
    threshold: 0
    dimension: 'site'
  }
  {
    name: 'poison'
    description: 'The host gave up a message after five tries and set it aside in a -poison queue.'
    severity: 1
    query: 'AppTraces | where Message has "Moving message to queue" and Message has "-poison"'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'stuck-sends'
    description: 'Texts whose outcome is unknown, or that were not sent before they stopped being true.'
    severity: 1
    query: '${lines} | where event == "notice" and tostring(line.state) in ("unknown", "expired")'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'fraud-guard'
    description: 'Texts were held back by the cap of a range of numbers or of a tenant: somebody may be booking to make us text.'
    severity: 1
    query: '${lines} | where event == "notice" and tostring(line.reason) in ("prefix_cap", "tenant_cap")'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'server-errors'
    description: 'Pages answered with 500 or above, or something that nobody foresaw.'
    severity: 1
    query: '${lines} | where (event == "request" and toint(line.status) >= 500 and tostring(line.route) != "health") or event == "unexpected"'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 4
  }
  {
    name: 'launch-failures'
    description: 'Clinicians could not open the appointment from the EHR, or got no meeting.'
    severity: 2
    query: '${lines} | where event in ("launch_failed", "visit_failed", "meeting_failed", "patient_join_failed")'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 4
  }
  {
    name: 'visits-unread'
    description: 'Appointments opened without what the EHR or Microsoft says of them; clinicians join, and check the chart themselves.'
    severity: 3
    query: '${lines} | where event in ("visit_unread", "launch_taken_back")'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 9
  }
  {
    name: 'throttling'
    description: 'Communication Services, Graph or the EHR ask us to slow down; texts are late.'
    severity: 2
    query: '${lines} | where (event == "notices_again" and tostring(line.because) has "throttled") or (event == "sweep_failed" and isnotnull(line.retryAfterSeconds))'
    window: 'PT30M'
    operator: 'GreaterThan'
    threshold: 20
  }
  {
    name: 'sweeps-failing'
    description: 'The EHR could not be read for a site: new and moved visits are not noticed.'
    severity: 1
    query: '${lines} | where event == "sweep_failed"'
    window: 'PT30M'
    operator: 'GreaterThan'
    threshold: 20
  }
  {
    name: 'dropped-events'
    description: 'A delivery report or an answer from a patient did not have the shape we know, and was dropped.'
    severity: 2
    query: '${lines} | where event == "event_dropped"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: groupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'ehr'
    emailReceivers: [
      for (email, index) in emails: { name: 'operator-${index}', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${groupName}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      autoMitigate: true
      // The tables come into being with the first line.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            dimensions: rule.?dimension == null
              ? []
              : [{ name: rule.?dimension ?? '', operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [group.id] }
    }
  }
]

output groupId string = group.id
