package rules

import (
	"fmt"
	"strings"
)

// Criterion is one criterion of the guidance as clinicians read it.
type Criterion struct {
	Rule      Rule
	Title     string
	Source    string // the guidance's own words
	Sentences string // where they stand in the guidance, such as "S31, S32"
	Prose     string // the decision table, one line a row; the first line that holds decides
}

// Criteria returns the thirteen criteria in the order of the guidance.
func Criteria() []Criterion {
	out := make([]Criterion, len(criteria))
	for i, c := range criteria {
		out[i] = c.Criterion
		out[i].Prose = prose(c.rows)
	}
	return out
}

var verdictWords = map[Verdict]string{
	Clear:          "Clear",
	Discuss:        "Discuss",
	LikelyExcluded: "May not fit",
	Unknown:        "Not known yet",
}

func prose(rows []row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "- %s: %s.\n", verdictWords[r.then], r.when)
	}
	return b.String()
}

// criterion is a Criterion with its decision table. The rows stand in the order in
// which they decide: what is likely excluded, then what is not known, then what is to
// be discussed, then what is clear.
type criterion struct {
	Criterion
	rows []row
}

var criteria = []criterion{
	{Criterion{Rule: RuleArea, Title: "Area", Sentences: "S31, S32",
		Source: "The parent and infant are not living in the EPUT footprint. They will both need to be in receipt of GP services and have an Essex GP address."},
		areaRows},
	{Criterion{Rule: RuleAge, Title: "Age", Sentences: "S33, S19",
		Source: "The infant is over 24 months in age"},
		ageRows},
	{Criterion{Rule: RuleCarer, Title: "Main carer", Sentences: "S34, S35, S36, S37",
		Source: "Secondary carers. This service is for the primary carer and their infant, this will include mothers and fathers. The service recognises families start in all kinds of ways and the parental arrangement will not be a barrier to accessing services e.g same sex parenting, step parenting, parent with a physical disability etc. The service will not work with a secondary carer such as grandparent, aunt/uncle etc unless they are identified as the primary carer and are raising the infant consistently then the referral will be discussed."},
		carerRows},
	{Criterion{Rule: RuleContact, Title: "Contact with the baby", Sentences: "S38, S39",
		Source: "The infant is not in contact with the parent. An infant may have been subject to removal and living in foster arrangements however the parent needs to be having regular access and there be active signs of progress towards the parent and infant living together in order for the referral to be considered."},
		contactRows},
	{Criterion{Rule: RuleAssessment, Title: "Parenting assessments", Sentences: "S40",
		Source: "This service does not provide parenting assessments and will not assess capacity to parent."},
		assessmentRows},
	{Criterion{Rule: RuleRelationship, Title: "The relationship is at risk", Sentences: "S9 to S16, S41, S42, S43",
		Source: "The relationship between the parent and the infant is not at risk. If the referrer expresses concerns the referrer will be supported to gather appropriate clinical information to support evidence of risk e.g. screening tools. If the relationship is not at risk the referrer will be supported to signpost the family to other more appropriate resources."},
		relationshipRows},
	{Criterion{Rule: RuleAvailability, Title: "Able to attend", Sentences: "S44, S45",
		Source: "The parent is not available to attend assessment and interventions appointments due to being hospitalised, in prison, in rehabilitation programmes for drug and alcohol misuse. Any referral made with these circumstances will be discussed with the referrer and decisions made on how best to support the family at this time."},
		availabilityRows},
	{Criterion{Rule: RuleLearningDisability, Title: "Learning disability", Sentences: "S46, S47",
		Source: "The parent has a learning disability (cognitive functioning and adaptive functioning are severely affected). Any referral received with this presenting issue will be discussed with the referrer and decisions will be made as to how best to support the family at this time."},
		disabilityRows},
	{Criterion{Rule: RuleMultiple, Title: "Multiple births", Sentences: "S48, S49, S50",
		Source: "Multiple births – the same requirement is required as with a single birth, the referring issue is the relationship and it will need to be determined whether the relationship with more than one infant or more is under stress. Advice and consultation will be given to determine which baby or babies require assessment and possible intervention."},
		multipleRows},
	{Criterion{Rule: RuleLoss, Title: "Loss", Sentences: "S51, S52, S53, S54",
		Source: "This service cannot provide support and intervention for families who have lost their baby to miscarriage, stillbirth, neonatal complications and other causes of perinatal loss. Advice and guidance will be given as to services appropriate to supporting the family with the loss. The service can consider parents whom have experienced perinatal loss and it is impacting on their relationship with a new baby."},
		lossRows},
	{Criterion{Rule: RuleMentalHealth, Title: "The parent's mental health", Sentences: "S55, S56, S57",
		Source: "In the case of maternal mental health issues it will be discussed with the referrer as to whether the presence of maternal mental ill health is having a significant and measurably impact on the baby. Many women will experience mental ill health in the perinatal period but establish a healthy relationship with their baby and these needs to be considered at point of referral."},
		mentalHealthRows},
	{Criterion{Rule: RuleAntenatal, Title: "Antenatal referrals", Sentences: "S19, S20, S21, S22",
		Source: "Antenatal referrals will be considered as it is recognised the relationship may struggle from the very beginning in pregnancy. […] The referral will be discussed with the referrer to determine which other services are involved and the careplan for the pregnancy."},
		antenatalRows},
	{Criterion{Rule: RuleAgreement, Title: "The parent's agreement", Sentences: "S60",
		Source: "Referrals will be rejected if there if incomplete information as the service cannot proceed with referral without requisite demographic and clinical information."},
		agreementRows},
}
