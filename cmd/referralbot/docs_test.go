package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are the pages that people read, by their path from here.
func documents(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{"../../*.md", "*.md", "docs/*.md", "../../rules/testdata/*.md"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			pages[path] = string(text)
		}
	}
	return pages
}

var (
	linkForm    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	fenced      = regexp.MustCompile("(?s)```.*?```")
	headingForm = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors are the ids that a page's headings get where it is shown.
func anchors(page string) (ids []string) {
	for _, heading := range headingForm.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		ids = append(ids, strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-"))
	}
	return ids
}

// TestLinksOfTheDocuments: whatever a page links to in the clone is there, and so is the heading.
func TestLinksOfTheDocuments(t *testing.T) {
	t.Parallel()
	pages, links := documents(t), 0
	for path, page := range pages {
		for _, match := range linkForm.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
			link := match[1]
			if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
				continue
			}
			links++
			file, anchor, _ := strings.Cut(link, "#")
			target := path
			if file != "" {
				target = filepath.Join(filepath.Dir(path), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", path, link)
			}
			if anchor != "" && !slices.Contains(anchors(pages[target]), anchor) {
				t.Errorf("%s links to %s, and there is no such heading", path, link)
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d links were found", links)
	}
}

// TestContainerLine: the line that runs the image mounts what the image looks for, and nothing else.
func TestContainerLine(t *testing.T) {
	t.Parallel()
	pages := documents(t)
	image, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^docker run .*$`).FindString(pages["../../README.md"])
	var mounted []string
	for _, mount := range regexp.MustCompile(` -v "?[^:]+:([^:" ]+)`).FindAllStringSubmatch(line, -1) {
		mounted = append(mounted, mount[1])
	}
	wanted := regexp.MustCompile(`(?m)^VOLUME (\S+)$|^ENV .* KEYS=(\S+)|-e SERVICE=(\S+)`)
	var want []string
	for _, match := range wanted.FindAllStringSubmatch(string(image)+"\n"+line, -1) {
		want = append(want, match[1]+match[2]+match[3])
	}
	slices.Sort(mounted)
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(mounted, want) || len(want) != 3 {
		t.Errorf("%q mounts %q, and the image wants %q", line, mounted, want)
	}
}
