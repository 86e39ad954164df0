package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// listed are the bank holidays of England and Wales as the government lists them.
var listed = []struct {
	year int
	days string // month-day
}{
	{2018, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"},
	{2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"},
	{2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"},
	{2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"},
	{2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"},
	{2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"},
	{2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
	{2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
	{2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
	{2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"},
	{2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"},
}

func holidaysOf(year int) string {
	var days []string
	for d := (Date{year, time.January, 1}); d.Year == year; d = d.AddDays(1) {
		if BankHoliday(d) != "" {
			days = append(days, d.String()[len("2026-"):])
		}
	}
	return strings.Join(days, " ")
}

func TestBankHolidaysAsListed(t *testing.T) {
	t.Parallel()
	for _, p := range listed {
		if diff := cmp.Diff(p.days, holidaysOf(p.year)); diff != "" {
			t.Errorf("%d (-listed +ours):\n%s", p.year, diff)
		}
	}
}

func TestBankHolidaysOfOtherYears(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		year int
		days string
	}{
		{1971, "04-09 04-12 05-31 08-30 12-27 12-28"}, // before New Year's Day was one
		{1977, "01-03 04-08 04-11 06-06 06-07 08-29 12-26 12-27"},
		{1981, "01-01 04-17 04-20 05-04 05-25 07-29 08-31 12-25 12-28"},
		{1995, "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26"},
		{1999, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31"},
		{2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26"},
		{2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"},
		{2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"},
		{2038, "01-01 04-23 04-26 05-03 05-31 08-30 12-27 12-28"}, // the latest Easter
		{2100, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"}, // no leap year
		{1970, ""},
		{2101, ""},
	} {
		if diff := cmp.Diff(ex.days, holidaysOf(ex.year)); diff != "" {
			t.Errorf("%d (-want +got):\n%s", ex.year, diff)
		}
	}
}

// TestBankHolidaysAreWeekdays: eight of every year without a decree, none at a weekend.
func TestBankHolidaysAreWeekdays(t *testing.T) {
	t.Parallel()
	count := map[int]int{}
	for d, name := range bankHolidays() {
		count[d.Year]++
		if d.weekend() {
			t.Errorf("%s is on a %s: %s", name, d.weekday(), d)
		}
	}
	for year := 2024; year <= 2100; year++ {
		if count[year] != 8 {
			t.Errorf("%d has %d", year, count[year])
		}
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		1971: "04-11", 1981: "04-19", 2000: "04-23", 2008: "03-23", 2011: "04-24", 2016: "03-27", 2024: "03-31",
		2027: "03-28", 2035: "03-25", 2038: "04-25", 2049: "04-18", 2076: "04-19", 2100: "03-28",
	} {
		if got := easter(year).String()[len("2026-"):]; got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}
