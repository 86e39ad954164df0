// Package sim is a local Telegram and a local Slack: two servers on the loopback that
// speak the platforms' own protocols to a bot, and a Go API through which tests and the
// demonstration play the people on the other side.
//
// They are strict. A call the real platform refuses is refused here, with the same status
// and the same words, so that a bot that works here works there. What is held in memory is
// forgotten on Close.
//
// The package knows nothing of the bot, its dialogue or its store. It sees only what
// crosses the wire, as the platforms do.
package sim
