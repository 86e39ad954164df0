package mail

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"github.com/go-pdf/fpdf"

	"referralbot/dialog"
	"referralbot/rules"
)

// Form draws r as a form for the service's mailbox: a PDF on A4 in which all of it stands in
// the order a clinician reads it, on as many pages as that takes. The same referral and
// service give the same bytes. What cannot be printed is marked, and the form says where it
// can be read.
func Form(r dialog.Referral, s *rules.Service) ([]byte, error) {
	sections, whole := printable(formSections(r, s))
	counted := draw(r, s, sections, whole, 0)
	p := draw(r, s, sections, whole, counted.pdf.PageCount()) // each page says how many there are
	var out bytes.Buffer
	err := p.pdf.Output(&out)
	return out.Bytes(), err
}

// formSections are everything of r that may be passed on, with the flags after what it is.
func formSections(r dialog.Referral, s *rules.Service) []dialog.Section {
	all := dialog.PassedOn(r, dialog.Facts{Service: s})
	return slices.Insert(slices.Clone(all), 1, flags(r.Assessment))
}

// flags are the criteria that are not clear, each with the guidance's own words.
func flags(a rules.Assessment) dialog.Section {
	s := dialog.Section{Title: words.FormFlags}
	for _, c := range rules.Criteria() {
		if says := words.FormFlagged[a.Verdicts[c.Rule]]; says != "" {
			s.Lines = append(s.Lines, dialog.Line{Label: c.Title + ": " + says, Value: dialog.Fill(words.FormSource, nil, "source", c.Source)})
		}
	}
	if len(s.Lines) == 0 {
		s.Lines = []dialog.Line{{Label: words.FormNone, Value: words.FormClear}}
	}
	return s
}

// The measures of a page, in millimetres, and sizes of letters, in points.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 16.0
	bottom                = pageHeight - 18
	width                 = pageWidth - 2*margin
	labelWidth            = 50.0
	valueAt               = margin + labelWidth + 4
	valueWidth            = pageWidth - margin - valueAt
	small, normal, large  = 8.0, 9.5, 18.0
	lineHeight            = 4.3
	rowGap                = 1.0
)

// continued stands beside what goes on from the page before.
const continued = "(continued)"

// face is the family of letters: it has those of nearly every name written in Latin, Greek or
// Cyrillic.
const face = "DejaVu"

// paper is a form being drawn.
type paper struct {
	pdf   *fpdf.Fpdf
	ref   string
	pages int // how many there are, 0 while that is not known
}

func draw(r dialog.Referral, s *rules.Service, sections []dialog.Section, whole bool, pages int) *paper {
	p := &paper{pdf: fpdf.New("P", "mm", "A4", ""), ref: r.Ref, pages: pages}
	p.pdf.AddUTF8FontFromBytes(face, "", dejavusanscondensed.TTF)
	p.pdf.AddUTF8FontFromBytes(face, "B", dejavusanscondensedbold.TTF)
	p.pdf.SetCreationDate(r.ReceivedAt.UTC())
	p.pdf.SetModificationDate(r.ReceivedAt.UTC())
	p.pdf.SetCatalogSort(true)
	p.pdf.SetTitle(dialog.Fill(words.FormOf, nil, "ref", r.Ref), true)
	p.pdf.SetLang("en-GB")
	p.pdf.SetMargins(margin, margin, margin)
	p.pdf.SetCellMargin(0)
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetFooterFunc(p.footer)
	p.pdf.AddPage()
	p.head(s)
	p.notice(whole)
	for _, section := range sections {
		p.section(section)
	}
	return p
}

func (p *paper) letters(style string, size float64, shade int) {
	p.pdf.SetFont(face, style, size)
	p.pdf.SetTextColor(shade, shade, shade)
}

// head says whose form it is, what it is, and of which referral.
func (p *paper) head(s *rules.Service) {
	p.letters("B", large, 0)
	p.pdf.CellFormat(width, 9, words.Form, "", 1, "L", false, 0, "")
	p.letters("B", 12, 0)
	p.pdf.CellFormat(width, 7, p.ref, "", 1, "L", false, 0, "")
	under := p.pdf.GetY() + 2
	const column = width / 2
	p.pdf.SetY(margin + 1)
	for _, line := range []struct{ style, text string }{
		{"B", s.Name}, {"", s.Team}, {"", s.Provider}, {"", s.Address}, {"", dialog.Fill(words.FormTelephone, s)},
	} {
		p.letters(line.style, small, 60)
		text, _ := printed(line.text)
		for _, part := range p.wrapped(text, column) {
			p.pdf.SetX(margin + column)
			p.pdf.CellFormat(column, 3.8, part, "", 1, "R", false, 0, "")
		}
	}
	p.pdf.SetY(max(under, p.pdf.GetY()+2))
}

// notice says in a frame what the form is not, and what it lacks.
func (p *paper) notice(whole bool) {
	p.letters("B", 11, 0)
	p.pdf.SetLineWidth(0.5)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.CellFormat(width, 9, dialog.NotAnAssessment, "1", 1, "C", false, 0, "")
	p.pdf.Ln(2)
	if whole {
		return
	}
	p.letters("B", normal, 0)
	for _, line := range p.wrapped(dialog.Fill(words.FormLacks, nil, "mark", lacking, "ref", p.ref), width) {
		p.pdf.CellFormat(width, lineHeight, line, "", 1, "L", false, 0, "")
	}
	p.pdf.Ln(1)
}

// footer says on every page which form it is of.
func (p *paper) footer() {
	p.letters("", small, 60)
	p.pdf.SetXY(margin, bottom+5)
	p.pdf.CellFormat(width, 4, p.ref+" · "+dialog.NotAnAssessment, "", 0, "L", false, 0, "")
	p.pdf.SetX(margin)
	p.pdf.CellFormat(width, 4, dialog.Fill(words.FormPage, nil, "n", strconv.Itoa(p.pdf.PageNo()), "pages", strconv.Itoa(p.pages)), "", 0, "R", false, 0, "")
}

// section draws a title and its rows. A title never stands alone at the foot of a page.
func (p *paper) section(s dialog.Section) {
	p.room(9 + 3*lineHeight)
	p.pdf.Ln(2)
	p.letters("B", 10.5, 0)
	p.pdf.SetFillColor(228, 232, 236)
	p.pdf.CellFormat(width, 5.8, "  "+s.Title, "", 1, "L", true, 0, "")
	p.pdf.Ln(rowGap)
	for _, l := range s.Lines {
		p.row(l)
	}
}

// row draws a label and, beside it, what was said, which goes on to further pages as it needs.
func (p *paper) row(l dialog.Line) {
	p.letters("B", normal, 40)
	labels := p.wrapped(l.Label, labelWidth)
	p.letters("", normal, 0)
	values := p.wrapped(l.Value, valueWidth)
	p.room(float64(max(len(labels), min(len(values), 2))) * lineHeight)
	top, page := p.pdf.GetY(), p.pdf.PageNo()
	p.letters("B", normal, 40)
	for i, line := range labels {
		p.put(margin, top+float64(i)*lineHeight, line)
	}
	p.letters("", normal, 0)
	p.pdf.SetY(top)
	for _, line := range values {
		if p.room(lineHeight) {
			p.letters("", small, 60)
			p.put(margin, p.pdf.GetY(), continued)
			p.letters("", normal, 0)
			p.pdf.SetY(margin)
		}
		p.put(valueAt, p.pdf.GetY(), line)
		p.pdf.SetY(p.pdf.GetY() + lineHeight)
	}
	if p.pdf.PageNo() == page {
		p.pdf.SetY(max(p.pdf.GetY(), top+float64(len(labels))*lineHeight))
	}
	p.rule()
}

// put writes a line with its upper left corner at x, y.
func (p *paper) put(x, y float64, line string) {
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(0, lineHeight, line, "", 0, "L", false, 0, "")
}

// rule parts a row from the next.
func (p *paper) rule() {
	y := p.pdf.GetY() + rowGap/2
	p.pdf.SetLineWidth(0.1)
	p.pdf.SetDrawColor(190, 190, 190)
	p.pdf.Line(margin, y, margin+width, y)
	p.pdf.SetY(y + rowGap/2)
}

// room begins a new page if so much does not fit on this one, and reports whether it did.
func (p *paper) room(height float64) bool {
	full := p.pdf.GetY()+height > bottom
	if full {
		p.pdf.AddPage()
	}
	return full
}
