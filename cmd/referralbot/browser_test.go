//go:build browser

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// screenshots names the folder in which the test leaves pictures of the page, if it is set.
const screenshots = "REFERRALBOT_SCREENSHOTS"

// TestBrowserRefersAndClaims plays the demo in a browser: the health visitor's referral is
// the example's, the parent's is begun by hand, and each of two clinicians claims one.
func TestBrowserRefersAndClaims(t *testing.T) {
	b := openBrowser(t)
	b.do("the page", chromedp.Navigate(startDemo(t)), chromedp.WaitVisible(chromedp.CSS("#triage-tools button")))
	b.shot("1-start")

	b.do("the visitor's example to open a form",
		click("#visitor .play"),
		chromedp.WaitVisible(chromedp.CSS("#visitor-view form")))
	b.do("the parent to begin by hand",
		click("#parent .tools button:last-child"),
		chromedp.WaitVisible(chromedp.CSS("#parent-log .keys button")),
		chromedp.SendKeys(chromedp.CSS("#parent-text"), "half a thou"))
	time.Sleep(3 * time.Second) // the example types meanwhile
	if typed, focus := ask[string](b, `document.getElementById('parent-text').value`), ask[string](b, `document.activeElement.id`); typed != "half a thou" || focus != "parent-text" {
		t.Errorf("while another pane moved, %q was left of the words, and the focus was on %q", typed, focus)
	}
	b.shot("2-form")
	b.do("the parent to press a button by the keyboard",
		chromedp.KeyEvent(strings.Repeat("\b", len("half a thou"))),
		chromedp.Focus(chromedp.CSS("#parent-log .bubble:last-child .keys button")),
		chromedp.KeyEvent("\r"),
		until(`document.querySelectorAll('#parent-log .bubble').length >= 3`),
		click("#parent .play"))
	b.shot("3-both")

	b.do("the visitor's referral to arrive", until(`document.querySelectorAll('#triage-log .card').length >= 1`))
	b.do("the first clinician to claim", pressUntil(chromedp.Click(button("triage-log", "Claim")), claimed(1)))
	b.do("the parent's referral to arrive", until(`document.querySelectorAll('#triage-log .card').length >= 2`))
	b.shot("4-second")
	b.do("the second clinician to claim",
		click("#triage-tools .who-tabs:first-child button:last-child"),
		chromedp.Click(button("triage-log", "Claim")),
		until(claimed(2)))
	b.shot("5-claimed")
	b.do("the whole referral to open",
		pressUntil(chromedp.Click(button("triage-log", "Open")), `/Thornley|Marlowe/.test(document.querySelector('#triage-view').innerText)`))
	b.shot("6-open")
	b.do("the window to close",
		chromedp.Focus(chromedp.CSS("#triage-view .body")), chromedp.KeyEvent("\u001b"),
		until(`!document.querySelector('#triage-view form')`))
	b.do("the list of what is open", click("#triage-tools [data-key='/triage ']"), until(`/Open referrals/.test(document.getElementById('triage-log').innerText)`))
	b.shot("6b-board")
	if !ask[bool](b, `(() => {
		const menu = [...document.querySelectorAll('#triage-log select.menu')].at(-1);
		const option = [...menu.options].find((o) => /accepted for assessment/.test(o.text));
		menu.value = option.value;
		return menu.dispatchEvent(new Event('change', { bubbles: true }));
	})()`) {
		t.Error("the menu has not that outcome")
	}
	b.do("the outcome's sheet", until(`document.querySelectorAll('#triage-view .field').length > 2`))
	b.shot("6c-outcome")
	b.do("the outcome to be recorded",
		chromedp.SendKeys(chromedp.CSS("#triage-view .field input[type=text]"), "Carys Bevan"),
		chromedp.Click(chromedp.CSS("#triage-view .submit")),
		until(`!document.querySelector('#triage-view form') && /accepted for assessment, by/.test(document.getElementById('triage-log').innerText)`))
	channel := ask[string](b, `document.getElementById('triage-log').innerText`)
	for _, name := range []string{"Thornley", "Marlowe", "Maya", "Tess", "Robin", "07700"} {
		if strings.Contains(channel, name) {
			t.Errorf("%q stands in the triage channel", name)
		}
	}

	b.colours("dark")
	b.shot("7-dark")
	b.do("a telephone", chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.shot("8-phone-dark")
	b.colours("light")
	b.do("the third pane", chromedp.ScrollIntoView(chromedp.CSS("#triage-log")))
	b.shot("9-phone-triage")
	if ask[bool](b, `document.documentElement.scrollWidth > window.innerWidth`) {
		t.Error("on a telephone the page is wider than the screen")
	}
}

// browser is a browser on one page.
type browser struct {
	t   *testing.T
	ctx context.Context
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

// until waits until expression is true.
func until(expression string) chromedp.Action[chromedp.Void] {
	poll := chromedp.Poll[bool](expression, chromedp.WithPollingInterval(100*time.Millisecond), chromedp.WithPollingTimeout(80*time.Second))
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := poll(ctx, t)
		return err
	})
}

// pressUntil presses until expression is true: again after a while, as a person would whose
// press met a card just being drawn anew.
func pressUntil(press chromedp.Action[chromedp.Void], expression string) chromedp.Action[chromedp.Void] {
	poll := chromedp.Poll[bool](expression, chromedp.WithPollingInterval(100*time.Millisecond), chromedp.WithPollingTimeout(10*time.Second))
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for {
			if _, err := press(ctx, t); err != nil {
				return err
			}
			if _, err := poll(ctx, t); err == nil || ctx.Err() != nil {
				return ctx.Err()
			}
		}
	})
}

// claimed is an expression that holds when so many cards show who claimed them.
func claimed(n int) string {
	return `[...document.querySelectorAll('#triage-log .card')].filter((c) => /Claimed/.test(c.innerText)).length >= ` + string(rune('0'+n))
}

// button selects the first button with that label in the element with that id.
func button(id, label string) chromedp.Search {
	return chromedp.Search(`(//*[@id="` + id + `"]//button[normalize-space()="` + label + `"])[1]`)
}
