package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"referralbot/bot"
	"referralbot/bot/mail"
	"referralbot/bot/record"
	"referralbot/dialog"
	"referralbot/store"
)

// exportCmd gives referrals away in a form that others read.
type exportCmd struct {
	operating
	filters
	Refs   []string `arg:"" optional:"" name:"ref" help:"The references."`
	All    bool     `help:"All of them, or with --since and --status those that pass."`
	Person string   `placeholder:"REF" help:"Everything held of the person of this referral, to be given to them: the same as its reference and json."`
	Format string   `default:"json" enum:"fhir,csv,json,pdf" help:"fhir: FHIR R4, for a patient record. csv: a table, for a spreadsheet. pdf: the form. json: everything held, conversation and audit too."`
	Out    string   `short:"o" placeholder:"FILE" help:"File to make, or a folder to put a file of each into; without it, standard output."`
}

// form is one form that referrals can be given away in.
type form struct {
	ending string
	// held says that it is for the person themselves: they may have whatever is held of them.
	held bool
	draw func(context.Context, *bot.Bot, []dialog.Referral) ([]document, error)
}

// document is one file of an export.
type document struct {
	name string // without the ending
	data []byte
}

var forms = map[string]form{
	"fhir": {".json", false, fhirDocuments},
	"csv":  {".csv", false, csvDocument},
	"json": {".json", true, heldDocuments},
	"pdf":  {".pdf", false, pdfDocuments},
}

// Run gives them away, once it is written down who did, and in what form.
func (c exportCmd) Run(ctx context.Context, io streams) error {
	if err := c.check(); err != nil {
		return err
	}
	b, err := c.bot(c.openToAudit)
	if err != nil {
		return err
	}
	defer b.Store.Close()
	chosen, damaged, err := c.chosen(ctx, io, b.Store)
	if err != nil {
		return err
	}
	if len(chosen) == 0 && c.Format != "csv" {
		fmt.Fprintln(io.err, "There is no referral to export.")
		return damaged
	}
	if err := c.fits(io, len(chosen)); err != nil {
		return err
	}
	for _, r := range chosen {
		if err := c.note(ctx, b, r.Ref, "exported", c.Format); err != nil {
			return err
		}
	}
	documents, err := forms[c.Format].draw(ctx, b, chosen)
	if err != nil {
		return err
	}
	if err := c.write(io, documents); err != nil {
		return err
	}
	return damaged
}

// check returns everything that is wrong with how it was asked for.
func (c *exportCmd) check() error {
	var faults usageError
	if c.Person != "" {
		c.Refs = append(c.Refs, c.Person)
	}
	switch {
	case len(c.Refs) == 0 && !c.All:
		faults = append(faults, "name a reference, as referrals list prints them, or --all")
	case len(c.Refs) > 0 && c.All:
		faults = append(faults, "name references or --all, not both")
	case !c.All && (c.Since != "" || c.Status != nil):
		faults = append(faults, "--since and --status choose among --all")
	}
	if c.Person != "" && c.Format != "json" {
		faults = append(faults, "--person is everything held of somebody, which only json is: leave out --format")
	}
	if faults == nil {
		return nil
	}
	return faults
}

// chosen are the referrals that are asked for and may be given away. Those named must be; of all,
// those that may not are counted and left out. Damaged says that some do not open.
func (c exportCmd) chosen(ctx context.Context, io streams, db store.Store) (chosen []dialog.Referral, damaged, err error) {
	if !c.All {
		var faults []error
		for _, ref := range c.Refs {
			r, err := find(ctx, db, ref)
			if err == nil {
				err = c.refusal(r)
			}
			chosen, faults = append(chosen, r), append(faults, err)
		}
		return chosen, nil, errors.Join(faults...)
	}
	all, err := c.of(ctx, db)
	if errors.Is(err, store.ErrDamaged) {
		damaged, err = errUnopened, nil
	}
	for _, r := range all {
		if c.refusal(r) == nil {
			chosen = append(chosen, r)
		}
	}
	if left := len(all) - len(chosen); left > 0 {
		fmt.Fprintf(io.err, "Left out, because they were not sent as a referral, or are without the parent's agreement now: %d.\n", left)
	}
	return chosen, damaged, err
}

func (c exportCmd) refusal(r dialog.Referral) error {
	if forms[c.Format].held {
		return nil
	}
	return record.Refusal(r)
}

// fits sees to it, before anything is written down, that so many referrals can be put where they
// are wanted.
func (c exportCmd) fits(io streams, n int) error {
	switch {
	case isFolder(c.Out):
		return nil
	case c.Format == "pdf" && n > 1:
		return usageError{fmt.Sprintf("a PDF is of one referral, and these are %d: make a folder for them and name it with --out", n)}
	case c.Format == "pdf" && c.Out == "" && isTerminal(io.out):
		return usageError{"a PDF cannot be read here: name a file with --out"}
	case c.Out == "":
		return nil
	case !isFolder(filepath.Dir(c.Out)):
		return fmt.Errorf("there is no folder %s; make it first", filepath.Dir(c.Out))
	}
	if _, err := os.Lstat(c.Out); err == nil {
		return fileThere(c.Out)
	}
	return nil
}

func fileThere(name string) error {
	return fmt.Errorf("there is a file %s already; give each export a name of its own", name)
}

// write puts the documents where they are wanted.
func (c exportCmd) write(io streams, documents []document) error {
	f := forms[c.Format]
	if c.Out == "" {
		_, err := io.out.Write(f.joined(documents))
		return err
	}
	files := map[string][]document{c.Out: documents}
	if isFolder(c.Out) {
		files = map[string][]document{}
		for _, d := range documents {
			files[filepath.Join(c.Out, d.name+f.ending)] = []document{d}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := newFile(name, f.joined(files[name])); err != nil {
			return err
		}
		fmt.Fprintln(io.out, name)
	}
	fmt.Fprintln(io.err, "This holds what people said. Only you can read it on this machine: keep it so, and delete it when it is no longer needed.")
	return nil
}

// newFile makes a file that only its owner can read, and leaves none that is not whole.
func newFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fileThere(name)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(name)
	}
	return err
}

// joined are documents as one: of JSON one is indented, and several are a line each.
func (f form) joined(documents []document) []byte {
	var out bytes.Buffer
	for _, d := range documents {
		if f.ending != ".json" || len(documents) > 1 || json.Indent(&out, d.data, "", "  ") != nil {
			out.Write(d.data)
		}
		if f.ending == ".json" {
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// fhirDocuments are the bundles of the referrals: one each, or one for each baby.
func fhirDocuments(_ context.Context, b *bot.Bot, referrals []dialog.Referral) (out []document, err error) {
	for _, r := range referrals {
		bundles, err := record.Bundles(r, b.Service)
		if err != nil {
			return nil, err
		}
		for i, bundle := range bundles {
			name := r.Ref
			if len(bundles) > 1 {
				name += fmt.Sprintf("-%d", i+1)
			}
			out = append(out, document{name, bundle})
		}
	}
	return out, nil
}

func csvDocument(_ context.Context, _ *bot.Bot, referrals []dialog.Referral) ([]document, error) {
	var table bytes.Buffer
	err := record.CSV(&table, referrals)
	return []document{{"referrals", table.Bytes()}}, err
}

func pdfDocuments(_ context.Context, b *bot.Bot, referrals []dialog.Referral) (out []document, err error) {
	for _, r := range referrals {
		form, err := mail.Form(r, b.Service)
		if err != nil {
			return nil, err
		}
		out = append(out, document{r.Ref, form})
	}
	return out, nil
}

// exported is everything held of a person: in words, and as it is stored.
type exported struct {
	Reference    string               `json:"reference"`
	ExportedAt   time.Time            `json:"exported_at"`
	Readable     []section            `json:"readable"`
	Referral     dialog.Referral      `json:"referral"`
	Conversation *dialog.Conversation `json:"conversation,omitempty"` // if it is about this referral
	Audit        []dialog.Entry       `json:"audit"`
}

type section struct {
	Title string  `json:"title"`
	Lines []entry `json:"entries"`
}

type entry struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// heldDocuments are everything held of the persons of the referrals.
func heldDocuments(ctx context.Context, b *bot.Bot, referrals []dialog.Referral) (out []document, err error) {
	for _, r := range referrals {
		held := exported{Reference: r.Ref, ExportedAt: time.Now().UTC(), Readable: sections(dialog.Held(r, b.Facts(r.Chat))), Referral: r}
		talk, err := b.Store.Conversation(ctx, r.Chat)
		if err != nil {
			return nil, err
		}
		if talk.Ref == r.Ref {
			held.Conversation = &talk
		}
		if held.Audit, err = b.Store.Audit(ctx, r.Ref); err != nil {
			return nil, err
		}
		var data bytes.Buffer
		w := json.NewEncoder(&data)
		w.SetEscapeHTML(false)
		if err := w.Encode(held); err != nil {
			return nil, err
		}
		out = append(out, document{r.Ref, bytes.TrimSpace(data.Bytes())})
	}
	return out, nil
}

func sections(held []dialog.Section) []section {
	var out []section
	for _, s := range held {
		lines := make([]entry, len(s.Lines))
		for i, l := range s.Lines {
			lines[i] = entry(l)
		}
		out = append(out, section{s.Title, lines})
	}
	return out
}
