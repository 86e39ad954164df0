package record

// What of FHIR R4 is drawn. An element is left out when it is empty, for FHIR has no empty ones.
// Names and cardinalities: https://hl7.org/fhir/R4/.

type bundle struct {
	resource
	Identifier identifier `json:"identifier"`
	Type       string     `json:"type"`
	Timestamp  string     `json:"timestamp"`
	Entry      []entry    `json:"entry"`
}

type entry struct {
	FullURL  string `json:"fullUrl"`
	Resource any    `json:"resource"`
}

// resource is what every resource begins with.
type resource struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id"`
	Meta         meta   `json:"meta,omitzero"`
}

type meta struct {
	Profile  []string `json:"profile,omitempty"`
	Security []coding `json:"security,omitempty"`
}

type serviceRequest struct {
	resource
	Extension      []extension  `json:"extension,omitempty"`
	Identifier     []identifier `json:"identifier"`
	Status         string       `json:"status"`
	Intent         string       `json:"intent"`
	Category       []concept    `json:"category"`
	Code           concept      `json:"code"`
	Subject        reference    `json:"subject"`
	AuthoredOn     string       `json:"authoredOn"`
	Requester      reference    `json:"requester"`
	Performer      []reference  `json:"performer"`
	ReasonCode     []concept    `json:"reasonCode"`
	SupportingInfo []reference  `json:"supportingInfo"`
	Note           []annotation `json:"note"`
}

type patient struct {
	resource
	Extension            []extension    `json:"extension,omitempty"`
	Identifier           []identifier   `json:"identifier"`
	Name                 []humanName    `json:"name,omitempty"`
	Telecom              []contactPoint `json:"telecom,omitempty"`
	Gender               string         `json:"gender,omitempty"`
	BirthDate            string         `json:"birthDate,omitempty"`
	Address              []address      `json:"address,omitempty"`
	MultipleBirthBoolean bool           `json:"multipleBirthBoolean,omitempty"`
	GeneralPractitioner  []reference    `json:"generalPractitioner,omitempty"`
	Link                 []link         `json:"link,omitempty"`
}

type link struct {
	Other reference `json:"other"`
	Type  string    `json:"type"`
}

type relatedPerson struct {
	resource
	Active       bool        `json:"active"`
	Patient      reference   `json:"patient"`
	Relationship []concept   `json:"relationship,omitempty"`
	Name         []humanName `json:"name,omitempty"`
}

type practitioner struct {
	resource
	Name    []humanName    `json:"name,omitempty"`
	Telecom []contactPoint `json:"telecom,omitempty"`
}

type practitionerRole struct {
	resource
	Practitioner reference `json:"practitioner,omitzero"`
	Organization reference `json:"organization,omitzero"`
	Code         []concept `json:"code,omitempty"`
}

type organization struct {
	resource
	Name string `json:"name"`
}

type healthcareService struct {
	resource
	Active     bool           `json:"active"`
	ProvidedBy reference      `json:"providedBy"`
	Name       string         `json:"name"`
	Telecom    []contactPoint `json:"telecom,omitempty"`
}

type questionnaireResponse struct {
	resource
	Questionnaire string    `json:"questionnaire"`
	Status        string    `json:"status"`
	Subject       reference `json:"subject"`
	Authored      string    `json:"authored"`
	Author        reference `json:"author"`
	Source        reference `json:"source"`
	Item          []item    `json:"item"`
}

type item struct {
	LinkID string   `json:"linkId"`
	Text   string   `json:"text"`
	Answer []answer `json:"answer,omitempty"`
	Item   []item   `json:"item,omitempty"`
}

// answer has exactly one of these.
type answer struct {
	String string  `json:"valueString,omitempty"`
	Date   string  `json:"valueDate,omitempty"`
	Coding *coding `json:"valueCoding,omitempty"`
}

type flag struct {
	resource
	Status   string    `json:"status"`
	Category []concept `json:"category"`
	Code     concept   `json:"code"`
	Subject  reference `json:"subject"`
}

type consent struct {
	resource
	Status     string    `json:"status"`
	Scope      concept   `json:"scope"`
	Category   []concept `json:"category"`
	Patient    reference `json:"patient"`
	DateTime   string    `json:"dateTime"`
	PolicyRule concept   `json:"policyRule"`
}

type task struct {
	resource
	Status         string    `json:"status"`
	BusinessStatus concept   `json:"businessStatus,omitzero"`
	Intent         string    `json:"intent"`
	Code           concept   `json:"code"`
	Focus          reference `json:"focus"`
	For            reference `json:"for"`
	AuthoredOn     string    `json:"authoredOn"`
	LastModified   string    `json:"lastModified"`
	Requester      reference `json:"requester"`
	Owner          reference `json:"owner,omitzero"`
}

type provenance struct {
	resource
	Target   []reference `json:"target"`
	Recorded string      `json:"recorded"`
	Agent    []agent     `json:"agent"`
}

type agent struct {
	Type concept   `json:"type"`
	Who  reference `json:"who"`
}

type extension struct {
	URL     string   `json:"url"`
	Concept *concept `json:"valueCodeableConcept,omitempty"`
	Boolean *bool    `json:"valueBoolean,omitempty"`
}

type identifier struct {
	Extension []extension `json:"extension,omitempty"`
	System    string      `json:"system,omitempty"`
	Value     string      `json:"value,omitempty"`
}

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

type concept struct {
	Coding []coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

type reference struct {
	Reference string `json:"reference,omitempty"`
	Display   string `json:"display,omitempty"`
}

type humanName struct {
	Use  string `json:"use,omitempty"`
	Text string `json:"text"`
}

type contactPoint struct {
	System string `json:"system"`
	Value  string `json:"value"`
	Use    string `json:"use,omitempty"`
}

type address struct {
	Use        string `json:"use"`
	Text       string `json:"text,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
}

type annotation struct {
	Text string `json:"text"`
}
