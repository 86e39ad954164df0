// Package dialog is what is said: a pure function from a conversation and an input to
// the next conversation and what it asks of the world, and another such function for
// the clinician's side of a referral. All words to people are in its tables. It knows
// no clock, no storage and no platform.
package dialog
