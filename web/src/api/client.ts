// SPDX-License-Identifier: EUPL-1.2
// The only door to the server: one function per operation, and the names of what it answers.
import { address, get, getFile, post, upload } from './request'
import type * as wire from './schema'

export type Message = wire.Message
export type Finding = wire.Finding
export type Session = wire.SessionView
export type FacilityRow = wire.FacilityRow
export type Facility = wire.FacilityView
export type Import = wire.ImportView
export type Difference = wire.Difference
export type Change = wire.Change
export type ColumnMapping = wire.ColumnMapping
export type ElementQuery = wire.paths['/facilities/{facility}/elements']['get']['parameters']['query']
export type Layer = ElementQuery['layer']
export type ElementRow = wire.ElementRow
export type Element = wire.ElementView
export type ElementField = wire.FieldView
export type Origin = wire.Origin
export type Link = wire.Link
export type Fall = wire.Fall
export type Quantiles = wire.Quantiles
export type ServiceResult = wire.ServiceResult
export type CapacityPoint = wire.CapacityPoint
export type LossResult = wire.LossResult
export type LossPoint = wire.LossPoint
export type DoorKind = wire.DoorKind
export type DoorResult = wire.DoorResult
export type ChokePoint = wire.ChokePoint
export type MeasureResult = wire.MeasureResult
export type MeasureCost = wire.CostChoice
export type Story = wire.Story
export type Headline = wire.Headline
export type Question = wire.Question
export type Outcome = wire.Outcome
export type Assessment = wire.AssessmentView
export type WhatIf = wire.WhatIfResult
export type Frontier = wire.Frontier
export type FrontierPoint = wire.FrontierPoint
export type Job = wire.Job
export type PaperView = wire.PaperView
export type DataTable = wire.TableText
export type PlaceView = wire.PlaceView
export type PlaceLine = wire.PlaceLine
export type PlaceSummary = wire.PlaceSummary
export type PlaceCounts = wire.PlaceCounts
export type ChildCounts = wire.ChildCounts
export type DepartmentCounts = wire.DepartmentCounts
export type Outline = wire.Outline
export type CapacityRow = wire.CapacityRow
export type RegistryImport = wire.RegistryImportView
export type RegistryChange = wire.PlaceChange
export type Population = wire.Population
export type NewPopulation = wire.paths['/registry/populations']['post']['requestBody']['content']['application/json']
export type PlaceKind = PlaceLine['kind']
export type Hierarchy = PlaceSummary['hierarchy']
export type Cut = NonNullable<wire.paths['/facilities/{facility}/rooms/{room}/board']['get']['parameters']['query']>
type PlacesQuery = NonNullable<wire.paths['/registry/places']['get']['parameters']['query']>
type ExportQuery = NonNullable<wire.paths['/registry/export']['get']['parameters']['query']>
export type Account = wire.AccountView
export type Grant = wire.Grant
export type Role = wire.Role
export type Person = wire.Person
export type Doors = wire.AccountDoors
export type LinkedIdentity = wire.IdentityView
export type ApiToken = wire.TokenView
export type NewToken = wire.paths['/account/tokens']['post']['requestBody']['content']['application/json']
export type FacilityIndicators = wire.FacilityIndicators
export type SharedPlace = wire.SharedPlace
export type Passkey = wire.PasskeyView
export type SealedCode = wire.SealedCodeView
export type PrintedCode = wire.PrintedCode
export type TrailEntry = wire.TrailEntry
export type Invitation = wire.paths['/people']['post']['requestBody']['content']['application/json']
export type NewGrant = wire.paths['/people/{id}/grants']['post']['requestBody']['content']['application/json']
export type TrailQuery = NonNullable<wire.paths['/trail']['get']['parameters']['query']>
export type RoomRow = wire.RoomRow
export type StaffPage = wire.StaffPage
export type StaffPreview = wire.StaffPreview
export type CalloutOrder = wire.paths['/facilities/{facility}/rooms/{room}/callouts']['post']['requestBody']['content']['application/json']
export type CalloutPreview = wire.CalloutPreview
export type CalledRow = wire.CalledRow
export type CallChoices = wire.CallChoices
export type Gauge = wire.Gauge
export type RecallView = wire.RecallView
export type AnswerPage = wire.AnswerPage
export type Channels = wire.ChannelsView
export type NewChannels = NonNullable<wire.paths['/settings/channels']['post']['requestBody']>['content']['application/json']
type StaffQuery = NonNullable<wire.paths['/facilities/{facility}/staff']['get']['parameters']['query']>
export type PlanVersion = wire.PlanVersionRow
/** What the server writes has every member; what it reads may lack some. */
export type PlanDocument = Required<wire.PlanDocument>
export type PlanView = Omit<wire.PlanView, 'document'> & { document: PlanDocument }
export type DegradedMode = Required<wire.DegradedMode>
export type PlanChange = wire.PlanChange
export type ContactsPreview = wire.ContactsPreview
export type PlanEdit = NonNullable<wire.paths['/facilities/{facility}/plan/draft/items']['post']['requestBody']>['content']['application/json']
type Adoption = wire.paths['/facilities/{facility}/plan/draft/adopt']['post']['requestBody']['content']['application/json']
/** As the server writes it: every member is there, those that a writer may leave out too. */
type Whole<T> = T extends (infer One)[] ? Whole<One>[] : T extends object ? { [Name in keyof T]-?: Whole<T[Name]> } : T
export type Line = Whole<wire.Line>
/** As a writer sends it: the server fills what is left out. */
export type NewLine = wire.Line
export type LineRow = Whole<wire.LineRow>
export type LineRows = Whole<wire.LineRows>
export type Deed = Whole<wire.Deed>
export type NewDeed = wire.Deed
export type Standing = Whole<wire.Standing>
export type Attachment = wire.Attachment
export type RoomView = Whole<wire.RoomView>
/** `ahead`: by how many ms the server's clock was ahead of this computer's when it was read. */
export type Room = RoomView & { ahead: number }
export type RoomClock = wire.RoomClock
export type BoardElement = wire.BoardElement
export type ImpactBoard = wire.ImpactBoard
export type RoomDocument = wire.DocumentText
export type Bulletin = NonNullable<Deed['bulletin']>
/** What is written of a bulletin before it is published. */
export type BulletinWords = Pick<Bulletin, 'title' | 'text' | 'title_en' | 'text_en'>
type Activation = wire.paths['/facilities/{facility}/rooms']['post']['requestBody']
export type NewRoom = NonNullable<Activation>['content']['application/json']
type Stop = AbortSignal | undefined
const whole = (asked: Promise<wire.PlanView>) => asked as Promise<PlanView>

export const client = {
  session: (stop?: Stop) => get('/session', {}, stop),
  facilities: (stop?: Stop) => get('/facilities', {}, stop),
  createFacility: (name: string, fictional: boolean) => post('/facilities', {}, { name, fictional }),
  renameFacility: (facility: string, name: string, seen?: string) => post('/facilities/{facility}/rename', { facility }, { name, seen }),
  shareSystem: (facility: string, sites: string[], seen?: string[]) => post('/facilities/{facility}/sites', { facility }, { sites, seen }),
  facility: (facility: string, stop?: Stop) => get('/facilities/{facility}', { facility }, stop),

  imports: (facility: string, stop?: Stop) => get('/facilities/{facility}/imports', { facility }, stop),
  uploadImport: (facility: string, file: File, onProgress: (share: number) => void) =>
    upload('/facilities/{facility}/imports', { facility, query: { file_name: file.name } }, file, onProgress),
  commitImport: (facility: string, id: string) => post('/facilities/{facility}/imports/{id}/commit', { facility, id }, undefined),
  undoImport: (facility: string, id: string) => post('/facilities/{facility}/imports/{id}/undo', { facility, id }, undefined),
  discardImport: (facility: string, id: string) => post('/facilities/{facility}/imports/{id}/discard', { facility, id }, undefined),
  mapImport: (facility: string, id: string, mapping: ColumnMapping[]) =>
    post('/facilities/{facility}/imports/{id}/mapping', { facility, id }, { mapping }),

  elements: (facility: string, query: ElementQuery, stop?: Stop) => get('/facilities/{facility}/elements', { facility, query }, stop),
  element: (facility: string, id: string, stop?: Stop) => get('/facilities/{facility}/elements/{id}', { facility, id }, stop),
  fall: (facility: string, id: string, stop?: Stop) => get('/facilities/{facility}/elements/{id}/fall', { facility, id }, stop),
  /** Addresses of files, for links. */
  templateUrl: (facility: string, language: 'fr' | 'en') => address('get', '/facilities/{facility}/template', { facility, query: { language } }),
  exportUrl: (facility: string, layer: Layer, format: 'csv' | 'xlsx') =>
    address('get', '/facilities/{facility}/export', { facility, query: { layer, format } }),

  answer: (facility: string, element: string, field: string, value: string, seen?: string) =>
    post('/facilities/{facility}/answers', { facility }, { element, field, value, seen }),
  removeAnswer: (facility: string, element: string, field: string) =>
    post('/facilities/{facility}/answers/remove', { facility }, { element, field }),

  assessments: (facility: string, stop?: Stop) => get('/facilities/{facility}/assessments', { facility }, stop),
  assess: (facility: string, scenario: string, worlds: number, seed: string) =>
    post('/facilities/{facility}/assessments', { facility }, seed ? { scenario, worlds, seed } : { scenario, worlds }),
  outcome: (facility: string, id: string, stop?: Stop) => get('/facilities/{facility}/assessments/{id}/outcome', { facility, id }, stop),
  preliminary: (facility: string, id: string, stop?: Stop) => get('/facilities/{facility}/assessments/{id}/preliminary', { facility, id }, stop),
  whatIf: (facility: string, id: string, measures: string[], costs: MeasureCost[], stop?: Stop) =>
    post('/facilities/{facility}/assessments/{id}/what-if', { facility, id }, { measures, costs }, stop),
  frontier: (facility: string, id: string, stop?: Stop) => get('/facilities/{facility}/assessments/{id}/frontier', { facility, id }, stop),
  story: (facility: string, id: string, world: number, stop?: Stop) =>
    get('/facilities/{facility}/assessments/{id}/stories/{world}', { facility, id, world }, stop),

  places: (query: PlacesQuery, stop?: Stop) => get('/registry/places', { query }, stop),
  place: (id: string, stop?: Stop) => get('/registry/places/{id}', { id }, stop),
  outlines: (stop?: Stop) => get('/registry/outlines', {}, stop),
  placeSummary: (id: string, hierarchy: Hierarchy, stop?: Stop) => get('/registry/places/{id}/summary', { id, query: { hierarchy } }, stop),
  indicators: (within: string, hierarchy: Hierarchy, stop?: Stop) => get('/indicators', { query: { within, hierarchy } }, stop),
  comparePlaces: (ids: string[], stop?: Stop) => get('/registry/compare', { query: { ids } }, stop),
  registryImports: (stop?: Stop) => get('/registry/imports', {}, stop),
  registryImport: (id: string, stop?: Stop) => get('/registry/imports/{id}', { id }, stop),
  uploadRegistryImport: (file: File, onProgress: (share: number) => void) => upload('/registry/imports', { query: { file_name: file.name } }, file, onProgress),
  acceptRegistryImport: (id: string) => post('/registry/imports/{id}/accept', { id }, undefined),
  discardRegistryImport: (id: string) => post('/registry/imports/{id}/discard', { id }, undefined),
  populations: (stop?: Stop) => get('/registry/populations', {}, stop),
  population: (id: string, stop?: Stop) => get('/registry/populations/{id}', { id }, stop),
  freezePopulation: (wanted: NewPopulation) => post('/registry/populations', {}, wanted),
  placesUrl: (query: ExportQuery) => address('get', '/registry/export', { query }),

  plan: (facility: string, stop?: Stop) => get('/facilities/{facility}/plan', { facility }, stop),
  planInForce: (facility: string, stop?: Stop) => whole(get('/facilities/{facility}/plan/in-force', { facility }, stop)),
  planVersion: (facility: string, number: number, stop?: Stop) => whole(get('/facilities/{facility}/plan/versions/{number}', { facility, number }, stop)),
  planDifference: (facility: string, number: number, from: number, stop?: Stop) =>
    get('/facilities/{facility}/plan/versions/{number}/difference', { facility, number, query: from ? { from } : {} }, stop),
  beginPlanDraft: (facility: string) => whole(post('/facilities/{facility}/plan/draft', { facility }, undefined)),
  /** One item, under the name that the edit gives it. */
  putPlanItem: (facility: string, edit: PlanEdit) => whole(post('/facilities/{facility}/plan/draft/items', { facility }, edit)),
  removePlanItem: (facility: string, part: string, id: string, revision?: number | null) =>
    whole(post('/facilities/{facility}/plan/draft/items/remove', { facility }, { part, id, revision: revision ?? null })),
  movePlanItem: (facility: string, part: string, id: string, before: string) => whole(post('/facilities/{facility}/plan/draft/items/move', { facility }, { part, id, before })),
  contactsTemplateUrl: (facility: string) => address('get', '/facilities/{facility}/plan/contacts/template', { facility }),
  previewContacts: (facility: string, file: File) => upload('/facilities/{facility}/plan/draft/contacts/preview', { facility, query: { name: file.name } }, file, () => {}).done,
  takeContacts: (facility: string, file: File, hash: string, seen: number) => upload('/facilities/{facility}/plan/draft/contacts', { facility, query: { name: file.name, hash, seen } }, file, () => {}).done,
  addPlanServices: (facility: string) => whole(post('/facilities/{facility}/plan/draft/services', { facility }, undefined)),
  hearOnPlan: (facility: string, opinion: wire.Opinion) => whole(post('/facilities/{facility}/plan/draft/opinions', { facility }, { opinion })),
  adoptPlan: (facility: string, adoption: Adoption) => whole(post('/facilities/{facility}/plan/draft/adopt', { facility }, adoption)),
  discardPlanDraft: (facility: string, seen: number) => post('/facilities/{facility}/plan/draft/discard', { facility }, { seen }),

  paper: (facility: string, stop?: Stop) => get('/facilities/{facility}/plan/paper', { facility }, stop),
  makePaper: (facility: string, language: 'fr' | 'en') => post('/facilities/{facility}/plan/paper', { facility }, { language }),
  placePaper: (facility: string, paper: string, day: string, who: string) =>
    post('/facilities/{facility}/plan/paper/{paper}/placed', { facility, paper }, { day, who }),
  stickUrl: (facility: string, language: 'fr' | 'en') => address('get', '/facilities/{facility}/plan/stick', { facility, query: { language } }),
  paperUrl: (facility: string, paper: string) => address('get', '/facilities/{facility}/plan/paper/{paper}/pdf', { facility, paper }),
  rooms: (facility: string, stop?: Stop) => get('/facilities/{facility}/rooms', { facility }, stop),
  activate: (facility: string, wanted: NewRoom) => post('/facilities/{facility}/rooms', { facility }, wanted) as Promise<RoomView>,
  room: (facility: string, room: string, stop?: Stop) => get('/facilities/{facility}/rooms/{room}', { facility, room }, stop).then((view) => ({ ...view, ahead: Date.parse(view.now) - Date.now() }) as Room),
  lines: (facility: string, room: string, after: number, stop?: Stop) =>
    get('/facilities/{facility}/rooms/{room}/lines', { facility, room, query: { after, size: 5000 } }, stop) as Promise<LineRows>,
  writeLine: (facility: string, room: string, line: NewLine) => post('/facilities/{facility}/rooms/{room}/lines', { facility, room }, { line }) as Promise<LineRow>,
  board: (facility: string, room: string, stop?: Stop) => get('/facilities/{facility}/rooms/{room}/board', { facility, room, query: {} }, stop),
  boardIfCut: (facility: string, room: string, cut: Cut, stop?: Stop) => get('/facilities/{facility}/rooms/{room}/board', { facility, room, query: cut }, stop),
  roomDocument: (facility: string, room: string, document: string, stop?: Stop) =>
    get('/facilities/{facility}/rooms/{room}/documents/{document}', { facility, room, document }, stop),
  reportPdf: (facility: string, room: string, line: string) => getFile('/facilities/{facility}/rooms/{room}/reports/{line}/pdf', { facility, room, line }),
  attach: (facility: string, room: string, file: File, onProgress: (share: number) => void) =>
    upload('/facilities/{facility}/rooms/{room}/attachments', { facility, room, query: { name: file.name, type: file.type } }, file, onProgress),
  attachmentUrl: (facility: string, room: string, hash: string) => address('get', '/facilities/{facility}/rooms/{room}/attachments/{hash}', { facility, room, hash }),
  previewBulletin: (facility: string, room: string, words: BulletinWords, stop?: Stop) =>
    post('/facilities/{facility}/rooms/{room}/bulletins/preview', { facility, room }, words, stop),
  publishBulletin: (facility: string, room: string, line: string, bulletin: Bulletin) =>
    post('/facilities/{facility}/rooms/{room}/bulletins', { facility, room }, { line, bulletin }) as Promise<LineRow>,
  bulletinPageUrl: (facility: string, room: string) => address('get', '/facilities/{facility}/rooms/{room}/bulletins/page', { facility, room }),
  journalUrl: (facility: string, room: string) => address('get', '/facilities/{facility}/rooms/{room}/journal', { facility, room }),
  journalTextUrl: (facility: string, room: string) => address('get', '/facilities/{facility}/rooms/{room}/journal/text', { facility, room }),
  mergeJournal: (facility: string, room: string, file: File, onProgress: (share: number) => void) =>
    upload('/facilities/{facility}/rooms/{room}/merge', { facility, room }, file, onProgress),
  staff: (facility: string, query: StaffQuery, stop?: Stop) => get('/facilities/{facility}/staff', { facility, query }, stop),
  staffTemplateUrl: (facility: string) => address('get', '/facilities/{facility}/staff/template', { facility }),
  previewStaff: (facility: string, file: File) => upload('/facilities/{facility}/staff/preview', { facility, query: { name: file.name } }, file, () => {}).done,
  replaceStaff: (facility: string, file: File, hash: string) => upload('/facilities/{facility}/staff', { facility, query: { name: file.name, hash } }, file, () => {}).done,
  callChoices: (facility: string, stop?: Stop) => get('/facilities/{facility}/recall', { facility }, stop),
  recalled: (facility: string, room: string, stop?: Stop) => get('/facilities/{facility}/rooms/{room}/callouts', { facility, room }, stop),
  previewCallout: (facility: string, room: string, order: CalloutOrder) => post('/facilities/{facility}/rooms/{room}/callouts/preview', { facility, room }, order),
  callOut: (facility: string, room: string, order: CalloutOrder) => post('/facilities/{facility}/rooms/{room}/callouts', { facility, room }, order),
  remind: (facility: string, room: string) => post('/facilities/{facility}/rooms/{room}/callouts/remind', { facility, room }, undefined),
  callDeputy: (facility: string, room: string, called: string) => post('/facilities/{facility}/rooms/{room}/called/{called}/deputy', { facility, room, called }, undefined),
  lookAtCall: (token: string) => post('/answers/look', {}, { token }),
  answerCall: (token: string, comes: boolean, expected?: string) => post('/answers', {}, { token, comes, expected }),
  channels: (stop?: Stop) => get('/settings/channels', {}, stop),
  saveChannels: (channels: NewChannels) => post('/settings/channels', {}, channels),
  testChannel: (channel: 'mail' | 'gateway', to: string) => post('/settings/channels/test', {}, { channel, to }),

  job: (id: string, stop?: Stop) => get('/jobs/{id}', { id }, stop),
  cancelJob: (id: string) => post('/jobs/{id}/cancel', { id }, undefined),
  tables: (stop?: Stop) => get('/settings/tables', {}, stop),
  saveTable: (file: string, text: string, seen?: string) => post('/settings/tables', {}, { file, text, seen }),

  signIn: (login: string, password: string, code: string) => post('/sign-in', {}, code ? { login, password, code } : { login, password }),
  openCode: (code: string) => post('/sign-in/code', {}, { code }),
  signOut: (stop?: Stop) => post('/sign-out', {}, undefined, stop),
  providers: (stop?: Stop) => get('/sign-in/providers', {}, stop),
  /** Of a provider of identities, for a link: the browser goes there itself. */
  providerUrl: (provider: string, next: string) => `/oidc/${encodeURIComponent(provider)}/start?next=${encodeURIComponent(next)}`,
  lookAtInvitation: (token: string) => post('/invitations/look', {}, { token }),
  acceptInvitation: (token: string, password: string) => post('/invitations/accept', {}, { token, password }),

  account: (stop?: Stop) => get('/account', {}, stop),
  changePassword: (password: string, fresh: string) => post('/account/password', {}, { password, fresh }),
  startPhone: (password: string) => post('/account/phone', {}, { password }),
  confirmPhone: (code: string) => post('/account/phone/confirm', {}, { code }),
  removePhone: (password: string) => post('/account/phone/remove', {}, { password }),
  renewRecoveryCodes: (password: string) => post('/account/recovery-codes', {}, { password }),
  passkeys: (stop?: Stop) => get('/account/passkeys', {}, stop),
  startPasskey: (password: string) => post('/account/passkeys/start', {}, { password }),
  addPasskey: (ticket: string, name: string, answer: wire.Registration) => post('/account/passkeys', {}, { ticket, name, answer }),
  removePasskey: (id: string, password: string) => post('/account/passkeys/{id}/remove', { id }, { password }),
  startPasskeySignIn: () => post('/sign-in/passkey/start', {}, undefined),
  signInWithPasskey: (ticket: string, answer: wire.Assertion) => post('/sign-in/passkey', {}, { ticket, answer }),
  endSession: (id: string) => post('/account/sessions/{id}/end', { id }, undefined),

  doors: (stop?: Stop) => get('/account/doors', {}, stop),
  linkIdentity: (provider: string, password: string) => post('/account/identities', {}, { provider, password }),
  endIdentity: (id: string) => post('/account/identities/{id}/end', { id }, undefined),
  makeToken: (token: NewToken) => post('/account/tokens', {}, token),
  endToken: (id: string) => post('/account/tokens/{id}/end', { id }, undefined),

  roles: (stop?: Stop) => get('/roles', {}, stop),
  people: (stop?: Stop) => get('/people', {}, stop),
  invite: (invitation: Invitation) => post('/people', {}, invitation),
  giveRole: (id: string, grant: NewGrant) => post('/people/{id}/grants', { id }, grant),
  takeRole: (id: string, grant: string) => post('/people/{id}/grants/{grant}/end', { id, grant }, undefined),
  renewLink: (id: string) => post('/people/{id}/link', { id }, undefined),
  personDoors: (id: string, stop?: Stop) => get('/people/{id}/doors', { id }, stop),
  endPersonToken: (id: string, token: string) => post('/people/{id}/tokens/{token}/end', { id, token }, undefined),
  endPersonIdentity: (id: string, identity: string) => post('/people/{id}/identities/{identity}/end', { id, identity }, undefined),
  closePerson: (id: string) => post('/people/{id}/close', { id }, undefined),
  shares: (facility: string, stop?: Stop) => get('/facilities/{facility}/shares', { facility }, stop),
  share: (facility: string, role: string, ends?: string) => post('/facilities/{facility}/shares', { facility }, ends ? { role, ends } : { role }),
  endShare: (facility: string, role: string) => post('/facilities/{facility}/shares/{role}/end', { facility, role }, undefined),
  sealedCodes: (stop?: Stop) => get('/sealed-codes', {}, stop),
  printCode: (forPost: string, role: string, place: string) => post('/sealed-codes', {}, { post: forPost, role, place }),
  revokeCode: (id: string) => post('/sealed-codes/{id}/revoke', { id }, undefined),

  trail: (query: TrailQuery, stop?: Stop) => get('/trail', { query }, stop),
  checkTrail: (stop?: Stop) => get('/trail/check', {}, stop),
  trailUrl: (format: 'csv' | 'json') => address('get', '/trail/export', { query: { format } }),
}
