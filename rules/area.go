package rules

import "strings"

// Home says how a postcode lies to the service's area.
type Home string

// The classes of home.
const (
	HomeIn       Home = "in"       // wholly inside, or all but a stray postcode or two
	HomeOut      Home = "out"      // outside
	HomeStraddle Home = "straddle" // the border runs through it; only the council can say
	HomeRefuge   Home = "refuge"   // in a refuge, or kept private: never asked for
	HomeUnknown  Home = "unknown"  // no fixed abode, the forces, or not a postcode
)

// Home returns the class of a postcode: by its sector ("CM23 1") where the border runs
// through the district, else by its district ("CM23"). A district alone will do. The
// words private and refuge are HomeRefuge; a postcode in no table is HomeOut.
func (s *Service) Home(postcode string) Home {
	if postcode == "private" || postcode == "refuge" {
		return HomeRefuge
	}
	district, inward, whole := strings.Cut(postcode, " ")
	if !wellFormed(district, inward, whole) {
		return HomeUnknown
	}
	if whole {
		if home, ok := s.sectors[postcode[:len(district)+2]]; ok {
			return home
		}
	}
	if home, ok := s.districts[district]; ok {
		return home
	}
	return HomeOut
}

// wellFormed reports whether the parts could be of a place: no dummy code of the NHS
// ("ZZ99 3VZ", no fixed abode), no forces' post office, and a shape like a postcode's.
func wellFormed(district, inward string, whole bool) bool {
	return len(district) >= 2 && len(district) <= 4 && district[:2] != "ZZ" && district != "BFPO" &&
		whole == (len(inward) == 3) && strings.ContainsAny(district, "0123456789")
}

// parentHome is where the parent lives, "" while that is unanswered. The council
// settles a postcode across the border.
func parentHome(c *Case) Home {
	postcode := c.Answers.One(ParentPostcode)
	if postcode == "" {
		return ""
	}
	home := c.Service.Home(postcode)
	if home != HomeStraddle {
		return home
	}
	switch council := c.Answers.One(ParentCouncil); council {
	case "", "not_sure":
		return HomeStraddle
	case "other":
		return HomeOut
	default:
		return HomeIn
	}
}

// babyHome is where the baby lives: with the parent, unless the answers say elsewhere.
func babyHome(c *Case) Home {
	if !away(c) {
		return parentHome(c)
	}
	if postcode := c.Answers.One(BabyPostcode); postcode != "" {
		return c.Service.Home(postcode)
	}
	return ""
}

// babyGP is where the baby's GP is; "same" copies the parent's answer, a missing one
// included.
func babyGP(c *Case) string {
	if gp := c.Answers.One(BabyGPArea); gp != "same" {
		return gp
	}
	return c.Answers.One(ParentGPArea)
}
