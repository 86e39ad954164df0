//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"referralbot/bot/sim"
)

// screenshots names the folder in which the tests leave pictures of the page, if it is set.
const screenshots = "REFERRALBOT_SCREENSHOTS"

// axeFile names the file axe.min.js of axe-core, which looks for what keeps people out.
const axeFile = "REFERRALBOT_AXE"

// TestBrowserParent refers a family as its mother would, first by hand, and brings it to an
// outcome that she hears of.
func TestBrowserParent(t *testing.T) {
	b := openDemo(t)
	b.shot("parent-1-start")
	b.do("the menu of commands", click("#commands > summary"), click("#command-list [data-key=start]"), until(`document.querySelectorAll('#parent-log .keys button').length > 2`))
	b.do("a word in her own words", write("#parent-text", "why"), until(`document.querySelectorAll('#parent-log .bubble.me').length === 2`))
	b.do("the visitor's family to be played", choose("visitor"), click("#play"), chromedp.WaitVisible(chromedp.CSS("#visitor-view form")))
	b.do("the parent to begin to write", click("#parent-text"), chromedp.SendKeys(chromedp.CSS("#parent-text"), "half a thou"))
	b.do("the form to go on", until(`document.querySelectorAll('#visitor-view input:checked').length > 2`))
	if typed, focus := ask[string](b, `document.getElementById('parent-text').value`), ask[string](b, `document.activeElement.id`); typed != "half a thou" || focus != "parent-text" {
		t.Errorf("while another pane moved, %q was left of the words, and the focus was on %q", typed, focus)
	}
	b.shot("parent-2-both")
	b.do("a button by the keyboard",
		chromedp.KeyEvent(strings.Repeat("\b", len("half a thou"))),
		chromedp.Focus(chromedp.CSS("#parent-log .bubble:last-child .keys button")),
		chromedp.KeyEvent("\r"),
		panelSays("1 given"))
	b.do("her example, at once", choose("mother"), click("#instant"), shownCards(1))
	b.do("a clinician to claim", press("clinicians-log", "Claim"), panelSays("claimed by Carys Bevan"))
	b.shot("parent-3-claimed")
	b.do("the whole referral", press("clinicians-log", "Open"), until(`/Thornley|Marlowe/.test(document.querySelector('#clinicians-view').innerText)`))
	b.shot("parent-4-whole")
	if inside := ask[bool](b, `document.querySelector('#clinicians-view .form').contains(document.activeElement)`); !inside {
		t.Error("the focus did not go into the window")
	}
	b.do("the focus to go round in it", chromedp.KeyEvent(strings.Repeat("\t", 9)), until(`document.querySelector('#clinicians-view .form').contains(document.activeElement)`))
	b.do("the window to close", chromedp.KeyEvent("\u001b"), until(`!document.querySelector('#clinicians-view form')`))
	if back := ask[string](b, `document.activeElement.textContent`); back != "Open" {
		t.Errorf("the focus came back to %q", back)
	}
	b.do("what may come of it", click("#clinicians-log .card .menu > summary"), until(`document.querySelector('#clinicians-log .card .menu').open`))
	b.shot("parent-5-menu")
	b.do("an outcome", press("clinicians-log", "Outcome: accepted for assessment"), until(`document.querySelectorAll('#clinicians-view .field').length > 2`))
	b.shot("parent-6-outcome")
	b.do("it to be recorded",
		chromedp.SendKeys(chromedp.CSS("#clinicians-view .field input[type=text]"), "Carys Bevan"),
		click("#clinicians-view .submit"),
		until(`!document.querySelector('#clinicians-view form') && /accepted for assessment/i.test(document.getElementById('clinicians-log').innerText)`))
	b.do("the list of what is open", click("#triage-commands [data-key='/triage']"), until(`/Open referrals/.test(document.getElementById('clinicians-log').innerText)`))
	b.shot("parent-7-outcome")
	channel := ask[string](b, `document.getElementById('clinicians-log').innerText`)
	for _, name := range []string{"Thornley", "Marlowe", "Maya", "Tess", "Robin", "07700"} {
		if strings.Contains(channel, name) {
			t.Errorf("%q stands in the triage channel", name)
		}
	}
}

// TestBrowserProfessional begins a referral as a health visitor would, by a command and in
// forms, and leaves out what must be answered.
func TestBrowserProfessional(t *testing.T) {
	b := openDemo(t)
	b.do("the form", write("#visitor-text", "/refer"), chromedp.WaitVisible(chromedp.CSS("#visitor-view form")))
	b.do("what is left out to be told",
		click("#visitor-view [data-block=consent] input[value=yes]"),
		click("#visitor-view .submit"),
		until(`document.querySelectorAll('#visitor-view .wrong').length > 0 && document.activeElement.matches('[aria-invalid=true]')`))
	if kept := ask[bool](b, `document.querySelector('#visitor-view [data-block=consent] input[value=yes]').checked`); !kept {
		t.Error("what was answered is lost")
	}
	b.shot("professional-1-left-out")
	b.do("the next page",
		click("#visitor-view [data-block=stage] input[value=born]"),
		enter("referrer_name", "Helen Marsh"), enter("referrer_organisation", "Health visiting, Mid Essex"), enter("referrer_phone", "01632 960145"),
		enter("referrer_email", "helen.marsh@example.nhs.uk"), pick("referrer_type", "health_visitor"),
		click("#visitor-view .submit"),
		until(`document.querySelector('#visitor-view [data-block=parent_name]') && document.activeElement.matches('#visitor-view h3')`))
	b.do("the panel to follow", panelSays("From Helen Marsh|Helen Marsh"))
	b.shot("professional-2-next")
	b.do("the form to close, and the focus to come back", chromedp.KeyEvent("\u001b"), until(`!document.querySelector('#visitor-view form') && document.activeElement.id === 'visitor-text'`))
	b.do("her Home", click("#visitor-tabs [data-key=home]"), until(`/If it is urgent/.test(document.getElementById('visitor-log').innerText)`))
	b.shot("professional-3-home")
	b.do("her example to go on", choose("visitor"), click("#instant"), shownCards(1))
	b.do("her own list of it", click("#visitor-tabs [data-key=home]"), until(`/R[0-9]{2}-/.test(document.getElementById('visitor-log').innerText)`))
	b.shot("professional-4-sent")
}

// TestBrowserUrgent tells the bot of danger at night, and a clinician looks into it.
func TestBrowserUrgent(t *testing.T) {
	b := openDemo(t)
	b.do("the alert", write("#parent-text", "I want to die"), until(`/1/.test(document.querySelector('#channels .count')?.innerText ?? '')`))
	b.do("the panel to tell of it", panelSays("Suicide or self-harm"))
	b.do("the safety channel", click("#channels [data-key*=safety]"), until(`document.querySelectorAll('#clinicians-log .card').length === 1`))
	b.shot("urgent-1-alert")
	b.do("a clinician to look into it", press("clinicians-log", "Acknowledge"), panelSays("Carys Bevan looks into it"))
	b.shot("urgent-2-acknowledged")
}

// TestBrowserClock moves the clock until a promise is broken.
func TestBrowserClock(t *testing.T) {
	b := openDemo(t)
	b.do("a referral", choose("mother"), click("#instant"), shownCards(1))
	b.do("a week to pass", click("#clock-menu > summary"), click("#clock-menu .items button:last-child"),
		until(`/overdue for receipt/.test(document.getElementById('clinicians-log').innerText) && !document.getElementById('story').innerText`))
	said := ask[string](b, `document.getElementById('clinicians-log').innerText`)
	for _, words := range []string{"Nobody has claimed", "Receipt of R", "overdue for receipt"} {
		if !strings.Contains(said, words) {
			t.Errorf("nobody said %q:\n%s", words, said)
		}
	}
	b.shot("clock")
}

// TestBrowserCrash kills the bot while a parent writes.
func TestBrowserCrash(t *testing.T) {
	b := openDemo(t)
	b.do("some answers", choose("mother"), click("#play"), panelSays("[5-9] given"))
	b.do("the crash", click("#crash"), until(`/waits at Telegram/.test(document.getElementById('story').innerText)`))
	b.do("the example to stop, and words to be written meanwhile", click("#parent-stop"), until(`!document.getElementById('parent').dataset.playing`), write("#parent-text", "why"))
	b.shot("crash-1-down")
	b.do("the bot to be back", until(`/Nothing was lost/.test(document.getElementById('story').innerText)`))
	b.shot("crash-2-back")
	b.do("the referral to be sent nevertheless", click("#instant"), shownCards(1))
}

// TestBrowserFamily plays a family whose baby is too old, and the panel says what the
// guidance says of it.
func TestBrowserFamily(t *testing.T) {
	b := openDemo(t)
	b.do("the family", choose("V07"), click("#instant"), shownCards(1), panelSays("Likely excluded"))
	if words := ask[string](b, `document.querySelector('.criterion[open] blockquote').innerText`); !strings.Contains(words, "The infant is over 24 months in age") {
		t.Errorf("the guidance is quoted with %q", words)
	}
	b.shot("family")
	b.do("all other families", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, id := range []string{"V04", "V12", "V24"} {
			e, _ := exampleOf(id)
			b.do(id, choose(id), click("#instant"), panelSays("From "+e.person+"[^]*Stage\\s+Sent"))
		}
		return nil
	}))
	if phones := ask[int](b, `document.querySelectorAll('#phones option').length`); phones != 4 {
		t.Errorf("%d telephones, want those of the first parent and of three others", phones)
	}
}

// TestBrowserDrawsEverything refers every family, and looks at everything that comes up while
// that happens for something which the page does not draw. Then it looks at a message that has
// every input that Slack lets stand in one.
func TestBrowserDrawsEverything(t *testing.T) {
	b := openDemo(t)
	b.do("a watch for what is not drawn", until(`(window.missed = new Set()) && (window.look = () => document.querySelectorAll('[data-undrawn]').forEach((e) => missed.add(e.dataset.undrawn)), new MutationObserver(look).observe(document.body, { childList: true, subtree: true }), true)`))
	parents := 0
	for _, e := range examples {
		b.do(e.ID, choose(e.ID), click("#instant"))
		if e.Who == asVisitor {
			b.do("the end of "+e.ID, chromedp.Sleep(500*time.Millisecond), until(`!document.getElementById('visitor').dataset.playing`))
		} else {
			parents++
		}
	}
	b.do("all parents", until(fmt.Sprintf(`document.querySelectorAll('#phones option').length === %d`, parents)))
	b.do("Home", click("#visitor-tabs [data-key=home]"), until(`/R[0-9]{2}-/.test(document.getElementById('visitor-log').innerText)`))
	b.do("a referral to be claimed and read, and the list of all",
		press("clinicians-log", "Claim"), press("clinicians-log", "Open"), chromedp.WaitVisible(chromedp.CSS("#clinicians-view form")),
		until(`((f) => !f || (document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })), false))(document.querySelector('#clinicians-view form'))`),
		click("#triage-commands [data-key='/triage']"), until(`/Open referrals/.test(document.getElementById('clinicians-log').innerText)`))
	if missed := ask[string](b, `[...missed].join()`); missed != "" {
		t.Errorf("the page does not draw %s", missed)
	}
	every := asJSON([]sim.SlackMessage{{Channel: "C1", TS: "1.1", User: sim.SlackBot, At: time.Now(), Blocks: []sim.SlackBlock{{Type: "actions", ID: "row", Elements: inputs()}}}})
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](`import('./slack.js').then(({ messages }) => {
		document.getElementById('triage-commands').replaceWith(...messages(`+every+`, {}, 'U1'));
		window.acted = [];
		window.fetch = async (_, { body }) => { acted.push(JSON.parse(body)); return new Response('{}'); };
		return 0;
	})`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	b.shot("inputs")
	if drawn, n := ask[int](b, `document.querySelectorAll('#clinicians [data-choose]').length`), len(inputs()); drawn != n {
		t.Errorf("%d of %d inputs are drawn", drawn, n)
	}
	b.do("a box to be ticked and a day to be chosen",
		click("#clinicians [data-key=checkboxes] input[value=b]"),
		until(`((day) => (day.value = '2026-12-24', day.dispatchEvent(new Event('change', { bubbles: true }))))(document.querySelector('#clinicians [data-key=datepicker] input'))`))
	for i, want := range []string{`checkboxes ["a","b"]`, `datepicker ["2026-12-24"]`} {
		if got := ask[string](b, fmt.Sprintf(`((a) => a.action + ' ' + JSON.stringify(a.chosen))(acted[%d] ?? {})`, i)); got != want {
			t.Errorf("what was chosen acts as %s, want %s", got, want)
		}
	}
}

// inputs are one of each input that may stand in a message.
func inputs() []sim.SlackElement {
	options := []sim.SlackOption{{Text: sim.SlackText{Text: "One"}, Value: "a"}, {Text: sim.SlackText{Text: "Another"}, Value: "b"}}
	label := &sim.SlackText{Text: "Which?"}
	return []sim.SlackElement{
		{Type: "checkboxes", ActionID: "checkboxes", Options: options, Initial: []string{"a"}},
		{Type: "radio_buttons", ActionID: "radio_buttons", Options: options},
		{Type: "datepicker", ActionID: "datepicker", Placeholder: label, Initial: []string{"2026-12-01"}},
		{Type: "timepicker", ActionID: "timepicker", Placeholder: label},
		{Type: "users_select", ActionID: "users_select", Placeholder: label},
		{Type: "multi_static_select", ActionID: "multi_static_select", Options: options},
	}
}

// TestBrowserStats looks at the page of numbers with axe, light and dark, wide and on a telephone.
func TestBrowserStats(t *testing.T) {
	axe := readAxe(t)
	page, err := filepath.Abs("../../bot/stats/testdata/year.html")
	if err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t)
	b.do("the page", chromedp.Navigate("file://"+page), until(`document.querySelectorAll('table').length > 5`))
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](axe+";0")); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{1440, 360} {
		b.do("the screen", chromedp.EmulateViewport(width, 900))
		for _, colours := range []string{"light", "dark"} {
			b.colours(colours)
			name := fmt.Sprintf("stats-%d-%s", width, colours)
			b.shot(name)
			if ask[bool](b, `document.documentElement.scrollWidth > window.innerWidth`) {
				t.Errorf("%s: the page is wider than the screen", name)
			}
			for _, finding := range b.axe() {
				t.Errorf("%s: %s", name, finding)
			}
		}
	}
}

// TestBrowserKeepsNobodyOut looks at the page with axe: light and dark, wide and on a
// telephone, at rest, in a form, and with menus open.
func TestBrowserKeepsNobodyOut(t *testing.T) {
	axe := readAxe(t)
	b := openDemo(t)
	b.do("a page with everything on it",
		choose("V24"), click("#instant"), shownCards(1),
		choose("V10"), click("#instant"), shownCards(2),
		click("#clinicians-log .card:last-of-type .menu > summary"),
		write("#visitor-text", "/refer"), chromedp.WaitVisible(chromedp.CSS("#visitor-view form")))
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](axe+";0")); err != nil {
		t.Fatal(err)
	}
	for _, screen := range []struct {
		name          string
		width, height int64
		panes         []string
	}{
		{"wide", 1440, 900, []string{""}},
		{"middling", 1024, 768, []string{"visitor", "clinicians"}},
		{"phone", 360, 740, []string{"visitor", "parent", "clinicians", "knows"}},
	} {
		b.do("the screen", chromedp.EmulateViewport(screen.width, screen.height))
		for _, colours := range []string{"light", "dark"} {
			b.colours(colours)
			for _, pane := range screen.panes {
				name := strings.TrimSuffix("axe-"+screen.name+"-"+colours+"-"+pane, "-")
				if pane != "" {
					b.do(pane, click(`#panes [data-key*="`+pane+`"]`), until(`getComputedStyle(document.getElementById('`+pane+`')).display === 'flex'`))
				}
				b.shot(name)
				if ask[bool](b, `document.documentElement.scrollWidth > window.innerWidth`) {
					t.Errorf("%s: the page is wider than the screen", name)
				}
				for _, finding := range b.axe() {
					t.Errorf("%s: %s", name, finding)
				}
			}
		}
	}
}

// readAxe reads axe-core.
func readAxe(t *testing.T) string {
	t.Helper()
	file := os.Getenv(axeFile)
	if file == "" && os.Getenv("CI") != "true" {
		t.Skipf("NOT RUN: %s names no axe.min.js (npm install axe-core)", axeFile)
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(axe)
}

// axe returns what axe finds serious or worse on the page as it is.
func (b browser) axe() []string {
	b.t.Helper()
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) =>
		JSON.stringify(r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))))`,
		chromedp.EvalAwaitPromise))
	var findings []string
	if err == nil {
		err = json.Unmarshal([]byte(found), &findings)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return findings
}

// browser is a browser on one page.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// openDemo starts a demo and opens its page. The page may ask nothing of anybody else.
func openDemo(t *testing.T) browser {
	t.Helper()
	address := startDemo(t)
	b := openBrowser(t)
	var mu sync.Mutex
	var elsewhere []string
	err := chromedp.Listen(b.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, address) && !strings.HasPrefix(e.Request.URL, "data:") {
			mu.Lock()
			defer mu.Unlock()
			elsewhere = append(elsewhere, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if len(elsewhere) > 0 {
			t.Errorf("the page asked for %q", elsewhere)
		}
	})
	b.do("the page", chromedp.Navigate(address), until(`document.querySelectorAll('#family option').length > 20 && document.getElementById('bot').dataset.up === 'yes'`))
	return b
}

// openBrowser opens a browser that ends with the test.
func openBrowser(t *testing.T) browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil { // starts it
		t.Fatal(err)
	}
	return browser{t, ctx}
}

// do does one step of the test, and says which if it fails.
func (b browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 90*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.shot("failed")
		b.t.Fatalf("waiting for %s: %v", what, err)
	}
}

// ask returns the value of an expression on the page.
func ask[T any](b browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// colours makes the browser prefer light or dark ones.
func (b browser) colours(scheme string) {
	b.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.t.Fatal(err)
	}
}

// shot leaves a picture of what the browser shows.
func (b browser) shot(name string) {
	b.t.Helper()
	folder := os.Getenv(screenshots)
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

// write types words and sends them.
func write(field, words string) chromedp.Action[chromedp.Void] {
	typed := chromedp.SendKeys(chromedp.CSS(field), words)
	sent := until(fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })) === false`, field))
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := typed(ctx, target)
		if err != nil {
			return err
		}
		_, err = sent(ctx, target)
		return err
	})
}

// enter types words into a field of the health visitor's form.
func enter(block, words string) chromedp.Action[chromedp.Void] {
	field := fmt.Sprintf(`document.querySelector('#visitor-view [data-block=%s] :is(input, textarea)')`, block)
	return until(fmt.Sprintf(`(%s.value = %q) !== undefined`, field, words))
}

// pick chooses an option in the health visitor's form, be it a list or one of a few.
func pick(block, value string) chromedp.Action[chromedp.Void] {
	field := fmt.Sprintf(`document.querySelector('#visitor-view [data-block=%s]')`, block)
	return until(fmt.Sprintf(`((list, one) => list ? (list.value = %[2]q) : (one.checked = true))(%[1]s.querySelector('select'), %[1]s.querySelector('input[value=%[2]s]')) !== undefined`, field, value))
}

// choose chooses a family.
func choose(id string) chromedp.Action[chromedp.Void] {
	return until(fmt.Sprintf(`(document.getElementById('family').value = %q) === %[1]q`, id))
}

// shownCards waits until so many cards stand in the channel.
func shownCards(n int) chromedp.Action[chromedp.Void] {
	return until(fmt.Sprintf(`[...document.querySelectorAll('#clinicians-log .card')].filter((c) => /^Referral/.test(c.innerText)).length >= %d`, n))
}

// panelSays waits until the panel says words.
func panelSays(words string) chromedp.Action[chromedp.Void] {
	return until(`/` + words + `/.test(document.getElementById('knows').innerText)`)
}

// press presses the first button with that label in the element with that id. It is one step
// in the page, so that no redrawing can come between finding and pressing it.
func press(id, label string) chromedp.Action[chromedp.Void] {
	return until(fmt.Sprintf(`((b) => b && (b.focus(), b.click(), true))([...document.querySelectorAll('#%s button')].find((b) => b.textContent.trim() === %q))`, id, label))
}

// until waits until expression is true.
func until(expression string) chromedp.Action[chromedp.Void] {
	poll := chromedp.Poll[bool](expression, chromedp.WithPollingInterval(100*time.Millisecond), chromedp.WithPollingTimeout(80*time.Second))
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := poll(ctx, t)
		return err
	})
}
