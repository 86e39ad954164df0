package dialog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"referralbot/rules"
)

// worded is what words for people look like, or part of them: a space, or a capital before a small
// letter. Verbs of fmt are none.
var (
	worded = regexp.MustCompile(`[A-Za-z].* | .*[A-Za-z]|^[A-Z][a-z]`)
	verbs  = regexp.MustCompile(`%#?[a-z]`)
)

// toNobody are what looks so and is said to nobody.
var toNobody = map[string]string{
	"parent at": "the name of a trait, stored in its sum", "baby at": "likewise", "parent and baby": "likewise",
	" chat": "withholds who it is of", "conversation at ": "likewise",
	" item ": "in a line of scores", " Jo ": "is measured", "=words at ": "in the rule of an alert",
	"A conversation": "in a diagram of the documentation", "A referral": "likewise",
	"MonTueWedThuFriSatSun": "days of the service profile", "Mon": "likewise", "Europe/London": "a zone",
}

// notSaid are calls whose arguments nobody is told: what is given to them is an error, a pattern or
// a detail of the audit log.
var notSaid = []string{"Errorf", "New", "panic", "MustCompile", "audit"}

// sources are the files of this package, without its tests.
func sources(t *testing.T) (set *token.FileSet, files []*ast.File) {
	paths, err := filepath.Glob("*.go")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	set = token.NewFileSet()
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return set, files
}

func ofWords(set *token.FileSet, at token.Pos) bool {
	return strings.HasPrefix(set.Position(at).Filename, "words")
}

// TestWordsStandTogether: what people read stands in the files of words, beside no logic, so that
// whoever answers for it can read it there and a translation is one more value of each table.
func TestWordsStandTogether(t *testing.T) {
	t.Parallel()
	set, files := sources(t)
	met := map[string]bool{}
	for _, file := range files {
		if ofWords(set, file.Pos()) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec, *ast.StructType:
				return false
			case *ast.CallExpr:
				return !slices.Contains(notSaid, nameOf(n.Fun))
			case *ast.BasicLit:
				text, _ := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || !worded.MatchString(verbs.ReplaceAllString(text, "")) {
					return true
				}
				if met[text] = true; toNobody[text] == "" {
					t.Errorf("%s says %q", set.Position(n.Pos()), text)
				}
			}
			return true
		})
	}
	for text := range toNobody {
		if !met[text] {
			t.Errorf("%q does not stand anywhere", text)
		}
	}
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// TestWordsAreSaid: there are no words in the tables that nobody says any more. Those of the screens
// are said by the platforms.
func TestWordsAreSaid(t *testing.T) {
	t.Parallel()
	set, files := sources(t)
	const keys = "words.go" // it has the names of the words, and none of them
	info := types.Info{Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	unresolved := types.Config{Error: func(error) {}} // other packages' types, of which nothing is needed
	_, _ = unresolved.Check("dialog", set, files, &info)
	said := map[types.Object]bool{}
	for _, s := range info.Selections {
		said[s.Obj()] = true
	}
	fields := 0
	for _, object := range info.Defs {
		v, ok := object.(*types.Var)
		if !ok || !v.IsField() || v.Exported() || !ofWords(set, v.Pos()) || set.Position(v.Pos()).Filename == keys {
			continue
		}
		fields++
		if !said[v] {
			t.Errorf("%s: nobody says %s", set.Position(v.Pos()), v.Name())
		}
	}
	if fields < 200 {
		t.Errorf("only %d fields of words", fields)
	}
}

// TestTablesOfWordsAreWhole: what is looked up by its name has its words, and no name is left over.
func TestTablesOfWordsAreWhole(t *testing.T) {
	t.Parallel()
	actions, sheets := map[Action]bool{ActOutcome: true}, map[Action]bool{ActOutcome: true, ActArrange: true}
	for _, d := range deeds {
		if base, _, outcome := strings.Cut(string(d.action), ":"); !outcome {
			actions[Action(base)] = true
			if d.sheet != nil {
				sheets[Action(base)] = true
			}
		}
	}
	complete(t, "deeds", clinicianVoice.deeds, slices.Collect(maps.Keys(actions)))
	complete(t, "sheets", clinicianVoice.sheets, slices.Collect(maps.Keys(sheets)))

	outcomes := []Code{JointWithPerinatal}
	for _, e := range endings {
		outcomes = append(outcomes, e.code)
	}
	complete(t, "outcomes", everybody.outcomes, outcomes)
	var firsts []rules.Field
	for _, s := range sections {
		firsts = append(firsts, s.from)
	}
	complete(t, "sections", everybody.sections, firsts)
	var what []wait
	for _, u := range urgencies {
		what = append(what, u.what)
	}
	complete(t, "waits", clinicianVoice.waits, what)
	complete(t, "standings", clinicianVoice.standings, append(slices.Clone(anywhere), Draft, Withdrawn))
	complete(t, "statuses", clinicianVoice.statuses, append(slices.Clone(anywhere), Draft, Withdrawn))
	complete(t, "professionals' standings", ToProfessionals.own.standings, append(slices.Clone(anywhere), Withdrawn))
	var categories, levels []string
	for _, d := range dangers {
		categories, levels = append(categories, d.category), append(levels, d.level)
	}
	complete(t, "risks", clinicianVoice.risks, categories)
	complete(t, "levels", clinicianVoice.levels, levels)
	complete(t, "audiences", clinicianVoice.audiences, []rules.Audience{rules.Parent, rules.Professional})
	complete(t, "ages", clinicianVoice.ages, ages)
	complete(t, "homes", clinicianVoice.homes, []rules.Home{rules.HomeIn, rules.HomeOut, rules.HomeStraddle, rules.HomeRefuge, rules.HomeUnknown})
	complete(t, "places", clinicianVoice.places, []Place{PlaceWarning, PlaceBooking, PlaceReview, PlaceStart})
	for f := range clinicianVoice.fields {
		if _, ok := rules.Lookup(f); !ok {
			t.Errorf("there is no field %s", f)
		}
	}
	for note := range clinicianVoice.pressures {
		if rules.NoteMeaning(note) == "" {
			t.Errorf("there is no note %s", note)
		}
	}
}

// TestSheetsAreWorded: every item of a sheet has its words, and no words are of an item that there
// is not.
func TestSheetsAreWorded(t *testing.T) {
	t.Parallel()
	f := Facts{Service: rules.DefaultService()}
	r := Referral{Ref: "R1", Audience: rules.Professional, Status: Claimed, Life: Life{Proposed: &Result{Code: Advice}, Family: []string{"R2"}}}
	met := map[Action]map[string]bool{ActArrange: {}, ActOutcome: {}}
	look := func(action Action, s sheet) {
		for _, i := range s.items {
			if met[action] == nil {
				met[action] = map[string]bool{}
			}
			if met[action][i.Key] = true; i.Label == "" || chosen(i.Kind) && len(i.Options) == 0 {
				t.Errorf("%s asks for %s without words", action, i.Key)
			}
		}
	}
	look(ActArrange, rosterSheet(Roster{Blocks: []rules.Block{{Who: anna.ID, Span: rules.Span{To: time.Now()}}}}, anna, f))
	for _, d := range deeds {
		if action, _, _ := strings.Cut(string(d.action), ":"); d.sheet != nil {
			look(Action(action), d.toFill(r, anna, f))
		}
	}
	for action, w := range clinicianVoice.sheets {
		for key := range w.items {
			if !met[action][key] {
				t.Errorf("%s does not ask for %s", action, key)
			}
		}
	}
}

// complete fails unless the keys of a table are just those.
func complete[K ~string, V any](t *testing.T, name string, table map[K]V, want []K) {
	t.Helper()
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(table)); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("%s has words for %q, want %q", name, got, want)
	}
}
