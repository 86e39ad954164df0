package rules

import (
	"sync"
	"time"
)

// BankHoliday returns the name of the bank holiday of England and Wales that d is, or "".
// One that falls on a weekend is kept on its substitute day only, as it is published. It
// knows the years 1971 to 2100; what is decreed for one year only must be added here, or
// to the profile's closed days.
func BankHoliday(d Date) string { return bankHolidays()[d] }

const (
	firstHolidays = 1971 // the Banking and Financial Dealings Act
	lastHolidays  = 2100
)

// yearly are the holidays that come by rule, each from the year in which it began.
var yearly = []struct {
	name  string
	since int
	on    func(year int) Date
}{
	{"New Year's Day", 1974, func(y int) Date { return orMonday(Date{y, time.January, 1}) }},
	{"Good Friday", firstHolidays, func(y int) Date { return easter(y).AddDays(-2) }},
	{"Easter Monday", firstHolidays, func(y int) Date { return easter(y).AddDays(1) }},
	{"Early May bank holiday", 1978, func(y int) Date { return Date{y, time.May, 7}.before(time.Monday) }},
	{"Spring bank holiday", firstHolidays, func(y int) Date { return Date{y, time.May, 31}.before(time.Monday) }},
	{"Summer bank holiday", firstHolidays, func(y int) Date { return Date{y, time.August, 31}.before(time.Monday) }},
	{"Christmas Day", firstHolidays, func(y int) Date { return orTwoDaysOn(Date{y, time.December, 25}) }},
	{"Boxing Day", firstHolidays, func(y int) Date { return orTwoDaysOn(Date{y, time.December, 26}) }},
}

// decreed are the holidays of one year only, and the days to which one was moved.
var decreed = []struct {
	name    string
	instead Date // the day by rule that was not kept; zero for a holiday in addition
	on      Date
}{
	{"Royal wedding", Date{}, Date{1973, time.November, 14}},
	{"Spring bank holiday", Date{1977, time.May, 30}, Date{1977, time.June, 6}},
	{"Silver Jubilee", Date{}, Date{1977, time.June, 7}},
	{"Royal wedding", Date{}, Date{1981, time.July, 29}},
	{"Early May bank holiday (VE day)", Date{1995, time.May, 1}, Date{1995, time.May, 8}},
	{"Millennium", Date{}, Date{1999, time.December, 31}},
	{"Golden Jubilee", Date{}, Date{2002, time.June, 3}},
	{"Spring bank holiday", Date{2002, time.May, 27}, Date{2002, time.June, 4}},
	{"Royal wedding", Date{}, Date{2011, time.April, 29}},
	{"Spring bank holiday", Date{2012, time.May, 28}, Date{2012, time.June, 4}},
	{"Diamond Jubilee", Date{}, Date{2012, time.June, 5}},
	{"Early May bank holiday (VE day)", Date{2020, time.May, 4}, Date{2020, time.May, 8}},
	{"Spring bank holiday", Date{2022, time.May, 30}, Date{2022, time.June, 2}},
	{"Platinum Jubilee", Date{}, Date{2022, time.June, 3}},
	{"State Funeral of Queen Elizabeth II", Date{}, Date{2022, time.September, 19}},
	{"Coronation of King Charles III", Date{}, Date{2023, time.May, 8}},
}

var bankHolidays = sync.OnceValue(func() map[Date]string {
	names := map[Date]string{}
	for year := firstHolidays; year <= lastHolidays; year++ {
		for _, h := range yearly {
			if year >= h.since {
				names[h.on(year)] = h.name
			}
		}
	}
	for _, h := range decreed {
		delete(names, h.instead)
		names[h.on] = h.name
	}
	return names
})

func (d Date) weekday() time.Weekday { return d.midnight().Weekday() }

func (d Date) weekend() bool {
	return d.weekday() == time.Saturday || d.weekday() == time.Sunday
}

// before returns the last w that is not after d.
func (d Date) before(w time.Weekday) Date {
	return d.AddDays(-(int(d.weekday()-w) + 7) % 7)
}

// orMonday returns d or, at a weekend, the Monday after it.
func orMonday(d Date) Date {
	for d.weekend() {
		d = d.AddDays(1)
	}
	return d
}

// orTwoDaysOn returns d or, at a weekend, the second day after it: so neither of the two
// days of Christmas is put where the other already is.
func orTwoDaysOn(d Date) Date {
	if d.weekend() {
		return d.AddDays(2)
	}
	return d
}

// easter returns Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
func easter(year int) Date {
	golden := year % 19
	century, rest := year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	late := (golden + 11*epact + 22*sunday) / 451
	n := epact + sunday - 7*late + 114
	return Date{year, time.Month(n / 31), n%31 + 1}
}
